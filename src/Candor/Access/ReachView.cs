using System.Collections.Immutable;
using Candor.State;

namespace Candor.Access;

/// <summary>
/// The world as somebody knows it who is limited to components: theirs with the groups that those are in, and what touches
/// one of theirs or none at all. Of the rest there is nothing, so that an id that was found out leads nowhere. Pure.
/// </summary>
internal static class ReachView
{
    public static World Within(this World world, Reach reach)
    {
        if (!reach.IsLimited)
        {
            return world;
        }

        var covered = world.Components.Keys.Where(id => reach.Covers(id, world)).ToHashSet();
        var known = covered.SelectMany(id => GroupsOf(world, id)).Concat(covered).ToHashSet();
        var incidents = world.Incidents.Values.Where(one => Touches(covered, [.. one.AffectedComponents])).ToImmutableDictionary(static one => one.Id);
        var maintenances = world.Maintenances.Values.Where(one => Touches(covered, one.Plan.Components)).ToImmutableDictionary(static one => one.Id);
        return world with
        {
            Components = world.Components.Where(one => known.Contains(one.Key)).ToImmutableDictionary(),
            Incidents = incidents,
            OpenIncidents = [.. world.OpenIncidents.Where(incidents.ContainsKey)],
            Postmortems = world.Postmortems.Where(one => incidents.ContainsKey(one.Key)).ToImmutableDictionary(),
            Maintenances = maintenances,
            OpenMaintenances = [.. world.OpenMaintenances.Where(maintenances.ContainsKey)],
            Series = world.Series.Where(one => Touches(covered, one.Value.Plan.Components)).ToImmutableDictionary(),
        };
    }

    /// <summary>Whether a monitor decides the status of a component that is theirs.</summary>
    public static bool Covers(this World world, Reach reach, MonitorId monitor) => !reach.IsLimited
        || world.Components.Values.Any(one => reach.Covers(one.Id, world) && world.MonitorsOf(one.Definition).Any(watched => watched.Id == monitor));

    private static bool Touches(HashSet<ComponentId> covered, IReadOnlyCollection<ComponentId> touched) =>
        touched.Count == 0 || touched.Any(covered.Contains);

    /// <summary>Not deeper than there are components: a circle of parents would be a defect, not a way in.</summary>
    private static IEnumerable<ComponentId> GroupsOf(World world, ComponentId id)
    {
        for (var (step, at) = (0, Parent(id)); step < world.Components.Count && at is { } group; step++, at = Parent(group))
        {
            yield return group;
        }

        ComponentId? Parent(ComponentId of) => world.Components.GetValueOrDefault(of)?.Definition.Parent;
    }
}
