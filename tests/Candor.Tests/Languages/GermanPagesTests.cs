using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Candor.Languages;
using Candor.Pages;
using Candor.Pages.Copies;
using Candor.Pages.Feeds;
using Candor.Pages.Html;
using Candor.Pages.Json;
using Candor.Pages.Phrases;
using Candor.Pages.Serving;
using Candor.Pages.Wording;
using Candor.State;
using Candor.Tests.Pages;

namespace Candor.Tests.Languages;

/// <summary>A page that speaks German has no English word on it but those that people wrote.</summary>
public sealed partial class GermanPagesTests
{
    public static TheoryData<string> Briefs => [.. GermanBriefs.All.Keys];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Briefs))]
    public async Task No_page_says_an_English_word_that_nobody_wrote(string name)
    {
        var brief = GermanBriefs.Of(name);
        var peoples = PeoplesWords.In(brief);
        var found = new List<string>();
        foreach (var path in HtmlPages.Paths(brief))
        {
            found.AddRange(EnglishWords.In(await PrintedPage.Of(brief, path), peoples).Select(said => $"{path}: {said}"));
        }

        foreach (var page in new[] { await HtmlPages.NotFound(brief, Ct), (await HtmlPages.Closed(brief, Ct))! })
        {
            found.AddRange(EnglishWords.In(Parsed(page), peoples).Select(said => $"{page.Path} ({page.StatusCode}): {said}"));
        }

        Assert.True(found.Count == 0, string.Join('\n', found.Distinct()));
    }

    [Theory]
    [MemberData(nameof(Briefs))]
    public async Task Every_page_says_in_which_language_it_is(string name)
    {
        var brief = GermanBriefs.Of(name);
        foreach (var path in HtmlPages.Paths(brief))
        {
            var page = await PrintedPage.Of(brief, path);
            Assert.Equal("de", page.DocumentElement.GetAttribute("lang"));
            Assert.Equal(brief.IsClosed ? null : PageAssets.ModuleOf(Language.German), page.QuerySelector("head script")?.GetAttribute("src"));
        }
    }

    [Theory]
    [InlineData("/feed.atom")]
    [InlineData("/feed.rss")]
    [InlineData("/calendar.ics")]
    public void Feeds_say_no_English_word_that_nobody_wrote(string path)
    {
        var brief = GermanBriefs.Of("people");
        var text = WebUtility.HtmlDecode(WebUtility.HtmlDecode(Encoding.UTF8.GetString(FeedPages.OfIncident(brief, path).Content)))
            .Replace("\r\n ", "", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\,", ",", StringComparison.Ordinal);
        Assert.Contains(path == "/feed.atom" ? "xml:lang=\"de\"" : path == "/feed.rss" ? "<language>de</language>" : "//DE", text, StringComparison.Ordinal);

        // Names of fields are no words: what is said is what stands between tags, or behind them in a calendar.
        var said = path == "/calendar.ics"
            ? string.Join('\n', text.Split('\n').Where(static line => line.StartsWith("SUMMARY", StringComparison.Ordinal) || line.StartsWith("X-WR-CALNAME", StringComparison.Ordinal) || line.StartsWith("CATEGORIES", StringComparison.Ordinal)).Select(static line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..]))
            : Tag().Replace(Quoted().Replace(text, " "), " ");
        Assert.Empty(EnglishWords.In(said, [.. PeoplesWords.In(brief), .. PlainBodies(brief)]));
    }

    [Fact]
    public void The_badge_says_it_in_German()
    {
        var badge = Encoding.UTF8.GetString(FeedPages.BadgeOfAll(GermanBriefs.Of("outage"), "/badge.svg").Content);

        Assert.Contains("aria-label=\"Status: Ausfall\"", badge, StringComparison.Ordinal);
    }

    [Fact]
    public void The_line_on_other_sites_says_it_in_German_where_no_incident_has_a_title()
    {
        var script = Encoding.UTF8.GetString(FeedPages.OfWidget(GermanBriefs.Of("well")).Content);

        Assert.Contains("\"All Systems Operational\":\"Alles in Betrieb\"", script, StringComparison.Ordinal);
        Assert.Contains("\"Status Unknown\":\"Status unbekannt\"", script, StringComparison.Ordinal);
        Assert.DoesNotContain("\"line\"", Encoding.UTF8.GetString(FeedPages.OfWidget(SampleBriefs.Well()).Content), StringComparison.Ordinal);
    }

    /// <summary>By its own words, so that what cannot be seen is not called degraded.</summary>
    [Fact]
    public void Whatever_the_API_says_at_its_top_has_German_words_on_other_sites()
    {
        var line = PageWords.In(Language.German).Feeds.Line!;
        var known = Enum.GetValues<ComponentStatus>().Select(static status => new ComponentState(status, Known: true)).ToArray();
        var unknown = new ComponentState(ComponentStatus.Operational, Known: false);
        var said = known.SelectMany(one => known.Append(unknown).SelectMany(other => Enum.GetValues<Impact>().Select(worst => TopLine.Of([one, other], worst))))
            .Append(TopLine.Of([unknown], Impact.None))
            .Select(static status => Number().Replace(status.Description, "#")).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(line.Keys.Order(StringComparer.Ordinal), said);
        Assert.All(line, static one => Assert.Equal(one.Key.Count('#'), one.Value.Count('#')));
    }

    /// <summary>Programs read these.</summary>
    [Theory]
    [MemberData(nameof(Briefs))]
    public void JSON_is_the_same_in_every_language(string name)
    {
        var (english, german) = (GermanBriefs.All[name](), GermanBriefs.Of(name));

        Assert.Equal(StatusBody.Render(english).Content, StatusBody.Render(german).Content);
        foreach (var path in V2Bodies.Paths)
        {
            Assert.Equal(V2Bodies.Render(new(english), english, path).Content, V2Bodies.Render(new(german), german, path).Content);
        }
    }

    [Fact]
    public async Task A_page_of_the_past_speaks_the_language_that_it_has_and_says_that_it_is_one()
    {
        var page = await PrintedPage.Of(GermanBriefs.Of("past"), "/");

        Assert.StartsWith("So sah diese Seite am 21. Nov. 2026, 10:06 UTC aus.", page.Words(".asof"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_of_a_copy_are_in_the_language_of_the_page()
    {
        var brief = GermanBriefs.Of("outage");
        var files = new List<string>();
        await foreach (var file in StaticCopy.OfAsync(brief with { IsPast = true }, Catalogue.FrontOf(brief), [], Ct))
        {
            if (file.Path.EndsWith(".html", StringComparison.Ordinal))
            {
                files.Add(Encoding.UTF8.GetString(file.Content));
            }
        }

        Assert.True(files.Count > 5);
        Assert.All(files, static html => Assert.Contains("<html lang=\"de\">", html, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("outage", "Homepage ist seit 09:54 UTC (12 Min.) ausgefallen. 5 von 6 anderen Diensten funktionieren.")]
    [InlineData("well", "Alle 7 Dienste funktionieren.")]
    [InlineData("empty", "Noch wird nichts überwacht.")]
    public async Task The_first_sentence_in_German(string name, string words) =>
        Assert.Equal(words, (await PrintedPage.Of(GermanBriefs.Of(name), "/")).Words("h1"));

    [Theory]
    [InlineData("outage", "Verbindung abgelehnt")]
    [InlineData("outage", "Antwort nach 6,2 s, erwartet innerhalb von 2 s")]
    [InlineData("blind", "nichts: Das Standard-Gateway antwortet nicht")]
    public async Task What_a_probe_said_is_told_in_German(string name, string words) =>
        Assert.Contains(words, (await PrintedPage.Of(GermanBriefs.Of(name), "/")).Body!.TextContent, StringComparison.Ordinal);

    [Fact]
    public async Task An_incident_in_one_sentence_in_German()
    {
        var brief = GermanBriefs.Of("outage");

        Assert.Equal(
            "Am 18. November 2026 gab es bei Heron Copier eine geringfügige Störung. Betroffen: Search. Dauer: 44 Min.",
            (await PrintedPage.Of(brief, "/incidents/old000000001")).Words("article .lead"));
        Assert.Equal(
            "Bei Heron Copier gibt es seit 09:54 UTC eine kritische Störung. Betroffen: Homepage. Dauer bisher: 12 Min.",
            (await PrintedPage.Of(brief, "/incidents/now000000001")).Words("article .lead"));
    }

    [Theory]
    [InlineData(0, "seit 09:54 UTC")]
    [InlineData(1, "seit dem 26. Nov. 2026, 09:54 UTC")]
    public void A_day_has_its_article_and_a_time_has_none(int daysLater, string words)
    {
        var at = new DateTimeOffset(2026, 11, 26, 9, 54, 0, TimeSpan.Zero);
        var (page, said) = (PageWords.In(Language.German), new PageClock("UTC", Language.German).Short(at, at.AddDays(daysLater)));

        Assert.Equal($"Bei Heron gibt es {words} eine kritische Störung. Dauer bisher: 12 Min.", page.Incident.Is("Heron", Impact.Critical, said, "", "12 Min."));
        Assert.Equal($"1 von 3 Messstellen sieht {words} nichts.", page.Front.Blind(1, 3, said, null));
    }

    /// <summary>"seit 09:54 UTC", and "seit dem 26. Nov. 2026, 09:54 UTC": on no page does a day stand behind a bare preposition.</summary>
    [Theory]
    [MemberData(nameof(Briefs))]
    public async Task Behind_a_preposition_a_day_has_its_article(string name)
    {
        var brief = GermanBriefs.Of(name);
        foreach (var path in HtmlPages.Paths(brief))
        {
            var page = await PrintedPage.Of(brief, path);
            var said = page.Words("body") + string.Join(" | ", page.All.Select(static element => element.GetAttribute("title")));
            Assert.Empty(BareDay().Matches(said).Select(found => $"{path}: {found.Value}"));
            Assert.Empty(BentTime().Matches(said).Select(found => $"{path}: {found.Value}"));
        }
    }

    [Fact]
    public async Task A_day_or_a_time_alone_brings_along_what_it_needs_in_front_of_it()
    {
        var since = (await PrintedPage.Of(GermanBriefs.Of("days-later"), "/")).QuerySelector("h1 time")!;
        var today = (await PrintedPage.Of(GermanBriefs.Of("outage"), "/")).QuerySelector("h1 time")!;
        var edited = (await PrintedPage.Of(GermanBriefs.Of("people"), "/")).QuerySelector("summary time")!;

        Assert.Equal(("dem 21. Nov. 2026, 10:06 UTC", "dem "), (since.TextContent, since.GetAttribute("data-day")));
        Assert.Equal(("09:54 UTC", "dem "), (today.TextContent, today.GetAttribute("data-day")));
        Assert.Equal(("am ", "um "), (edited.GetAttribute("data-day"), edited.GetAttribute("data-time")));
        Assert.StartsWith("um ", edited.TextContent, StringComparison.Ordinal);
        Assert.Empty((await PrintedPage.Of(SampleBriefs.People(), "/")).QuerySelectorAll("[data-day], [data-time]"));
    }

    [Fact]
    public async Task A_postmortem_that_is_cut_says_so_in_German()
    {
        var brief = GermanBriefs.Of("people");
        var (id, known) = brief.World.Postmortems.First(static one => !one.Value.Published.IsEmpty);
        var cut = known with { Published = [known.Published[0] with { Body = string.Concat(Enumerable.Repeat("Quarz ", Markdown.CharactersMax)) }] };
        var page = await PrintedPage.Of(brief with { World = brief.World with { Postmortems = brief.World.Postmortems.SetItem(id, cut) } }, $"/incidents/{id}");

        Assert.EndsWith(Language.German.Longer, page.Words("#postmortem .text"), StringComparison.Ordinal);
    }

    private static IHtmlDocument Parsed(Rendition page) => new HtmlParser().ParseDocument(Encoding.UTF8.GetString(page.Content));

    /// <summary>Bodies as they stand between tags: a line at a time, without their marks.</summary>
    private static IEnumerable<string> PlainBodies(Brief brief) => brief.World.Incidents.Values
        .SelectMany(static incident => incident.Updates.SelectMany(static update => new[] { update.Body }.Concat(update.Edits.Select(static edit => edit.Before))))
        .Concat(brief.World.Maintenances.Values.SelectMany(static one => one.Updates.Select(static update => update.Body)))
        .Concat(brief.World.Postmortems.Values.SelectMany(static one => one.Published.Select(static part => part.Body)))
        .SelectMany(static body => Markdown.ToHtml(body).Split('\n').Select(static line => WebUtility.HtmlDecode(Tag().Replace(line, " ").Trim()))
            .Concat(Tag().Split(Markdown.ToHtml(body)).Select(static part => WebUtility.HtmlDecode(part.Trim()))))
        .Where(static line => line.Length > 0);

    [GeneratedRegex("\\b(?<at>[Ss]eit|[Aa]b|[Vv]on|(?<!UTC |[0-9] )[Bb]is) [0-9]{1,2}\\. \\p{Lu}", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex BareDay();

    [GeneratedRegex("\\b(dem|zum|vom|am) [0-9]{1,2}:[0-9]{2}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex BentTime();

    [GeneratedRegex("[0-9]+", RegexOptions.NonBacktracking)]
    private static partial Regex Number();

    [GeneratedRegex("<[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Tag();

    [GeneratedRegex("<(link|guid|id|pubDate|lastBuildDate)[^>]*>[^<]*</[a-zA-Z]+>", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted();
}
