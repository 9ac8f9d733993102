using System.Text.Json;
using System.Xml.Linq;
using Candor.Languages;
using Candor.Pages;
using Candor.Pages.Feeds;
using Candor.Pages.Json;
using Candor.Pages.Wording;
using Candor.State;

namespace Candor.Tests.Pages;

/// <summary>Page, JSON and feeds tell one story: the same words, statuses, moments and components, in the same order.</summary>
internal static class Agreement
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    public static async Task HoldsAsync(Brief brief, IncidentId id)
    {
        var incident = brief.World.Incidents[id];
        var newestFirst = incident.Updates.Reverse().ToList();
        var page = await PrintedPage.Of(brief, Links.PathOf(id));
        var told = page.QuerySelectorAll(".updates > li").ToList();
        var v2 = Find(V2Bodies.Render(new(brief), brief, "/api/v2/incidents.json").Content, id);
        var atom = Text(FeedPages.OfIncident(brief, "/history.atom"), Atom + "content");
        var rss = Text(FeedPages.OfIncident(brief, "/history.rss"), "description");
        var calendar = System.Text.Encoding.UTF8.GetString(FeedPages.OfIncident(brief, "/calendar.ics").Content)
            .Replace("\r\n ", "", StringComparison.Ordinal);

        Assert.Equal(atom, rss);
        Assert.Equal(newestFirst.Count, told.Count);
        Assert.Equal(newestFirst.Count, v2.GetProperty("incident_updates").GetArrayLength());
        var from = 0;
        for (var i = 0; i < newestFirst.Count; i++)
        {
            var (update, json) = (newestFirst[i], v2.GetProperty("incident_updates")[i]);
            var label = Language.English.Names.Of(update);
            Assert.StartsWith(label, told[i].QuerySelector("h3")!.TextContent, StringComparison.Ordinal);
            Assert.Equal(V2Words.Of(update.Status), json.GetProperty("status").GetString());
            Assert.Equal(update.Body, json.GetProperty("body").GetString());
            Assert.Equal(update.DisplayAt, json.GetProperty("display_at").GetDateTimeOffset());
            from = atom.IndexOf($"<strong>{label}</strong>", from, StringComparison.Ordinal) + 1;
            Assert.True(from > 0, $"{label} is not in its place in the feed.");
            Assert.Contains(Markdown.ToHtml(update.Body), atom, StringComparison.Ordinal);
        }

        var names = incident.AffectedComponents.Select(component => Summary.NameOf(brief.World, component, Language.English)).ToList();
        Assert.Equal(names, v2.GetProperty("components").EnumerateArray().Select(component => component.GetProperty("name").GetString()));
        Assert.Equal(incident.StartedAt, v2.GetProperty("started_at").GetDateTimeOffset());
        Assert.Equal(incident.ResolvedAt!.Value, v2.GetProperty("resolved_at").GetDateTimeOffset());
        Assert.Contains(Summary.Affected(brief.World, incident, Language.English)!, System.Net.WebUtility.HtmlDecode(atom), StringComparison.Ordinal);
        Assert.Contains($"DTSTART:{incident.StartedAt.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}\r\n", calendar, StringComparison.Ordinal);
        Assert.Contains($"DTEND:{incident.ResolvedAt.Value.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}\r\n", calendar, StringComparison.Ordinal);
    }

    private static JsonElement Find(byte[] body, IncidentId id) => JsonElement.Parse(body).GetProperty("incidents")
        .EnumerateArray().Single(incident => incident.GetProperty("id").GetString() == id.Value);

    private static string Text(Rendition feed, XName name) =>
        XDocument.Load(new MemoryStream(feed.Content)).Descendants(name).Last().Value;
}
