using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using AngleSharp.Html.Parser;
using Candor.Languages;
using Candor.Pages;
using Candor.Pages.Feeds;
using Candor.Pages.Wording;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Tests.Pages;

public class FeedTests
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private static readonly string[] SvgElements = ["svg", "title", "rect", "path", "g", "text"];

    private static readonly string[] CalendarLines =
    [
        "BEGIN:VCALENDAR", "VERSION:", "PRODID:", "CALSCALE:", "METHOD:", "X-WR-CALNAME:", "REFRESH-INTERVAL;", "BEGIN:VEVENT",
        "UID:", "DTSTAMP:", "CREATED:", "LAST-MODIFIED:", "SEQUENCE:", "DTSTART:", "DTEND:", "SUMMARY:", "DESCRIPTION:", "URL:",
        "CATEGORIES:Incident", "CATEGORIES:Maintenance", "STATUS:CONFIRMED", "STATUS:CANCELLED", "TRANSP:TRANSPARENT", "END:VEVENT", "END:VCALENDAR", " ",
    ];

    public static TheoryData<int> Portions => [.. Enumerable.Range(0, (XssStrings.All.Length + 39) / 40)];

    [Theory]
    [MemberData(nameof(Portions))]
    public void SEC_21_No_text_becomes_markup_in_feeds_badges_and_calendars(int portion)
    {
        var texts = XssStrings.All.Skip(portion * 40).Take(40).ToList();
        var brief = XssStrings.Everywhere(texts);
        foreach (var entry in Parse(FeedPages.OfIncident(brief, "/history.atom")).Descendants(Atom + "content"))
        {
            Harmless(entry.Value);
        }

        foreach (var item in Parse(FeedPages.OfIncident(brief, "/feed.rss")).Descendants("item"))
        {
            Harmless(item.Element("description")!.Value);
            Assert.StartsWith("http://127.0.0.1:8080/incidents/", item.Element("link")!.Value, StringComparison.Ordinal);
        }

        foreach (var text in texts)
        {
            var svg = Parse(Badge.Render("/badge.svg", text, new(ComponentStatus.Operational), Language.English));
            Assert.All(svg.Descendants(), element => Assert.Contains(element.Name.LocalName, SvgElements));
            Assert.All(svg.Descendants().Attributes(), attribute => Assert.False(attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal)));
        }

        var lines = Encoding.UTF8.GetString(FeedPages.OfIncident(brief, "/calendar.ics").Content).Split("\r\n");
        Assert.All(lines.SkipLast(1), line => Assert.Contains(CalendarLines, start => line.StartsWith(start, StringComparison.Ordinal)));
    }

    [Fact]
    public void An_atom_feed_has_what_the_RFC_asks_for()
    {
        var feed = Parse(FeedPages.OfIncident(TwoIncidents(), "/feed.atom")).Root!;
        Assert.Equal(Atom + "feed", feed.Name);
        foreach (var element in (XElement[])[feed, .. feed.Elements(Atom + "entry")])
        {
            Assert.True(Uri.TryCreate(Assert.Single(element.Elements(Atom + "id")).Value, UriKind.Absolute, out _));
            Assert.Single(element.Elements(Atom + "title"));
            var updated = Assert.Single(element.Elements(Atom + "updated")).Value;
            Assert.True(DateTimeOffset.TryParseExact(
                updated, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _));
            Assert.Single(element.Elements(Atom + "link"), link => link.Attribute("rel")!.Value == "alternate");
        }

        Assert.NotEmpty(feed.Element(Atom + "author")!.Element(Atom + "name")!.Value);
        Assert.EndsWith("/feed.atom", feed.Elements(Atom + "link").Single(link => link.Attribute("rel")!.Value == "self").Attribute("href")!.Value, StringComparison.Ordinal);
        Assert.Equal(2, feed.Elements(Atom + "entry").Select(entry => entry.Element(Atom + "id")!.Value).Distinct().Count());
    }

    [Fact]
    public void An_RSS_feed_has_what_the_specification_asks_for()
    {
        var channel = Parse(FeedPages.OfIncident(TwoIncidents(), "/history.rss")).Root!.Element("channel")!;
        foreach (var name in (string[])["title", "link", "description"])
        {
            Assert.NotEmpty(Assert.Single(channel.Elements(name)).Value);
        }

        foreach (var item in channel.Elements("item"))
        {
            Assert.True(DateTimeOffset.TryParseExact(
                item.Element("pubDate")!.Value, "ddd, dd MMM yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out _));
            Assert.Equal("false", item.Element("guid")!.Attribute("isPermaLink")!.Value);
        }
    }

    [Fact]
    public void Ids_stay_when_the_page_moves_to_another_address()
    {
        var before = TwoIncidents();
        var after = before with { World = before.World with { Page = before.World.Page with { Url = "https://elsewhere.example" } } };
        Assert.Equal(Ids(before), Ids(after));
        static IEnumerable<string> Ids(Brief brief) =>
            Parse(FeedPages.OfIncident(brief, "/feed.atom")).Descendants(Atom + "id").Select(id => id.Value);
    }

    [Fact]
    public void A_feed_is_the_same_until_an_incident_changes()
    {
        var brief = TwoIncidents();
        Assert.All(FeedPages.IncidentPaths, path => Assert.Equal(
            FeedPages.OfIncident(brief, path).Content, FeedPages.OfIncident(brief with { Now = brief.Now.AddDays(2) }, path).Content));
    }

    [Fact]
    public void Characters_that_XML_forbids_are_left_out()
    {
        Assert.Equal("ab\u00e9😀c\n", Candor.Pages.Feeds.XmlText.Clean("a\0b\u00e9😀\ud800c\ufffe\u001b\n"));
        var brief = TwoIncidents();
        var world = brief.World.After(MadeUpWorld.Opened("controlchar0", brief.Now, "Bell \a and \ud800 half", MadeUpWorld.Mail));
        Assert.Contains("Bell  and  half", Parse(FeedPages.OfIncident(brief with { World = world }, "/feed.rss")).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Calendar_lines_are_folded_at_75_octets_and_unfold_to_the_text()
    {
        var title = string.Concat(Enumerable.Repeat("Übermäßig lang, 漢字; ", 12));
        var brief = TwoIncidents();
        var world = brief.World.After(MadeUpWorld.Opened("longtitle000", brief.Now, title, MadeUpWorld.Mail));
        var text = Encoding.UTF8.GetString(FeedPages.OfIncident(brief with { World = world }, "/calendar.ics").Content);
        Assert.All(text.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.DoesNotContain('\n', text.Replace("\r\n", "", StringComparison.Ordinal));
        var escaped = title.Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal);
        Assert.Contains($"SUMMARY:{escaped} (investigating)\r\n", text.Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static Brief TwoIncidents()
    {
        var at = MadeUpWorld.Start.AddHours(1);
        return new(
            MadeUpWorld.Well().After(
                MadeUpWorld.Opened("firstone0000", at, "Mail is down", MadeUpWorld.Mail),
                MadeUpWorld.Updated("firstone0000", 2, at.AddHours(1), IncidentStatus.Resolved, "Over."),
                MadeUpWorld.Opened("secondone000", at.AddHours(2), "Homepage is slow", MadeUpWorld.Homepage)),
            at.AddHours(3));
    }

    private static XDocument Parse(Rendition rendition)
    {
        using var reader = XmlReader.Create(
            new MemoryStream(rendition.Content), new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        return XDocument.Load(reader);
    }

    private static void Harmless(string html)
    {
        var found = new HtmlParser().ParseDocument(html);
        Assert.Empty(found.Scripts);
        Assert.Empty(found.QuerySelectorAll("iframe, object, embed, svg, math, style, link, base, form, img, meta"));
        Assert.All(found.All, element => Assert.All(element.Attributes, attribute => Assert.Contains(attribute.Name, new[] { "href", "rel" })));
        Assert.All(found.Links, link => Assert.True(SafeLink.Allows(link.GetAttribute("href")), link.OuterHtml));
    }
}
