using System.Collections.Immutable;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Pages.Audiences;

/// <summary>
/// The world as one audience may know it: the only gate there is. Every form of a page is rendered from its result, so
/// what is left out here is in no HTML, JSON, feed, badge, calendar or count. Pure.
/// </summary>
/// <param name="Audience">Null: everybody.</param>
/// <param name="Today">What holds now. Of the past nothing is shown that was not open then, and nothing that is not now.</param>
internal sealed record AudienceView(string? Audience, World Today)
{
    public const string ClosedGate = "closed";

    /// <summary>Whether this audience gets a page at all.</summary>
    public bool IsClosed => !Today.OpensPage(Audience);

    /// <summary>What pages may be made of: nothing that is kept from this audience, and nothing that no page shows.</summary>
    public World Of(World world)
    {
        if (!Opens(world))
        {
            return World.Empty with { Page = Closed(Today.Page) };
        }

        var shown = HidesNothing(world) ? PublicFacts.Of(world) : Reduced(world);
        return shown with { LatestAt = LatestIn(shown) };
    }

    /// <summary>The audience gets all of the page. Where it does not, nothing says how many were told: the numbers would tell of what is kept from it.</summary>
    public bool GetsAll(World world) => Opens(world) && HidesNothing(world);

    /// <summary>Two views of the same facts with the same value show the same; another value means that pages have to go.</summary>
    public string Gate(World world) => IsClosed
        ? ClosedGate
        : string.Join(' ', world.Components.Keys.Union(world.FormerlyOnlyFor.Keys).Where(id => !Shows(world, id))
            .Select(static id => id.Value).Order(StringComparer.Ordinal));

    private bool Opens(World world) => Today.OpensPage(Audience) && world.OpensPage(Audience);

    private bool HidesNothing(World world) => !world.IsRestricted() && (ReferenceEquals(world, Today) || !Today.IsRestricted());

    /// <summary>Nothing of what the owner wrote: also the name of a private page may be a secret.</summary>
    private static Page Closed(Page page) => new(Page.Unconfigured.Id, "Private page", page.TimeZone) { Audiences = page.Audiences };

    private World Reduced(World world)
    {
        var components = Components(world);
        var incidents = world.Incidents.Values.Where(incident => Shows(world, incident)).ToDictionary(static incident => incident.Id);
        var monitors = Monitors(world, components);
        var reduced = PublicFacts.Of(world) with
        {
            Components = components,
            Monitors = monitors,
            Incidents = incidents.Values.Select(incident => Reduced(world, incident, incidents, monitors))
                .ToImmutableDictionary(static incident => incident.Id),
            OpenIncidents = [.. world.OpenIncidents.Where(incidents.ContainsKey)],
            Maintenances = world.Maintenances.Values.Where(one => Shows(world, one)).Select(one => Reduced(world, one))
                .ToImmutableDictionary(static one => one.Id),
            Postmortems = world.Postmortems.Where(one => incidents.ContainsKey(one.Key)).ToImmutableDictionary(),
            FormerNames = world.FormerNames.Where(one => Shows(world, one.Key)).ToImmutableDictionary(),
            HistoricNames = world.HistoricNames.Where(one => Shows(world, one.Key)).ToImmutableDictionary(),
        };
        return reduced with
        {
            OpenMaintenances = [.. world.OpenMaintenances.Where(reduced.Maintenances.ContainsKey)],
        };
    }

    private bool Shows(World world, ComponentId id) => world.Shows(id, Audience) && Today.Shows(id, Audience);

    private bool Shows(World world, Incident incident) =>
        world.Shows(incident, Audience) && Today.Shows(incident, Audience)
        && (incident.Merged is not { } merged || !world.Incidents.TryGetValue(merged.Into, out var into)
            || (world.Shows(into, Audience) && Today.Shows(into, Audience)));

    private bool Shows(World world, Maintenance maintenance) => world.Shows(maintenance, Audience) && Today.Shows(maintenance, Audience);

    /// <summary>A group of which nothing is left would only say that something was in it.</summary>
    private ImmutableDictionary<ComponentId, Component> Components(World world)
    {
        var shown = world.Components.RemoveRange(world.Components.Keys.Where(id => !Shows(world, id)));
        var parents = world.Components.Values.Select(static component => component.Definition.Parent).OfType<ComponentId>().ToHashSet();
        while (true)
        {
            var full = shown.Values.Select(static component => component.Definition.Parent).OfType<ComponentId>().ToHashSet();
            var empty = shown.Values.Where(one => parents.Contains(one.Id) && !full.Contains(one.Id) && IsOnlyGroup(one)).Select(static one => one.Id).ToList();
            if (empty.Count == 0)
            {
                return shown;
            }

            shown = shown.RemoveRange(empty);
        }
    }

    private static bool IsOnlyGroup(Component component) =>
        component is { Definition: { Monitors.IsEmpty: true, Redundancy: null }, History.Count: 0 };

    /// <summary>Without those that watch nothing else than what is left out.</summary>
    private static ImmutableDictionary<MonitorId, State.Monitor> Monitors(World world, ImmutableDictionary<ComponentId, Component> shown)
    {
        var seen = shown.Values.SelectMany(component => world.MonitorsOf(component.Definition)).Select(static monitor => monitor.Id).ToHashSet();
        return world.Monitors.RemoveRange(world.Monitors.Keys.Where(id => !seen.Contains(id)));
    }

    private Incident Reduced(
        World world, Incident incident, Dictionary<IncidentId, Incident> shown, ImmutableDictionary<MonitorId, State.Monitor> monitors)
    {
        ImmutableArray<ComponentImpact> Left(ImmutableArray<ComponentImpact> said) => said.All(change => Shows(world, change.Component))
            ? said
            : [.. said.Where(change => Shows(world, change.Component))];
        var hides = incident.Components.Any(change => !Shows(world, change.Component));
        var leads = incident.Updates.Any(update => update.MovedTo is { } to && !shown.ContainsKey(to));
        var comes = incident.SplitFrom is { } from && !shown.ContainsKey(from);
        return !hides && !leads && !comes ? incident : incident with
        {
            Components = Left(incident.Components),
            Updates =
            [
                .. incident.Updates.Where(update => update.MovedTo is not { } to || shown.ContainsKey(to))
                    .Select(update => update with { Components = Left(update.Components) }),
            ],
            Causes = [.. incident.Causes.Where(monitors.ContainsKey)],
            Suggestions = [],
            EarlierStart = null,
            SplitFrom = comes ? null : incident.SplitFrom,
        };
    }

    private Maintenance Reduced(World world, Maintenance maintenance) => maintenance.Plan.Components.All(id => Shows(world, id))
        ? maintenance
        : maintenance with
        {
            Plan = maintenance.Plan with { Components = [.. maintenance.Plan.Components.Where(id => Shows(world, id))] },
        };

    /// <summary>When something last happened to what is there that this audience may know of; when a draft was written it may not.</summary>
    private static DateTimeOffset LatestIn(World world) => world.Components.Values.Select(static one => one.UpdatedAt)
        .Concat(world.Incidents.Values.Where(static one => one.Published).Select(static one => one.UpdatedAt))
        .Concat(world.Postmortems.Values.Select(static one => one.RevisedAt ?? one.PublishedAt).OfType<DateTimeOffset>())
        .Concat(world.Maintenances.Values.Select(static one => one.UpdatedAt))
        .Append(DateTimeOffset.MinValue).Max();
}
