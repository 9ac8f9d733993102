using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Candor.Journal;
using Candor.Languages;
using Candor.Pages.Feeds;
using Candor.Pages.Html;
using Candor.Pages.Json;
using Candor.Pages.Wording;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;
using Candor.State.Postmortems;

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
        var day = new PageClock(brief.World.Page.TimeZone, Language.Of(brief.World.Page.Language)).DateOf(brief.Now);
        var everything = new FrontKey(brief.World, brief.Self, EvidenceAge.Lapsed(brief), day);
        return brief.IsClosed ? Closed(brief) :
        [
            Html("/", everything, Ages) with { SpeaksOfNow = true, Saved = true, Urgent = true },
            .. Programs(everything, brief.Position),
            .. MetricsDisplay.Of(brief).Select(static one => new PagePlan(
                one.Path, one.Key, TimeSpan.MaxValue, (b, _) => Done(MetricsDisplay.Render(b, one.Path)))),
            .. FeedPages.IncidentPaths.Select(path => Feed(path, new FeedKey(
                brief.World.Incidents, brief.World.Maintenances, brief.World.Postmortems, NamesOf(brief)))),
            new("/404", everything, Ages, async (b, cancellation) => await HtmlPages.NotFound(b, cancellation))
            {
                SpeaksOfNow = true,
                Saved = true,
            },
            .. HtmlPages.Assets.Concat(FeedPages.Fixed).Select(Fixed),
            new(WidgetScript.Path, (brief.World.Widget, brief.World.Page.Language), TimeSpan.MaxValue, (b, _) => Done(FeedPages.OfWidget(b))) { Saved = true, Urgent = true },
            .. brief.World.Components.Keys.Select(id => ComponentBadge(id, everything)),
            .. OfHtml(brief, everything),
        ];
    }

    /// <summary>To whom nothing is shown every address leads nowhere, the first one apart: it leads to the way in.</summary>
    private static IEnumerable<PagePlan> Closed(Brief brief) =>
    [
        new("/", ClosedKey(brief), TimeSpan.MaxValue, HtmlPages.Closed) { Saved = true, Urgent = true },
        new("/404", ClosedKey(brief), TimeSpan.MaxValue, async (b, cancellation) => await HtmlPages.NotFound(b, cancellation)) { Saved = true, Urgent = true },
        .. HtmlPages.Assets.Select(Fixed),
    ];

    private static Page ClosedKey(Brief brief) => brief.World.Page;

    private static IEnumerable<PagePlan> Programs(FrontKey everything, Position position) => V2Bodies.Paths
        .Select(path => new PagePlan(path, everything, Ages, (brief, _) => Done(V2Bodies.Render(ShapesOf(brief), brief, path))))
        .Append(new(StatusBody.Path, new StatusKey(everything, position), Ages, (brief, _) => Done(StatusBody.Render(brief))))
        .Append(new("/badge.svg", everything, Ages, (brief, _) => Done(FeedPages.BadgeOfAll(brief, "/badge.svg"))))
        .Select(plan => plan with
        {
            SpeaksOfNow = true,
            Saved = true,
            Urgent = true,
            Subject = V2Bodies.IsOfIncidents(plan.Path) ? everything.World.Incidents : null,
        });

    private static PagePlan Feed(string path, FeedKey key) =>
        new(path, key, TimeSpan.MaxValue, (brief, _) => Done(FeedPages.OfIncident(brief, path))) { Saved = true, Urgent = true };

    private static PagePlan Fixed(Rendition asset) =>
        new(asset.Path, asset, TimeSpan.MaxValue, (_, _) => Done(asset)) { Saved = true, Urgent = true };

    private static PagePlan ComponentBadge(ComponentId id, FrontKey everything) =>
        new(FeedPages.BadgePath(id), everything, Ages, (brief, _) => Done(FeedPages.BadgeOf(brief, id))) { SpeaksOfNow = true };

    private static Task<Rendition?> Done(Rendition? rendition) => Task.FromResult(rendition);

    /// <summary>
    /// Incidents that have been over for a while. They are planned here some hours before they leave the front, so that
    /// there is no moment at which neither has them. Once a day they are rendered anew: "2 days ago" has become three.
    /// </summary>
    public static IEnumerable<PagePlan> ArchiveOf(Brief brief)
    {
        var names = NamesOf(brief);
        var day = DateOnly.FromDateTime(brief.Now.UtcDateTime);
        return brief.World.Incidents.Values
            .Where(incident => incident.Published && incident.ClosedAt < brief.Now - LeavesFront / 2)
            .OrderByDescending(incident => incident.CreatedAt)
            .Select(incident => Html(Links.PathOf(incident.Id), new ArchiveKey(incident, brief.World.Postmortems.GetValueOrDefault(incident.Id), names, day), TimeSpan.MaxValue))
            .Concat(MaintenancesOf(brief, names, day));
    }

    /// <summary>Maintenances that are over for good.</summary>
    private static IEnumerable<PagePlan> MaintenancesOf(Brief brief, NamesKey names, DateOnly day) => brief.World.Maintenances.Values
        .Where(maintenance => !maintenance.IsOpen)
        .OrderByDescending(maintenance => maintenance.Plan.ScheduledFor)
        .Select(maintenance => Html(Links.PathOf(maintenance.Id), new MaintenanceKey(maintenance, names, day), TimeSpan.MaxValue));

    private static IEnumerable<PagePlan> OfHtml(Brief brief, FrontKey everything)
    {
        var others = HtmlPages.Paths(brief)
            .Where(path => path != "/" && !path.StartsWith(Links.Incidents, StringComparison.Ordinal)
                && !path.StartsWith(Links.Maintenances, StringComparison.Ordinal));
        foreach (var path in others)
        {
            yield return Html(path, path == "/subscribe" ? new SubscribeKey(everything, brief.ToldBy) : everything, SlowAges) with { SpeaksOfNow = true };
        }

        foreach (var id in brief.World.OpenMaintenances)
        {
            yield return Html(Links.PathOf(id), everything, SlowAges) with { SpeaksOfNow = true, Saved = true };
        }

        var recent = brief.World.Incidents.Values
            .Where(incident => incident.Published && !(incident.ClosedAt < brief.Now - LeavesFront));
        foreach (var incident in recent)
        {
            yield return Html(Links.PathOf(incident.Id), TellingOf(brief, everything, incident), incident.IsOpen ? Ages : SlowAges) with
            {
                SpeaksOfNow = true,
                Saved = true,
                Urgent = incident.IsOpen,
                Subject = incident,
            };
        }
    }

    /// <summary>Its page says how many were told of it and how many wait; while it is open, it also offers to tell of it.</summary>
    private static TellingKey TellingOf(Brief brief, FrontKey everything, Incident incident) => new(
        everything, incident.IsOpen ? brief.ToldBy : [], brief.WhoIsTold.Subscribers, brief.WhoIsTold.Told);

    private static PagePlan Html(string path, object key, TimeSpan maxAge) =>
        new(path, key, maxAge, (brief, cancellation) => HtmlPages.Render(brief, path, cancellation));

    private static V2Shapes ShapesOf(Brief brief) => Shapes.GetValue(brief, static b => new(b));

    private static NamesKey NamesOf(Brief brief) => new(brief.World.Page, Names(brief.World));

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

    private sealed record SubscribeKey(FrontKey Front, ImmutableArray<string> ToldBy);

    /// <summary>It names the position, so that whoever has posted can see that it is up.</summary>
    private sealed record StatusKey(FrontKey Front, Position Position);

    private sealed record TellingKey(
        FrontKey Front,
        ImmutableArray<string> ToldBy,
        ImmutableDictionary<SubscriberId, Subscriber> Subscribers,
        ImmutableDictionary<Topic, ImmutableArray<ToldBy>> Told);

    private sealed record FeedKey(
        ImmutableDictionary<IncidentId, Incident> Incidents,
        ImmutableDictionary<MaintenanceId, Maintenance> Maintenances,
        ImmutableDictionary<IncidentId, Postmortem> Postmortems,
        NamesKey Names);

    private sealed record NamesKey(Page Page, int Names);

    private sealed record ArchiveKey(Incident Incident, Postmortem? Postmortem, NamesKey Names, DateOnly Day);

    private sealed record MaintenanceKey(Maintenance Maintenance, NamesKey Names, DateOnly Day);
}
