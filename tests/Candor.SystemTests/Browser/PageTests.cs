using Candor.Pages;
using Candor.Tests.Languages;
using Candor.Tests.Pages;
using Microsoft.Playwright;

namespace Candor.SystemTests.Browser;

/// <summary>The pages in a real browser: what a program that reads HTML cannot see.</summary>
public sealed class PageTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string NeedsChromium = "needs Chromium";

    public static TheoryData<string, string> Views =>
    [
        (nameof(SampleBriefs.Well), "/"), (nameof(SampleBriefs.Outage), "/"), (nameof(SampleBriefs.Stale), "/"),
        (nameof(SampleBriefs.FirstRun), "/"), (nameof(SampleBriefs.Outage), "/incidents/now000000001"),
        (nameof(SampleBriefs.Outage), "/components/homepage0000"), (nameof(SampleBriefs.Outage), "/history"),
        (nameof(SampleBriefs.Well), "/uptime"), (nameof(SampleBriefs.Told), "/subscribe"), (nameof(SampleBriefs.Well), "/nowhere"),
        (nameof(SampleBriefs.Regional), "/"), (nameof(SampleBriefs.Regional), "/components/checkout0000"),
        ("de outage", "/"), ("de open-told", "/incidents/now000000001"), ("de outage", "/components/homepage0000"), ("de told", "/subscribe"),
        ("de people", "/maintenance"), ("de well", "/uptime"), ("de first-run", "/"), ("de blind", "/"),
    ];

    [Fact(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    public async Task What_is_wrong_with_a_page_is_found()
    {
        await using var context = await chromium.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.SetContentAsync(
            "<html lang=en><title>Faulty</title><main><h1>Faulty</h1><img src=none><p style='color: #ddd; background: #fff'>Pale</p></main>");

        Assert.Equal(["color-contrast", "image-alt"], (await Axe.FaultsAsync(page)).Select(static fault => fault.Split(':')[0]).Order());
        Assert.StartsWith("color-contrast", Assert.Single(await Axe.FaultsAsync(page, "color-contrast")), StringComparison.Ordinal);
    }

    [Theory(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    [MemberData(nameof(Views))]
    public async Task Every_page_is_free_of_axe_violations_and_fits_its_width(string brief, string path)
    {
        await using var reader = await Reader.Open(chromium, Named(brief), path, 1280);
        foreach (var width in new[] { 1280, 360 })
        {
            await reader.Page.SetViewportSizeAsync(width, 800);
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await reader.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
                Assert.Empty((await Axe.FaultsAsync(reader.Page)).Select(fault => $"{width} {scheme} {fault}"));
            }

            Assert.Equal(width, await reader.Page.EvaluateAsync<int>(Width));
        }

        Assert.Empty(reader.Complaints);
    }

    /// <summary>What the browser says itself is in the page's language, also for a reader whose browser speaks another.</summary>
    [Fact(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    public async Task A_browser_says_of_a_German_page_what_it_says_in_German()
    {
        await using var reader = await Reader.Open(chromium, () => GermanBriefs.Of("outage"), "/", 1280, locale: "en-GB", zone: "Europe/Berlin", running: true);

        Assert.Equal("Homepage ist seit 10:54 MEZ (12 Min.) ausgefallen. 5 von 6 anderen Diensten funktionieren.", (await reader.Page.InnerTextAsync("h1")).ReplaceLineEndings(" "));
        Assert.Equal("Ihrer Zeitzone", await reader.Page.InnerTextAsync("#zone"));
        var strip = reader.Page.Locator(".strip").Last;
        await strip.FocusAsync();
        await reader.Page.Keyboard.PressAsync("End");
        Assert.Equal("21. November 2026, Den ganzen Tag in Betrieb", await strip.GetAttributeAsync("aria-valuetext"));
        Assert.Equal("Mail: Tage, der neueste zuletzt", await strip.GetAttributeAsync("aria-label"));
        Assert.Empty(reader.Complaints);
    }

    /// <summary>Midnight of the reader's zone and of the page's lie apart, and what stands in front of a day goes with the day.</summary>
    [Theory(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    [InlineData("Europe/Berlin", "seit 10:54 MEZ (12 Min.)", "Seit 10:54 MEZ (12 Min.)")]
    [InlineData("Pacific/Kiritimati", "seit dem 21. Nov. 2026, 23:54 GMT+14 (12 Min.)", "Seit dem 21. Nov. 2026, 23:54 GMT+14 (12 Min.)")]
    [InlineData("Etc/GMT-13", "seit 22:54 GMT+13 (12 Min.)", "Seit 22:54 GMT+13 (12 Min.)")]
    public async Task A_German_day_has_its_article_in_whatever_zone_the_reader_is(string zone, string since, string why)
    {
        await using var reader = await Reader.Open(chromium, () => GermanBriefs.Of("outage"), "/", 1280, locale: "en-GB", zone: zone);

        Assert.Contains($"Homepage ist {since} ausgefallen.", Flat(await reader.Page.InnerTextAsync("h1")), StringComparison.Ordinal);
        Assert.StartsWith(why, Flat(await reader.Page.Locator(".why").First.InnerTextAsync()), StringComparison.Ordinal);
    }

    /// <summary>Header, footer and module were loaded in the language of then, so a part of the page alone would be half of each.</summary>
    [Fact(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    public async Task An_open_page_is_loaded_anew_when_its_language_changes_and_only_then()
    {
        Func<Brief> brief = SampleBriefs.Outage;
        await using var reader = await Reader.Open(chromium, () => brief(), "/", 1280, running: true);
        await reader.Page.EvaluateAsync("() => { window.isSame = true }");

        brief = SampleBriefs.Well;
        await reader.Page.EvaluateAsync("() => dispatchEvent(new Event('online'))");
        await reader.Page.GetByRole(AriaRole.Heading, new() { Name = "All 7 services work." }).WaitForAsync();
        Assert.True(await reader.Page.EvaluateAsync<bool>("() => window.isSame === true"));

        brief = () => GermanBriefs.Of("well");
        await reader.Page.EvaluateAsync("() => dispatchEvent(new Event('online'))");
        await reader.Page.GetByRole(AriaRole.Heading, new() { Name = "Alle 7 Dienste funktionieren." }).WaitForAsync();

        Assert.False(await reader.Page.EvaluateAsync<bool>("() => window.isSame === true"));
        Assert.Equal("de", await reader.Page.GetAttributeAsync("html", "lang"));
        Assert.Equal("Ihrer Zeitzone", await reader.Page.InnerTextAsync("#zone"));
        Assert.Contains("Abonnieren", await reader.Page.InnerTextAsync("header"), StringComparison.Ordinal);
        Assert.Empty(reader.Complaints);
    }

    [Theory(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    [InlineData("/")]
    [InlineData("/incidents/i0")]
    [InlineData("/components/c0")]
    public async Task Words_as_long_as_they_like_do_not_push_a_phone_page_out_of_its_width(string path)
    {
        var word = new string('W', 200);
        await using var reader = await Reader.Open(chromium, () => XssStrings.Everywhere([word, word + "2"]), path, 360);

        Assert.Equal(360, await reader.Page.EvaluateAsync<int>(Width));
    }

    [Fact(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    public async Task Without_JavaScript_everything_can_be_read()
    {
        await using var reader = await Reader.Open(chromium, SampleBriefs.Outage, "/", 360, javaScript: false);

        var text = await reader.Page.InnerTextAsync("body");

        Assert.Contains("Homepage is down since 09:54 UTC (12 min). 5 of 6 other services work.", Flat(text), StringComparison.Ordinal);
        Assert.Contains("A certificate on the load balancer was replaced by a wrong one.", text, StringComparison.Ordinal);
        Assert.Contains("Degraded performance", text, StringComparison.Ordinal);
        Assert.True(await reader.Page.Locator(".group .parts").IsVisibleAsync());
        Assert.True(await reader.Page.Locator(".strip svg").First.IsVisibleAsync());
        Assert.Equal(["/"], reader.Served.Asked.Where(path => path != "/favicon.ico"));
    }

    [Fact(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    public async Task A_bar_strip_is_one_tab_stop_and_arrows_walk_its_days_aloud()
    {
        await using var reader = await Reader.Open(chromium, SampleBriefs.Outage, "/", 1280);
        var strip = reader.Page.Locator(".strip").First;
        await reader.Page.Locator(".leaf .q").First.FocusAsync();

        await reader.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("slider", await reader.Page.EvaluateAsync<string>("() => document.activeElement.getAttribute('role')"));
        Assert.StartsWith("21 November 2026, Major outage 12 min", await strip.GetAttributeAsync("aria-valuetext"), StringComparison.Ordinal);
        Assert.Contains("Homepage is down", await reader.Page.Locator(".tip").InnerTextAsync(), StringComparison.Ordinal);

        await reader.Page.Keyboard.PressAsync("ArrowLeft");
        Assert.StartsWith("20 November 2026, ", await strip.GetAttributeAsync("aria-valuetext"), StringComparison.Ordinal);
        await reader.Page.Keyboard.PressAsync("Home");
        Assert.StartsWith("24 August 2026, Not watched yet", await strip.GetAttributeAsync("aria-valuetext"), StringComparison.Ordinal);
        await reader.Page.Keyboard.PressAsync("ArrowLeft");
        Assert.StartsWith("24 August 2026", await strip.GetAttributeAsync("aria-valuetext"), StringComparison.Ordinal);
        await reader.Page.Keyboard.PressAsync("End");
        await reader.Page.Keyboard.PressAsync("Escape");
        Assert.Equal(0, await reader.Page.Locator(".tip").CountAsync());

        await reader.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Sign-in", await reader.Page.EvaluateAsync<string>("() => document.activeElement.textContent"));
    }

    [Theory(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    [InlineData(1280)]
    [InlineData(360)]
    public async Task The_page_beside_the_monitors_is_retold_by_a_slider_with_the_keyboard(int width)
    {
        await using var reader = await Reader.Open(chromium, SampleBriefs.Outage, "/incidents/now000000001", width);
        var slider = reader.Page.Locator(".replay input");
        var moments = await reader.Page.Locator(".moments > li").CountAsync();
        Assert.InRange(moments, 2, 100);
        Assert.Equal(1, await reader.Page.Locator(".moments > li:visible").CountAsync());
        await slider.FocusAsync();

        await reader.Page.Keyboard.PressAsync("Home");
        var first = Flat(await reader.Page.Locator(".moments > li:visible").InnerTextAsync());
        Assert.Contains("The page said Nothing yet", first, StringComparison.Ordinal);
        await reader.Page.Keyboard.PressAsync("ArrowRight");
        var second = Flat(await reader.Page.Locator(".moments > li:visible").InnerTextAsync());
        Assert.NotEqual(first, second);
        Assert.Equal(second, Flat(await slider.GetAttributeAsync("aria-valuetext") ?? ""));

        await reader.Page.Keyboard.PressAsync("Tab");
        Assert.Contains("?at=2026-", await reader.Page.EvaluateAsync<string>("() => document.activeElement.href"), StringComparison.Ordinal);
        Assert.Empty(await Axe.FaultsAsync(reader.Page));
    }

    [Fact(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    public async Task On_a_phone_a_strip_walks_the_thirty_days_that_it_shows()
    {
        await using var reader = await Reader.Open(chromium, SampleBriefs.Well, "/", 360);
        var strip = reader.Page.Locator(".components > .leaf .strip").First;
        await strip.FocusAsync();

        await reader.Page.Keyboard.PressAsync("Home");

        Assert.StartsWith("23 October 2026", await strip.GetAttributeAsync("aria-valuetext"), StringComparison.Ordinal);
    }

    [Fact(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    public async Task Times_are_told_in_the_zone_of_the_reader()
    {
        await using var reader = await Reader.Open(chromium, SampleBriefs.Outage, "/", 1280, zone: "America/New_York", locale: "en-US");

        Assert.StartsWith("Homepage is down since 4:54 AM EST (12 min).", Flat(await reader.Page.InnerTextAsync("h1")), StringComparison.Ordinal);
        Assert.Equal("2026-11-21T09:54:00Z", await reader.Page.GetAttributeAsync("h1 time", "datetime"));
    }

    [Fact(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    public async Task News_is_swapped_in_and_announced_and_the_readers_place_is_kept()
    {
        var brief = SampleBriefs.Well;
        await using var reader = await Reader.Open(chromium, () => brief(), "/", 1280, running: true);
        await reader.Page.EvaluateAsync("() => { document.querySelector('.group summary').click() }");
        await reader.Page.Locator(".components > .leaf .n").First.FocusAsync();

        brief = SampleBriefs.Outage;
        await reader.Page.EvaluateAsync("() => dispatchEvent(new Event('online'))");
        await reader.Page.Locator(".incident").WaitForAsync();

        Assert.StartsWith("Homepage is down", await reader.Page.InnerTextAsync("h1"), StringComparison.Ordinal);
        Assert.StartsWith("Homepage is down", await reader.Page.TitleAsync(), StringComparison.Ordinal);
        Assert.Contains("A certificate on the load balancer", await reader.Page.TextContentAsync("#live"), StringComparison.Ordinal);
        Assert.True(await reader.Page.EvaluateAsync<bool>("() => document.querySelector('.group details').open"));
        Assert.Empty(reader.Complaints);
    }

    [Fact(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    public async Task Who_walks_along_the_bars_goes_on_from_the_same_day_when_news_comes()
    {
        var brief = SampleBriefs.Well;
        await using var reader = await Reader.Open(chromium, () => brief(), "/", 1280, running: true);
        var strip = reader.Page.Locator(".components > .leaf .strip").First;
        await strip.FocusAsync();
        await reader.Page.Keyboard.PressAsync("PageUp");

        brief = SampleBriefs.Outage;
        await reader.Page.EvaluateAsync("() => dispatchEvent(new Event('online'))");
        await reader.Page.Locator(".incident").WaitForAsync();

        await reader.Page.Keyboard.PressAsync("ArrowLeft");
        Assert.StartsWith("13 November 2026", await strip.GetAttributeAsync("aria-valuetext"), StringComparison.Ordinal);
    }

    [Fact(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    public async Task That_there_is_no_such_page_is_an_answer_and_no_lost_connection()
    {
        await using var reader = await Reader.Open(chromium, SampleBriefs.Well, "/nowhere", 1280, running: true);
        for (var look = 0; look < 3; look++)
        {
            await reader.Page.Clock.FastForwardAsync("01:10");
            await reader.Page.EvaluateAsync("() => fetch('/nowhere', { cache: 'no-store' }).then(answer => answer.text())");
        }

        Assert.True(await reader.Page.Locator("#link").IsHiddenAsync());
        Assert.Equal("There is no such page", await reader.Page.InnerTextAsync("h1"));
    }

    [Fact(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    public async Task Clocks_of_twenty_four_hours_are_written_alike_in_every_place()
    {
        await using var reader = await Reader.Open(chromium, SampleBriefs.Outage, "/incidents/old000000002", 1280);

        Assert.Equal("Partial outage from 10:06 to 12:06", await reader.Page.Locator(".affected .q").First.InnerTextAsync());
        await using var early = await Reader.Open(chromium, SampleBriefs.Outage, "/incidents/old000000002", 1280, zone: "Atlantic/Azores", locale: "en-GB");
        Assert.Equal("Partial outage from 09:06 to 11:06", await early.Page.Locator(".affected .q").First.InnerTextAsync());
    }

    [Fact(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    public async Task When_the_server_is_gone_the_page_says_what_it_still_knows_and_stops_being_green()
    {
        await using var reader = await Reader.Open(chromium, SampleBriefs.Well, "/", 1280, running: true);
        reader.Served.Gone = true;

        await reader.Page.EvaluateAsync("() => dispatchEvent(new Event('online'))");
        await reader.Page.Locator("#link:not([hidden])").WaitForAsync();
        Assert.StartsWith("Connection lost, showing what was known at 10:06", await reader.Page.InnerTextAsync("#link"), StringComparison.Ordinal);
        var green = await Colour(reader.Page);

        await reader.Page.Clock.FastForwardAsync("05:00");
        await reader.Page.Locator("html.lost").WaitForAsync();
        Assert.NotEqual(green, await Colour(reader.Page));

        reader.Served.Gone = false;
        await reader.Page.Clock.FastForwardAsync("01:10");
        await reader.Page.Locator("#link[hidden]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        Assert.Equal(green, await Colour(reader.Page));
    }

    [Fact(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    public async Task SEC_21_No_string_runs_in_a_browser_and_the_policy_has_nothing_to_refuse()
    {
        foreach (var texts in XssStrings.All.Chunk(200))
        {
            foreach (var path in new[] { "/", "/incidents/i0", "/components/c1", "/history" })
            {
                await using var reader = await Reader.Open(chromium, () => XssStrings.Everywhere(texts), path, 1280, spy: true);
                await reader.Page.Locator("h1").WaitForAsync();
                if (await reader.Page.Locator(".strip").CountAsync() > 0)
                {
                    await reader.Page.Locator(".strip").First.FocusAsync();
                }

                Assert.Equal(0, await reader.Page.EvaluateAsync<int>("() => window.ran"));
                Assert.Empty(reader.Complaints);
                Assert.DoesNotContain(reader.Served.Foreign, address => true);
            }
        }
    }

    private const string Width = "() => Math.max(document.documentElement.scrollWidth, innerWidth)";

    private static async Task<string> Colour(IPage page) =>
        await page.EvaluateAsync<string>("() => getComputedStyle(document.querySelector('.components .m.op')).color");

    private static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static Func<Brief> Named(string name) => name switch
    {
        _ when name.Split(' ') is ["de", var which] => () => GermanBriefs.Of(which),
        nameof(SampleBriefs.Well) => SampleBriefs.Well,
        nameof(SampleBriefs.Outage) => SampleBriefs.Outage,
        nameof(SampleBriefs.Told) => SampleBriefs.Told,
        nameof(SampleBriefs.Stale) => SampleBriefs.Stale,
        nameof(SampleBriefs.Regional) => SampleBriefs.Regional,
        _ => SampleBriefs.FirstRun,
    };
}
