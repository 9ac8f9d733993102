using System.Runtime.CompilerServices;
using Candor.Pages.Html;
using Candor.Pages.Json;
using Candor.Pages.Wording;
using Candor.State;

namespace Candor.Pages;

/// <summary>Every page that a brief gives rise to, without rendering any.</summary>
internal static class Catalogue
{
    /// <summary>How long a page that names ages may stand. Thirty seconds is the promise; the loop needs some room.</summary>
    private static readonly TimeSpan Ages = TimeSpan.FromSeconds(25);

    /// <summary>For pages that are many and name ages only in passing.</summary>
    private static readonly TimeSpan SlowAges = TimeSpan.FromSeconds(115);

    private static readonly TimeSpan LeavesFront = TimeSpan.FromHours(24);

    private static readonly ConditionalWeakTable<Brief, V2Shapes> Shapes = [];

    /// <summary>The pages that can change at any time, the most important first.</summary>
    public static IEnumerable<PagePlan> FrontOf(Brief brief)
    {
        var day = new PageClock(brief.World.Page.TimeZone).DateOf(brief.Now);
        var everything = new FrontKey(brief.World, brief.Self, EvidenceAge.Lapsed(brief), day);
        yield return Html("/", everything, Ages) with { SpeaksOfNow = true, Saved = true, Urgent = true };
        foreach (var path in V2Bodies.Paths)
        {
            yield return new(path, everything, Ages, RenderV2(path)) { SpeaksOfNow = true, Saved = true, Urgent = true };
        }

        yield return new("/404", everything, Ages, async (b, cancellation) => await HtmlPages.NotFound(b, cancellation))
        {
            SpeaksOfNow = true,
            Saved = true,
        };
        foreach (var asset in HtmlPages.Assets)
        {
            yield return new(asset.Path, asset, TimeSpan.MaxValue, (_, _) => Task.FromResult<Rendition?>(asset)) { Saved = true };
        }

        foreach (var plan in OfHtml(brief, everything))
        {
            yield return plan;
        }
    }

    /// <summary>
    /// Incidents that have been over for a while. They are planned here some hours before they leave the front, so that
    /// there is no moment at which neither has them. Once a day they are rendered anew: "2 days ago" has become three.
    /// </summary>
    public static IEnumerable<PagePlan> ArchiveOf(Brief brief)
    {
        var names = new NamesKey(brief.World.Page, Names(brief.World));
        var day = DateOnly.FromDateTime(brief.Now.UtcDateTime);
        return brief.World.Incidents.Values
            .Where(incident => incident.Published && incident.ResolvedAt < brief.Now - LeavesFront / 2)
            .OrderByDescending(incident => incident.CreatedAt)
            .Select(incident => Html(Links.PathOf(incident.Id), new ArchiveKey(incident, names, day), TimeSpan.MaxValue));
    }

    private static IEnumerable<PagePlan> OfHtml(Brief brief, FrontKey everything)
    {
        var others = HtmlPages.Paths(brief)
            .Where(path => path != "/" && !path.StartsWith(Links.Incidents, StringComparison.Ordinal));
        foreach (var path in others)
        {
            yield return Html(path, everything, SlowAges) with { SpeaksOfNow = true };
        }

        var recent = brief.World.Incidents.Values
            .Where(incident => incident.Published && !(incident.ResolvedAt < brief.Now - LeavesFront));
        foreach (var incident in recent)
        {
            yield return Html(Links.PathOf(incident.Id), everything, incident.IsOpen ? Ages : SlowAges) with
            {
                SpeaksOfNow = true,
                Saved = true,
                Urgent = incident.IsOpen,
            };
        }
    }

    private static PagePlan Html(string path, object key, TimeSpan maxAge) =>
        new(path, key, maxAge, (brief, cancellation) => HtmlPages.Render(brief, path, cancellation));

    private static RenderPage RenderV2(string path) => (brief, _) =>
        Task.FromResult<Rendition?>(V2Bodies.Render(Shapes.GetValue(brief, static b => new(b)), brief, path));

    /// <summary>A number that changes when any component is named, placed or removed, which happens rarely.</summary>
    public static int Names(World world)
    {
        var sum = 0;
        foreach (var component in world.Components.Values)
        {
            sum += HashCode.Combine(component.Id, component.Definition.Name, component.Definition.Parent);
        }

        return sum;
    }

    private sealed record FrontKey(World World, SelfReport Self, int Lapsed, DateOnly Day);

    private sealed record NamesKey(Page Page, int Names);

    private sealed record ArchiveKey(Incident Incident, NamesKey Names, DateOnly Day);
}
