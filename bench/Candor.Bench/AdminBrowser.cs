using System.Text.Json;
using Microsoft.Playwright;

namespace Candor.Bench;

/// <summary>
/// How soon a person can use a page of operators: in a real Chromium, on the screen of a phone, with a processor four times
/// slower than this one and a network such as "Slow 4G" of Chromium's developer tools.
/// </summary>
internal sealed class AdminBrowser : IAsyncDisposable
{
    private const int Rounds = 12;
    private const int Slower = 4;

    // As DevTools' own "Slow 4G" (150 ms and 1.6 Mbit/s, adjusted because the delay is added a request, not a packet).
    private const double LatencyMs = 562.5;
    private const double DownBytesPerSecond = 1_600_000 / 8 * 0.9;
    private const double UpBytesPerSecond = 750_000 / 8 * 0.9;

    /// <summary>
    /// Runs before the page's own scripts: as soon as there is something to use and it was painted, it takes the focus and
    /// asks for a key; the page is in use in the frame after the key showed its effect and the page's scripts have run.
    /// </summary>
    private const string Watch =
        """
        if (location.protocol !== "about:") {
          const frame = () => new Promise(requestAnimationFrame);
          const ready = new Promise(done => addEventListener("DOMContentLoaded", done, { once: true }));
          (async () => {
            let field;
            while (!(field = document.querySelector(FIELD))) await frame();
            const link = field.matches("a");
            const answered = new Promise(done => field.addEventListener(link ? "keydown" : "input", done, { once: true }));
            field.focus();
            await benchKey();
            await answered;
            await ready;
            await frame();
            const usable = performance.now();
            let paint;
            while (!(paint = performance.getEntriesByName("first-contentful-paint")[0])) await frame();
            await benchSeen([paint.startTime, usable, link || field.value === "x" ? 1 : 0]);
          })();
        }
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly string[] Flags =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private static readonly string? Program =
        new[] { Environment.GetEnvironmentVariable("CANDOR_CHROMIUM"), "/usr/bin/chromium" }.FirstOrDefault(File.Exists);

    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private AdminBrowser(IPlaywright playwright, IBrowser browser) => (this.playwright, this.browser) = (playwright, browser);

    /// <summary>Nothing where there is no Chromium, which is said.</summary>
    public static async Task<IReadOnlyList<Figure>> MeasureAsync(Uri admin, string cookie, string incident, int words, CancellationToken cancellation)
    {
        if (Program is null)
        {
            await Console.Error.WriteAsync("no Chromium here (CANDOR_CHROMIUM or /usr/bin/chromium), so nothing of a browser … ");
            return [];
        }

        var driver = await Playwright.CreateAsync();
        await using var measuring = new AdminBrowser(
            driver, await driver.Chromium.LaunchAsync(new() { ExecutablePath = Program, Headless = true, Args = Flags }));
        var figures = new List<Figure>();
        foreach (var (name, path, field, signedIn, note) in ((string, string, string, bool, string)[])
        [
            ("sign_in", "/sign-in", "[name=email]", false, "a letter in the address's field"),
            ("now", "/now", "main a.button", true, "a key heard by the button that opens an incident"),
            ("room", $"/incidents/{incident}", "#composer textarea", true, $"a letter in the composer, {words} words in the timeline"),
            ("new", "/incidents/new", "#composer textarea", true, "a letter in the composer"),
        ])
        {
            var (cold, warm) = (new List<Load>(), new List<Load>());
            for (var round = 0; round < Rounds; round++)
            {
                cancellation.ThrowIfCancellationRequested();
                var (first, second) = await measuring.RoundAsync(new(admin, path), field, signedIn ? cookie : null, cancellation);
                cold.Add(first);
                warm.Add(second);
            }

            figures.AddRange(FiguresOf($"admin.browser.{name}.cold", cold, $"phone, processor {Slower} times slower, slow 4G, {Rounds} rounds, nothing kept", note));
            figures.AddRange(FiguresOf($"admin.browser.{name}.warm", warm, "the same with what may be kept", note));
        }

        return figures;
    }

    public async ValueTask DisposeAsync()
    {
        await browser.CloseAsync();
        playwright.Dispose();
    }

    /// <summary>One visit with nothing in the cache and, in the same browser, one more.</summary>
    private async Task<(Load Cold, Load Warm)> RoundAsync(Uri page, string field, string? cookie, CancellationToken cancellation)
    {
        await using var context = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = 360, Height = 740 }, IsMobile = true, HasTouch = true, DeviceScaleFactor = 3,
        });
        if (cookie is not null)
        {
            await context.AddCookiesAsync([new() { Name = Access.SessionCookie.Plain, Value = cookie, Url = page.GetLeftPart(UriPartial.Authority) }]);
        }

        var tab = await context.NewPageAsync();
        var devtools = await context.NewCDPSessionAsync(tab);
        await devtools.SendAsync("Network.enable");
        await devtools.SendAsync("Network.emulateNetworkConditions", new Dictionary<string, object>
        {
            ["offline"] = false, ["latency"] = LatencyMs, ["downloadThroughput"] = DownBytesPerSecond, ["uploadThroughput"] = UpBytesPerSecond,
        });
        await devtools.SendAsync("Emulation.setCPUThrottlingRate", new Dictionary<string, object> { ["rate"] = Slower });
        TaskCompletionSource<Load> loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await tab.ExposeFunctionAsync("benchKey", async () =>
        {
            await devtools.SendAsync("Input.dispatchKeyEvent", new Dictionary<string, object> { ["type"] = "keyDown", ["key"] = "x", ["text"] = "x" });
            await devtools.SendAsync("Input.dispatchKeyEvent", new Dictionary<string, object> { ["type"] = "keyUp", ["key"] = "x" });
        });
        await tab.ExposeFunctionAsync<double[], bool>("benchSeen", seen => seen is [var paint, var usable, 1]
            ? loaded.TrySetResult(new(paint, usable))
            : loaded.TrySetException(new InvalidOperationException($"{page} did not show the letter that was typed.")));
        await tab.AddInitScriptAsync(Watch.Replace("FIELD", JsonSerializer.Serialize(field), StringComparison.Ordinal));
        var cold = await VisitAsync();
        return (cold, await VisitAsync());

        async Task<Load> VisitAsync()
        {
            loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await tab.GotoAsync("about:blank");
            await tab.GotoAsync(page.AbsoluteUri, new() { WaitUntil = WaitUntilState.Commit, Timeout = (float)Patience.TotalMilliseconds });
            return await loaded.Task.WaitAsync(Patience, TimeProvider.System, cancellation);
        }
    }

    private static IEnumerable<Figure> FiguresOf(string name, List<Load> loads, string how, string usable)
    {
        foreach (var (what, of, note) in ((string, Func<Load, double>, string)[])
        [
            ("paint", static load => load.Paint, $"first contentful paint: {how}"), ("interactive", static load => load.Usable, $"{usable}, and the page's scripts have run"),
        ])
        {
            var times = loads.Select(of).Order().ToList();
            yield return new($"{name}.{what}.p50", times[times.Count / 2], "ms", null, note);
            yield return new($"{name}.{what}.p95", times[(int)Math.Ceiling(times.Count * 0.95) - 1], "ms", null, "the same");
        }
    }

    private readonly record struct Load(double Paint, double Usable);
}
