using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Playwright;

namespace Candor.SystemTests.Browser;

/// <summary>The real executable, a real browser, and a service that dies in front of a reader's eyes.</summary>
[Collection(Alone.Name)]
public sealed class LiveUpdateTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const double FirstViewMax = 30_000;

    private static readonly TimeSpan SeenWithin = TimeSpan.FromSeconds(1);

    [Fact(Skip = "needs Chromium", SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    public async Task An_incident_is_on_the_open_page_within_a_second_of_its_commit()
    {
        // The promise is about Candor, not about a machine that is starved at that moment: the best of three counts.
        var best = TimeSpan.MaxValue;
        for (var attempt = 0; attempt < 3 && best > SeenWithin; attempt++)
        {
            var delay = await FromCommitToSight();
            TestContext.Current.SendDiagnosticMessage($"seen {delay.TotalMilliseconds:0} ms after the commit");
            best = delay < best ? delay : best;
        }

        Assert.InRange(best, TimeSpan.FromMilliseconds(-50), SeenWithin);
    }

    private async Task<TimeSpan> FromCommitToSight()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var service = new TcpListener(IPAddress.Loopback, 0);
        service.Start(100);
        var port = ((IPEndPoint)service.LocalEndpoint).Port;
        await using var candor = await CandorProcess.StartAsync(Settings(port), cancellation);
        await using var context = await chromium.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                complaints.Add(message.Text);
            }
        };
        var transferred = await Transferred(context, page);
        await page.GotoAsync(candor.Address.ToString());
        await page.GetByRole(AriaRole.Heading, new() { Name = "Door works." }).WaitForAsync(new() { Timeout = 20_000 });
        TestContext.Current.SendDiagnosticMessage($"{transferred():0} bytes for the first view");
        Assert.InRange(transferred(), 1_000, FirstViewMax);
        await page.EvaluateAsync(
            """
            () => new MutationObserver(() => {
              if (document.querySelector('.incident') && !window.seenAt) window.seenAt = Date.now();
            }).observe(document.getElementById('main'), { childList: true, subtree: true })
            """);

        service.Stop();
        await page.Locator(".incident").WaitForAsync(new() { Timeout = 20_000 });

        var seenAt = DateTimeOffset.FromUnixTimeMilliseconds(await page.EvaluateAsync<long>("() => window.seenAt"));
        using var incidents = JsonDocument.Parse(await candor.Http.GetStringAsync("/api/v2/incidents.json", cancellation));
        var committedAt = incidents.RootElement.GetProperty("incidents")[0].GetProperty("created_at").GetDateTimeOffset();
        Assert.StartsWith("Door is down since ", await page.InnerTextAsync("h1"), StringComparison.Ordinal);
        Assert.Contains("Detected automatically", await page.InnerTextAsync(".incident"), StringComparison.Ordinal);
        Assert.Contains("Door", await page.TextContentAsync("#live"), StringComparison.Ordinal);
        Assert.Empty(complaints);
        return seenAt - committedAt;
    }

    /// <summary>Bytes on the wire so far, headers included, as the browser counts them.</summary>
    private static async Task<Func<double>> Transferred(IBrowserContext context, IPage page)
    {
        var sum = 0.0;
        var network = await context.NewCDPSessionAsync(page);
        network.Event("Network.loadingFinished").OnEvent += (_, finished) =>
            sum += finished!.Value.GetProperty("encodedDataLength").GetDouble();
        await network.SendAsync("Network.enable");
        return () => sum;
    }

    private static string Settings(int port) =>
        $$"""
        page: { name: Heron Copier }
        components:
          - name: Door
            monitors: [door]
        monitors:
          door: { tcp: "127.0.0.1:{{port}}", every: 1s, timeout: 1s }
        egress: { allow: [127.0.0.0/8] }
        """;
}
