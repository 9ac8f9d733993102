using System.IO.Compression;
using System.Text;
using AngleSharp.Dom;
using Candor.Languages;
using Candor.Pages;
using Candor.Pages.Html;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Tests.Pages;

public sealed class PageTests
{
    private const int WeightMax = 30_000;

    [Fact]
    public async Task Fifty_components_with_ninety_days_weigh_less_than_30_kB_in_two_requests()
    {
        var page = await PrintedPage.Html(SampleBriefs.Large(), "/");
        var document = await PrintedPage.Of(SampleBriefs.Large(), "/");
        var module = Assert.Single(HtmlPages.Assets, asset => asset.Path == PageAssets.ModuleOf(Language.English));

        var weight = Compressed(Encoding.UTF8.GetBytes(page)) + Compressed(module.Content);
        TestContext.Current.SendDiagnosticMessage($"{weight} bytes, {page.Length} before compression");

        Assert.Equal(50, document.QuerySelectorAll(".strip").Length);
        Assert.True(weight <= WeightMax, $"{weight} bytes");
        var loaded = document.QuerySelectorAll("script[src], img[src], link[rel=stylesheet], link[rel=icon]")
            .Select(element => element.GetAttribute("src") ?? element.GetAttribute("href")!)
            .Where(address => !address.StartsWith("data:", StringComparison.Ordinal));
        Assert.Equal([PageAssets.ModuleOf(Language.English)], loaded);
    }

    [Fact]
    public async Task Ninety_bars_of_a_component_are_one_path_a_state()
    {
        var document = await PrintedPage.Of(SampleBriefs.Large(1), "/");

        Assert.InRange(document.QuerySelectorAll(".strip path").Length, 2, 7);
        Assert.Equal(90, document.QuerySelectorAll(".strip path").Sum(path => path.GetAttribute("d")!.Count(c => c == 'M')));
    }

    [Fact]
    public async Task The_same_brief_gives_the_same_bytes() =>
        Assert.Equal(await PrintedPage.Html(SampleBriefs.Outage(), "/"), await PrintedPage.Html(SampleBriefs.Outage(), "/"));

    [Fact]
    public async Task Every_page_that_is_listed_can_be_rendered_and_links_only_to_pages_that_are()
    {
        var brief = SampleBriefs.Outage();
        var paths = HtmlPages.Paths(brief).ToHashSet();
        string[] elsewhere = ["/feed.atom", "/feed.rss", "/status.json", "/calendar.ics", "/api/v2/summary.json"];
        foreach (var path in paths)
        {
            var page = await PrintedPage.Of(brief, path);
            Assert.All(
                page.Links.Select(link => link.GetAttribute("href")!.Split("?at=")[0]).Where(href => href.StartsWith('/')),
                href => Assert.True(paths.Contains(href) || elsewhere.Contains(href), $"{path} links to {href}"));
            Assert.Single(page.QuerySelectorAll("h1"));
            Assert.Equal(page.QuerySelectorAll("[id]").Length, page.QuerySelectorAll("[id]").Select(e => e.Id).Distinct().Count());
        }

        Assert.Contains("/incidents/now000000001", paths);
        Assert.Contains("/history/2026-09", paths);
        Assert.DoesNotContain("/history/2026-08", paths);
    }

    [Theory]
    [InlineData("/nowhere")]
    [InlineData("/incidents/none")]
    [InlineData("/history/2026-13")]
    [InlineData("/history/1999-01")]
    [InlineData("/components/")]
    [InlineData("")]
    public async Task What_leads_nowhere_is_no_page(string path) =>
        Assert.Null(await HtmlPages.Render(SampleBriefs.Outage(), path, TestContext.Current.CancellationToken));

    [Fact]
    public async Task The_404_page_is_one()
    {
        var page = await HtmlPages.NotFound(SampleBriefs.Well(), TestContext.Current.CancellationToken);

        Assert.Equal(404, page.StatusCode);
        Assert.Contains("There is no such page", Encoding.UTF8.GetString(page.Content), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_incident_that_waits_for_a_person_is_on_no_page()
    {
        var secret = SampleBriefs.Well();
        secret = secret with
        {
            World = World.Fold(secret.World, new IncidentOpened(
                SampleBriefs.Now, new("hidden"), "Not for readers", SampleBriefs.Now, true, false, "Not for readers", [])),
        };

        Assert.Null(await HtmlPages.Render(secret, "/incidents/hidden", TestContext.Current.CancellationToken));
        Assert.DoesNotContain("Not for readers", await PrintedPage.Html(secret, "/"), StringComparison.Ordinal);
        Assert.DoesNotContain("Not for readers", await PrintedPage.Html(secret, "/history"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_is_open_when_something_in_it_is_not_well_and_one_line_otherwise()
    {
        Assert.True((await PrintedPage.Of(SampleBriefs.Outage(), "/")).QuerySelector(".group details")!.HasAttribute("open"));
        Assert.False((await PrintedPage.Of(SampleBriefs.Well(), "/")).QuerySelector(".group details")!.HasAttribute("open"));
    }

    [Fact]
    public async Task Open_incidents_stand_above_the_components_whole_and_newest_word_first()
    {
        var page = await PrintedPage.Of(SampleBriefs.Outage(), "/");

        var sections = page.QuerySelectorAll("main > section").Select(section => section.QuerySelector("h1, h2")!.Words()).ToList();
        Assert.Equal(["Homepage is down", "Components last 906030 days", "Past 14 days"], sections.Skip(1));
        Assert.StartsWith("Identified 10:00 UTC A certificate", page.Words(".incident .updates"), StringComparison.Ordinal);
        Assert.Contains("Investigating 09:54 UTC · Detected automatically", page.Words(".incident .updates"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/incidents/now000000001")]
    public async Task That_nobody_typed_an_update_is_said_once_beside_its_time(string path)
    {
        var outage = SampleBriefs.Outage();
        var incident = outage.World.Incidents[new("now000000001")];
        var signed = incident with
        {
            Updates = [.. incident.Updates.Select(update => update.Automatic ? update with { Body = $"It is down.\n\n{Candor.Languages.Language.English.Signature}" } : update)],
        };
        var brief = outage with { World = outage.World with { Incidents = outage.World.Incidents.SetItem(incident.Id, signed) } };

        var words = (await PrintedPage.Of(brief, path)).Words("main");

        Assert.Single(words.Split("etected automatically")[1..]);
        Assert.Contains("· Detected automatically It is down.", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_removed_during_its_incident_is_still_named_and_every_page_still_renders()
    {
        var outage = SampleBriefs.Outage();
        var names = outage.World.Incidents[new("now000000001")].AffectedComponents.Select(id => outage.World.Components[id].Definition.Name).ToList();
        Event[] removed =
        [
            .. outage.World.Components.Keys.Select(id => new ComponentRemoved(outage.Now, id)),
            .. outage.World.Monitors.Keys.Select(id => new MonitorRemoved(outage.Now, id)),
        ];
        var brief = outage with { World = removed.Aggregate(outage.World, World.Fold) };

        foreach (var plan in Catalogue.FrontOf(brief))
        {
            Assert.NotEmpty((await plan.Render(brief, TestContext.Current.CancellationToken))!.Content);
        }

        Assert.NotEmpty(names);
        foreach (var path in (string[])["/", "/incidents/now000000001"])
        {
            var words = (await PrintedPage.Of(brief, path)).Words("main");
            Assert.All(names, name => Assert.Contains($"{name} (since removed)", words, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Every_state_is_a_word_beside_a_shape()
    {
        var page = await PrintedPage.Of(SampleBriefs.Outage(), "/");

        Assert.All(page.QuerySelectorAll(".components .m"), mark => Assert.NotEmpty(mark.ParentElement!.Words()));
    }

    [Fact]
    public async Task The_policy_lets_exactly_this_style_in_and_nothing_inline_else()
    {
        var page = await HtmlPages.Render(SampleBriefs.Well(), "/", TestContext.Current.CancellationToken);
        var style = (await PrintedPage.Of(SampleBriefs.Well(), "/")).QuerySelector("style")!.TextContent;
        var hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(style)));

        Assert.Contains($"style-src 'sha256-{hash}'", page!.ContentSecurityPolicy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self'", page.ContentSecurityPolicy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", page.ContentSecurityPolicy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_component_page_draws_response_times_with_gaps_where_nothing_was_measured()
    {
        var page = await PrintedPage.Of(SampleBriefs.Outage(), "/components/homepage0000");

        Assert.Equal(2, page.QuerySelector(".plot .line")!.GetAttribute("d")!.Count(c => c == 'M'));
        Assert.NotEmpty(page.QuerySelectorAll(".plot rect.mj"));
        Assert.Equal("99.77 %", page.QuerySelectorAll(".facts dd")[^1].Words());
    }

    [Theory]
    [InlineData(34, "Partial outage for 34 s at 09:00, Major outage since 09:00 UTC")]
    [InlineData(90, "Partial outage from 09:00 to 09:01, Major outage since 09:01 UTC")]
    [InlineData(0, "Partial outage from 09:00 to 09:00, Major outage since 09:00 UTC")]
    public async Task A_state_of_less_than_a_minute_is_said_with_its_length(int seconds, string words)
    {
        var at = new DateTimeOffset(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);
        var brief = SampleBriefs.Read(
            [
                new ComponentAdded(at, new(SampleBriefs.Id("mail"), "Mail", null, 0)),
                new IncidentOpened(at, new("short0000001"), "Mail is down", at, false, true, "We look.",
                    [new(SampleBriefs.Id("mail"), ComponentStatus.PartialOutage, at), new(SampleBriefs.Id("mail"), ComponentStatus.MajorOutage, at.AddSeconds(seconds))]),
            ],
            null);

        Assert.Equal(words, (await PrintedPage.Of(brief, "/incidents/short0000001")).Words(".affected .q"));
    }

    [Fact]
    public async Task Places_that_see_are_named_while_they_are_few()
    {
        var brief = SampleBriefs.Blind();

        Assert.Equal("Last verified just now from local, eu, and us.", (await PrintedPage.Of(brief, "/")).Words(".verified"));

        var many = SampleBriefs.Well();
        many = many with { World = World.Fold(many.World, new PolicyConfigured(many.Now, Policy.Default with { Vantages = [.. "abcde".Select(name => new VantageId(name.ToString()))] })) };
        Assert.EndsWith(" from 5 places.", (await PrintedPage.Of(many, "/")).Words(".verified"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_without_anything_teaches_the_first_steps()
    {
        var page = await PrintedPage.Of(SampleBriefs.FirstRun(), "/");

        Assert.Equal("Candor is running and watches itself.", page.Words("h1"));
        Assert.Contains("./candor check", page.Words(".steps"), StringComparison.Ordinal);
    }

    private static int Compressed(byte[] content)
    {
        using var target = new MemoryStream();
        using (var brotli = new BrotliStream(target, new BrotliCompressionOptions { Quality = 6 }, leaveOpen: true))
        {
            brotli.Write(content);
        }

        return (int)target.Length;
    }
}
