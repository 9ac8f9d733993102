using Candor.Pages;
using Candor.Pages.Html;
using Candor.Tests.Languages;
using Candor.Tests.Pages;
using Microsoft.Playwright;

namespace Candor.SystemTests.Browser;

/// <summary>Whoever fills a form in goes on doing so while news comes: an incident is when people subscribe, and when most is said.</summary>
public sealed class FormTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string NeedsChromium = "needs Chromium";

    [Fact(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    public async Task What_was_typed_and_chosen_is_there_after_news_and_so_is_the_place_in_it()
    {
        var brief = Told();
        await using var reader = await Reader.Open(chromium, () => brief, "/subscribe", 1280, running: true);
        var form = reader.Page.Locator("section[aria-labelledby=by-email]");
        await form.Locator("summary").ClickAsync();
        await form.Locator("input[name=components]").First.CheckAsync();
        await form.Locator("select[name=digest]").SelectOptionAsync("daily");
        await form.Locator("input[name=address]").FillAsync("ada@heron.exam");
        await form.Locator("input[name=address]").FocusAsync();

        brief = await NewsAsync(reader, brief, "/subscribe");
        await reader.Page.Keyboard.TypeAsync("ple");

        Assert.Equal("ada@heron.example", await form.Locator("input[name=address]").InputValueAsync());
        Assert.True(await form.Locator("input[name=components]").First.IsCheckedAsync());
        Assert.Equal("daily", await form.Locator("select[name=digest]").InputValueAsync());
        Assert.True(await form.Locator("details").EvaluateAsync<bool>("e => e.open"));

        // Left for a moment, it stays as well; and a form that nobody has touched is the newest.
        await reader.Page.EvaluateAsync("() => { document.activeElement.blur(); window.untouched = document.querySelector('section[aria-labelledby=by-webhook] form') }");
        await NewsAsync(reader, brief, "/subscribe");
        Assert.Equal("ada@heron.example", await form.Locator("input[name=address]").InputValueAsync());
        Assert.False(await reader.Page.EvaluateAsync<bool>("() => window.untouched.isConnected"));
        Assert.Equal(
            ["by-email", "by-webhook", "by-feed"],
            await reader.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('main > section')].map(e => e.getAttribute('aria-labelledby'))"));
        Assert.Empty(reader.Complaints);
    }

    [Fact(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    public async Task The_form_of_one_incident_stays_open_and_filled_in_while_the_incident_is_told_on()
    {
        const string Path = "/incidents/now000000001";
        var brief = GermanBriefs.All["open-told"]();
        await using var reader = await Reader.Open(chromium, () => brief, Path, 1280, running: true);
        await reader.Page.Locator("#follow summary").ClickAsync();
        await reader.Page.Locator("#follow input[type=email]").FillAsync("ada@heron.example");

        await NewsAsync(reader, brief, Path);

        Assert.True(await reader.Page.Locator("#follow input[type=email]").IsVisibleAsync());
        Assert.Equal("ada@heron.example", await reader.Page.Locator("#follow input[type=email]").InputValueAsync());
        Assert.Empty(reader.Complaints);
    }

    [Fact(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    public async Task A_page_whose_language_changes_waits_with_loading_until_nobody_is_filling_anything_in()
    {
        var brief = Told();
        await using var reader = await Reader.Open(chromium, () => brief, "/subscribe", 1280, running: true);
        var address = reader.Page.Locator("section[aria-labelledby=by-email] input[name=address]");
        await address.FillAsync("ada@heron.example");

        await NewsAsync(reader, GermanBriefs.Of("told"), "/subscribe");

        Assert.Equal("ada@heron.example", await address.InputValueAsync());
        Assert.Equal("Abonnieren", await reader.Page.InnerTextAsync("h1"));
        Assert.Equal("de", await reader.Page.GetAttributeAsync("main", "lang"));

        // Emptied again and left, nothing of theirs is in it, and the next news brings the other language.
        await address.FillAsync("");
        await reader.Page.EvaluateAsync("() => { document.activeElement.blur(); window.before = true }");
        reader.Served.Brief = () => GermanBriefs.Of("told") with { Now = GermanBriefs.Of("told").Now.AddMinutes(5) };
        await reader.Page.EvaluateAsync("() => dispatchEvent(new Event('online'))");
        await reader.Page.WaitForFunctionAsync("() => !window.before && document.documentElement.lang === 'de'");
    }

    [Fact(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    public async Task A_form_that_was_only_looked_at_is_the_newest_and_as_open_as_it_was()
    {
        var brief = Told();
        await using var reader = await Reader.Open(chromium, () => brief, "/subscribe", 1280, running: true);
        var form = reader.Page.Locator("section[aria-labelledby=by-email]");
        await form.Locator("summary").ClickAsync();
        await form.Locator("input[name=components]").First.CheckAsync();
        await form.Locator("input[name=components]").First.UncheckAsync();
        await reader.Page.EvaluateAsync("() => { document.activeElement.blur(); window.looked = document.querySelector('section[aria-labelledby=by-email] form') }");

        brief = await NewsAsync(reader, brief, "/subscribe");
        await NewsAsync(reader, brief, "/subscribe");

        Assert.False(await reader.Page.EvaluateAsync<bool>("() => window.looked.isConnected"));
        Assert.True(await form.Locator("details").EvaluateAsync<bool>("e => e.open"));
        Assert.Empty(reader.Complaints);
    }

    [Fact(Skip = NeedsChromium, SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    public async Task The_form_in_this_browser_works_after_news_as_before()
    {
        var brief = Told();
        brief = brief with { ToldBy = [.. brief.ToldBy, "webpush"] };
        await using var reader = await Reader.Open(chromium, () => brief, "/subscribe", 1280, running: true);
        await reader.Page.RouteAsync("**/push.js", static route => route.FulfillAsync(new() { ContentType = "text/javascript", Body = PushScript() }));
        await reader.Page.AddInitScriptAsync(
            """
            Object.defineProperty(window, 'isSecureContext', { value: true });
            Object.defineProperty(navigator, 'serviceWorker', { value: { register: () => Promise.reject(new Error()) } });
            window.PushManager = class { };
            window.Notification = { permission: 'denied' };
            """);
        await reader.Page.ReloadAsync();
        var section = reader.Page.Locator("#by-push-section");
        await section.WaitForAsync();

        await NewsAsync(reader, brief, "/subscribe");

        Assert.True(await section.IsVisibleAsync());
        await section.Locator("button").ClickAsync();
        await section.Locator("[role=status]:not(:empty)").WaitForAsync();
        Assert.EndsWith("/subscribe", reader.Page.Url, StringComparison.Ordinal);
    }

    /// <summary>A minute later the page is another one, and is fetched; until it stands there.</summary>
    private static async Task<Brief> NewsAsync(Reader reader, Brief before, string path)
    {
        var changed = before with { Now = before.Now.AddMinutes(1) };
        reader.Served.Brief = () => changed;
        await reader.Page.EvaluateAsync("() => { window.knownBefore = document.getElementById('main').dataset.now; dispatchEvent(new Event('online')) }");
        await reader.Page.WaitForFunctionAsync("() => document.getElementById('main').dataset.now !== window.knownBefore");
        Assert.EndsWith(path, reader.Page.Url, StringComparison.Ordinal);
        return changed;
    }

    private static Brief Told() => SampleBriefs.Told();

    private static string PushScript()
    {
        using var script = new StreamReader(typeof(HtmlPages).Assembly.GetManifestResourceStream("Candor.Subscribing.Push.push.js")!);
        return script.ReadToEnd();
    }
}
