using Candor.Pages.Html;
using Candor.State;

namespace Candor.Pages.Feeds;

/// <summary>Every form of the page that programs and other sites take, by path.</summary>
internal static class FeedPages
{
    private static readonly byte[] Script = Read("widget.js");

    private static readonly Rendition Robots = new(
        "/robots.txt", "text/plain; charset=utf-8", "User-agent: *\nDisallow: /events\nDisallow: /*?at=\n"u8.ToArray());

    private static readonly Dictionary<string, Func<Sheet, string, Rendition>> OfIncidents = new(StringComparer.Ordinal)
    {
        ["/history.atom"] = AtomFeed.Render,
        ["/feed.atom"] = AtomFeed.Render,
        ["/history.rss"] = RssFeed.Render,
        ["/feed.rss"] = RssFeed.Render,
        ["/calendar.ics"] = CalendarFile.Render,
    };

    /// <summary>What changes only when an incident does.</summary>
    public static IEnumerable<string> IncidentPaths => OfIncidents.Keys;

    /// <summary>What never changes.</summary>
    public static IEnumerable<Rendition> Fixed => [Robots];

    /// <summary>The line for other sites.</summary>
    public static Rendition OfWidget(Brief brief) => WidgetScript.Render(brief.World.Widget, Script, HtmlPages.SheetOf(brief).Words.Feeds.Line);

    public static string BadgePath(ComponentId component) => Links.PathOf(component) + "/badge.svg";

    public static Rendition OfIncident(Brief brief, string path) => OfIncidents[path](HtmlPages.SheetOf(brief), path);

    public static Rendition BadgeOfAll(Brief brief, string path)
    {
        var sheet = HtmlPages.SheetOf(brief);
        return Badge.Render(path, sheet.Words.Feeds.Status, sheet.Headline.State, sheet.Language);
    }

    public static Rendition? BadgeOf(Brief brief, ComponentId component) =>
        HtmlPages.SheetOf(brief) is var sheet && sheet.Find(component.Value) is { } standing
            ? Badge.Render(BadgePath(component), standing.Name, standing.State, sheet.Language)
            : null;

    private static byte[] Read(string name)
    {
        using var stream = typeof(FeedPages).Assembly.GetManifestResourceStream($"Candor.Pages.Feeds.{name}")
            ?? throw new InvalidOperationException($"The asset {name} is not part of the build.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
