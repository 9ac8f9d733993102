using Candor.Pages;
using Candor.Tests.Pages;
using Microsoft.Playwright;

namespace Candor.SystemTests.Browser;

/// <summary>Somebody who reads a page: a browser window with a clock, a zone, and an ear for what the browser refuses.</summary>
internal sealed class Reader : IAsyncDisposable
{
    private readonly IBrowserContext context;

    private Reader(IBrowserContext context, IPage page, ServedPages served) =>
        (this.context, Page, Served) = (context, page, served);

    public IPage Page { get; }

    public ServedPages Served { get; }

    /// <summary>Errors of scripts, and what the Content-Security-Policy refused.</summary>
    public List<string> Complaints { get; } = [];

    public static async Task<Reader> Open(
        Chromium chromium, Func<Brief> brief, string path, int width, ColorScheme scheme = ColorScheme.Light, bool javaScript = true,
        string zone = "UTC", string locale = "en-GB", bool running = false, bool spy = false)
    {
        var window = await chromium.Browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 800 },
            ColorScheme = scheme,
            JavaScriptEnabled = javaScript,
            TimezoneId = zone,
            Locale = locale,
            ReducedMotion = ReducedMotion.Reduce,
        });
        var served = new ServedPages(brief);
        await served.Attach(window);
        var page = await window.NewPageAsync();
        var reader = new Reader(window, page, served);
        page.PageError += (_, error) => reader.Complaints.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.Contains("Failed to load resource", StringComparison.Ordinal))
            {
                reader.Complaints.Add(message.Text);
            }
        };
        if (running)
        {
            await page.Clock.InstallAsync(new() { TimeDate = SampleBriefs.Now.UtcDateTime });
        }
        else if (javaScript)
        {
            await page.Clock.SetFixedTimeAsync(SampleBriefs.Now.UtcDateTime);
        }

        if (spy)
        {
            await page.AddInitScriptAsync("window.ran = 0; window.pwned = () => { window.ran++; };");
        }

        await page.GotoAsync(ServedPages.Origin + path);
        return reader;
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
