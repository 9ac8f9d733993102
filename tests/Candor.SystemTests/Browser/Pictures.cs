using Candor.Pages;
using Candor.Tests.Languages;
using Candor.Tests.Pages;
using Microsoft.Playwright;

namespace Candor.SystemTests.Browser;

/// <summary>
/// Pictures of every kind of page, into the folder that CANDOR_PICTURES names: to look at, and for docs/screenshots.
/// CANDOR_PICTURES_ONLY picks some of them: "outage,well" or "outage-360-dark".
/// </summary>
public sealed class Pictures(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly (string Name, Func<Brief> Brief, string Path)[] Pages =
    [
        ("well", SampleBriefs.Well, "/"),
        ("outage", SampleBriefs.Outage, "/"),
        ("stale", SampleBriefs.Stale, "/"),
        ("blind", SampleBriefs.Blind, "/"),
        ("first-run", SampleBriefs.FirstRun, "/"),
        ("empty", SampleBriefs.Empty, "/"),
        ("incident", SampleBriefs.Outage, "/incidents/now000000001"),
        ("resolved", SampleBriefs.Outage, "/incidents/old000000002"),
        ("history", SampleBriefs.Outage, "/history"),
        ("component", SampleBriefs.Outage, "/components/homepage0000"),
        ("group", SampleBriefs.Outage, "/components/frontend0000"),
        ("regions", SampleBriefs.Regional, "/"),
        ("region-incident", SampleBriefs.Regional, "/incidents/eu0000000001"),
        ("region-component", SampleBriefs.Regional, "/components/checkout0000"),
        ("subscribe", SampleBriefs.Well, "/subscribe"),
        ("uptime", SampleBriefs.Well, "/uptime"),
        ("maintenance", SampleBriefs.Well, "/maintenance"),
        ("missing", SampleBriefs.Well, "/nowhere"),
        ("large", () => SampleBriefs.Large(), "/"),
        ("bars", SampleBriefs.Outage, "/#bars"),
        ("moments", SampleBriefs.Outage, "/incidents/now000000001#replay"),
        ("told", Told, "/incidents/now000000001#follow"),
        ("notified", SampleBriefs.Notified, "/incidents/now000000001"),
        ("subscribe-told", SampleBriefs.Told, "/subscribe"),
        ("people", SampleBriefs.People, "/"),
        ("people-maintenance", SampleBriefs.People, "/maintenance"),
        ("people-planned", SampleBriefs.People, "/maintenance/plan00000002"),
        ("people-postmortem", SampleBriefs.People, "/incidents/old000000002"),
        ("past", () => SampleBriefs.Outage() with { IsPast = true }, "/"),
        ("odd", SampleBriefs.Odd, "/"),
        ("odd-incident", SampleBriefs.Odd, "/incidents/odd000000001"),
        ("odd-old", SampleBriefs.Odd, "/incidents/odd000000002"),
        ("odd-component", SampleBriefs.Odd, "/components/long00000000"),
        ("unmeasured", SampleBriefs.Unmeasured, "/"),
        ("crowd", () => SampleBriefs.Large(200), "/"),
        ("de-well", () => GermanBriefs.Of("well"), "/"),
        ("de-outage", () => GermanBriefs.Of("outage"), "/"),
        ("de-bars", () => GermanBriefs.Of("outage"), "/#bars"),
        ("de-blind", () => GermanBriefs.Of("blind"), "/"),
        ("de-stale", () => GermanBriefs.Of("stale"), "/"),
        ("de-first-run", () => GermanBriefs.Of("first-run"), "/"),
        ("de-incident", () => GermanBriefs.Of("open-told"), "/incidents/now000000001"),
        ("de-postmortem", () => GermanBriefs.Of("people"), "/incidents/old000000002"),
        ("de-component", () => GermanBriefs.Of("outage"), "/components/homepage0000"),
        ("de-regions", () => GermanBriefs.Of("regional"), "/"),
        ("de-maintenance", () => GermanBriefs.Of("people"), "/maintenance"),
        ("de-subscribe", () => GermanBriefs.Of("told"), "/subscribe"),
        ("de-uptime", () => GermanBriefs.Of("well"), "/uptime"),
        ("de-past", () => GermanBriefs.Of("past"), "/"),
        ("de-missing", () => GermanBriefs.Of("well"), "/nowhere"),
    ];

    private static readonly (int Width, ColorScheme Scheme)[] Looks =
        [(1280, ColorScheme.Light), (1280, ColorScheme.Dark), (360, ColorScheme.Light), (360, ColorScheme.Dark)];

    public static bool NotAsked => Chromium.Missing || Folder is null;

    private static string? Folder => Environment.GetEnvironmentVariable("CANDOR_PICTURES");

    [Fact(Skip = "set CANDOR_PICTURES to a folder to have pictures taken", SkipWhen = nameof(NotAsked))]
    public async Task Every_page_can_be_looked_at()
    {
        Directory.CreateDirectory(Folder!);
        var only = Environment.GetEnvironmentVariable("CANDOR_PICTURES_ONLY")?.Split(',');
        foreach (var (name, brief, path) in Pages)
        {
            foreach (var (width, scheme) in Looks)
            {
                var picture = $"{name}-{width}-{scheme.ToString().ToLowerInvariant()}";
                if (only is null || only.Contains(name) || only.Contains(picture))
                {
                    await Take(picture, brief, path, width, scheme);
                }
            }
        }
    }

    /// <summary>An outage where readers may have themselves told.</summary>
    private static Brief Told()
    {
        var brief = SampleBriefs.Outage();
        return brief with
        {
            ToldBy = ["email", "slack", "webhook"],
            World = brief.World with { Page = brief.World.Page with { Url = "https://status.heron.example" } },
        };
    }

    private async Task Take(string picture, Func<Brief> brief, string path, int width, ColorScheme scheme)
    {
        await using var context = await chromium.Browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = width == 360 ? 740 : 800 },
            ColorScheme = scheme,
            TimezoneId = "UTC",
            Locale = "en-GB",
        });
        await new ServedPages(brief).Attach(context);
        var page = await context.NewPageAsync();
        await page.Clock.SetFixedTimeAsync(SampleBriefs.Now.UtcDateTime);
        await page.GotoAsync(ServedPages.Origin + path);
        if (path.EndsWith("#bars", StringComparison.Ordinal))
        {
            await page.Locator(".strip").First.FocusAsync();
            await page.Keyboard.PressAsync("ArrowLeft");
        }

        if (path.EndsWith("#follow", StringComparison.Ordinal))
        {
            await page.Locator("#follow summary").First.ClickAsync();
        }

        if (path.EndsWith("#replay", StringComparison.Ordinal))
        {
            await page.Locator(".replay input").FocusAsync();
            await page.Keyboard.PressAsync("ArrowLeft");
        }

        var taken = await page.ScreenshotAsync(new() { FullPage = true });
        await File.WriteAllBytesAsync(
            Path.Combine(Folder!, picture + ".png"),
            PalettePng.Shrink(taken),
            TestContext.Current.CancellationToken);
    }
}
