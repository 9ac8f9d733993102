using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Candor.SystemTests.Posting;

namespace Candor.SystemTests.Readers;

/// <summary>Readers who want all of the machine, and an operator who has something to say.</summary>
[Collection(Alone.Name)]
public sealed class FloodTests
{
    private const int Connections = 60;

    /// <summary>Far more than is answered in a turn, so that nobody who floods ever waits for an answer.</summary>
    private const string Requests = """
        local all = {}
        init = function(args)
          for i = 1, 20000 do all[i] = wrk.format("GET", "/", { ["Accept-Encoding"] = "br" }) end
          all = table.concat(all)
        end
        request = function() return all end
        """;

    private const string Settings = """
        page: { name: Heron, url: "https://status.example.com" }
        components: [{ name: Mail }]
        """;

    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(Herd.Sized(60, 8));

    public static bool WrkMissing => Repository.Find("wrk") is null;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Skip = "needs wrk", SkipWhen = nameof(WrkMissing))]
    public async Task P_23_An_operator_posts_while_readers_flood()
    {
        await using var candor = await CandorProcess.StartAsync(Settings, Ct);
        var token = (await Api.TokensAsync(candor, "post"))[0];
        using var opened = await Api.SendAsync(candor, token, HttpMethod.Post, "/api/incidents", """{"title":"Mail is slow","body":"Looking."}""");
        var id = JsonElement.Parse(await opened.Content.ReadAsByteArrayAsync(Ct)).GetProperty("id").GetString()!;
        using var flood = Flood(candor);
        try
        {
            await FloodedAsync(candor);
            var (took, before, began) = (new List<double>(), ProcessorTime(candor), Stopwatch.GetTimestamp());
            while (Stopwatch.GetElapsedTime(began) < Lasts)
            {
                var posted = Stopwatch.GetTimestamp();
                using var answer = await Api.SendAsync(
                    candor, token, HttpMethod.Post, $"/api/incidents/{id}/updates", $$"""{"body":"Word number {{took.Count + 1}}."}""");
                Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
                took.Add(Stopwatch.GetElapsedTime(posted).TotalMilliseconds);
                await Task.Delay(TimeSpan.FromMilliseconds(50), Ct);
            }

            var busy = (ProcessorTime(candor) - before) / Stopwatch.GetElapsedTime(began);
            Assert.False(flood.HasExited, "The flood ended before the posts did.");
            await candor.UntilAsync(
                "/api/v2/incidents.json",
                body => body.GetRawText().Contains($"Word number {took.Count}.", StringComparison.Ordinal), TimeSpan.FromSeconds(10), Ct);
            var p99 = took.Order().ElementAt((int)(took.Count * 0.99));
            TestContext.Current.SendDiagnosticMessage(
                $"{took.Count} posts, {busy:F2} processors busy: p50 {took.Order().ElementAt(took.Count / 2):F0} ms, p99 {p99:F0} ms");

            // The second that is promised holds where nothing else runs. Without turns the first post alone takes eight.
            Assert.InRange(p99, 0, Herd.IsFull ? 1_000 : 3_000);
        }
        finally
        {
            flood.Kill();
            await flood.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>One thread of a process of its own, which gives way: an attacker's processor is not ours.</summary>
    private static Process Flood(CandorProcess candor)
    {
        var script = Path.Combine(candor.Folder, "flood.lua");
        File.WriteAllText(script, Requests);
        return Process.Start(new ProcessStartInfo(
            "nice", ["-n", "5", Repository.Find("wrk")!, "-t1", $"-c{Connections}", "-d300s", "-s", script, candor.Address.ToString()])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
    }

    /// <summary>Until the server has spent a second on it: a flood that nobody feels would prove nothing.</summary>
    private static Task<TimeSpan> FloodedAsync(CandorProcess candor)
    {
        var before = ProcessorTime(candor);
        return Patience.UntilAsync(
            () => Task.FromResult(ProcessorTime(candor) - before > TimeSpan.FromSeconds(1)), TimeSpan.FromSeconds(60),
            () => string.Create(CultureInfo.InvariantCulture, $"the flood took {ProcessorTime(candor) - before} of the processors"), Ct);
    }

    private static TimeSpan ProcessorTime(CandorProcess candor)
    {
        using var process = Process.GetProcessById(candor.Id);
        return process.TotalProcessorTime;
    }
}
