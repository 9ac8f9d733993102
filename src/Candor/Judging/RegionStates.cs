using System.Collections.Immutable;
using Candor.State;
using Candor.State.Incidents;
using Monitor = Candor.State.Monitor;

namespace Candor.Judging;

/// <summary>
/// How a component is in each of its regions: what is measured from there; where nothing is, what people say; and where
/// neither is, unknown. Worked out of the facts whenever it is asked for, so it never disagrees with them.
/// </summary>
internal static class RegionStates
{
    /// <summary>In the owner's order; empty for a component that tells none apart.</summary>
    public static ImmutableArray<RegionState> Of(World world, Component component)
    {
        var regions = component.Definition.Regions;
        if (regions.IsEmpty)
        {
            return [];
        }

        // Set by hand, or planned work: that is so wherever it runs.
        if (component.Pin is not null || component.State.Status == ComponentStatus.UnderMaintenance)
        {
            return [.. regions.Select(region => new RegionState(region, component.State))];
        }

        var isWatched = world.MonitorsOf(component.Definition).Any();
        var measured = Measured(world, component);
        return [.. regions.Select(region => measured.FirstOrDefault(one => one.Region == region)
            ?? Said(world, component, region)
            ?? new RegionState(region, (isWatched, !measured.IsEmpty) switch
            {
                // People tell it, and nobody has said anything of this region.
                (false, _) => new(ComponentStatus.Operational),
                // From nowhere is looked at it region by region: all of them are as the whole is.
                (_, false) => component.State,
                // Others are looked at from where they are, this one is not.
                _ => ComponentState.NeverSeen,
            }))];
    }

    /// <summary>What is measured in each region from which a place looks, whatever is shown of it.</summary>
    public static ImmutableArray<RegionState> Measured(World world, Component component) => component.Definition.Regions.IsEmpty
        ? []
        : [.. component.Definition.Regions.Select(region => Measured(world, component, region)).OfType<RegionState>()];

    /// <summary>What is measured of a component from one region, whatever is shown of it; null where no place looks from there.</summary>
    public static RegionState? Measured(World world, Component component, string region)
    {
        var own = SeenFrom(world.MonitorsOf(component.Definition with { Redundancy = null }), region);
        var members = MembersSeenFrom(world, component, region);
        List<(Monitor Monitor, RegionSight? Sight)> all = [.. own, .. members];
        if (!all.Exists(static one => one.Sight is not null))
        {
            return null;
        }

        var last = Statuses.Adding(component.Definition, LastKnown(own), LastKnown(members), ComponentStatus.Operational);
        var state = Statuses.Adding(
            component.Definition, [.. own.Select(static one => one.Monitor)], [.. members.Select(static one => one.Monitor)],
            last.Known ? last.Status : ComponentStatus.Operational);
        var since = SinceOf(state, [.. all.Select(static one => one.Monitor)]);
        return new(region, state)
        {
            IsMeasured = true,
            WasSeen = last.Known,
            Since = since < component.CreatedAt ? component.CreatedAt : since,
            Reason = Statuses.ReasonFor(state, [.. all.Select(static one => one.Monitor)]),
        };
    }

    /// <summary>An outage is as old as the last of what is down; what becomes slow or unseen beside it begins no new one.</summary>
    private static DateTimeOffset SinceOf(ComponentState state, List<Monitor> monitors)
    {
        var down = Desk.IsBad(state) ? monitors.FindAll(static monitor => monitor.Verdict == Verdict.Down) : [];
        return (down.Count > 0 ? down : monitors).Max(static monitor => monitor.Since);
    }

    /// <summary>
    /// The members of its group as that region sees them, where it sees them all. How many of them must work is said of the
    /// whole group: a region from which only some are looked at cannot tell whether enough of them do.
    /// </summary>
    private static List<(Monitor Monitor, RegionSight? Sight)> MembersSeenFrom(World world, Component component, string region)
    {
        var members = world.MonitorsOf(component.Definition with { Monitors = [] }).ToList();
        var seen = SeenFrom(members, region);
        return seen.Count == members.Count ? seen : [];
    }

    /// <summary>
    /// The monitors as that region sees them. What is told apart in no region is as it is in all of them; what is looked at
    /// from other regions alone says nothing of this one.
    /// </summary>
    private static List<(Monitor Monitor, RegionSight? Sight)> SeenFrom(IEnumerable<Monitor> monitors, string region)
    {
        var seen = new List<(Monitor, RegionSight?)>();
        foreach (var monitor in monitors)
        {
            if (monitor.Definition.Regions.IsEmpty)
            {
                seen.Add((monitor, null));
            }
            else if (monitor.Definition.Regions.Contains(region))
            {
                var sight = monitor.SeenFrom(region) ?? new(region, Verdict.Unknown, monitor.CreatedAt, 0, 0, 0);
                seen.Add((AsSeen(monitor, sight), sight));
            }
        }

        return seen;
    }

    private static Monitor AsSeen(Monitor monitor, RegionSight sight) => monitor with
    {
        Verdict = sight.Saw,
        Since = sight.Since,
        LastKnown = sight.LastKnown,
        Evidence = new(sight.Bad, sight.Live, sight.Configured, sight.Reason, null),
    };

    private static List<Monitor> LastKnown(List<(Monitor Monitor, RegionSight? Sight)> seen) =>
        [.. seen.Select(static one => one.Monitor with { Verdict = one.Monitor.LastKnown })];

    private static RegionState? Said(World world, Component component, string region) =>
        PersonsWord.OnRegion(world, component, region) is { } said ? new(region, new(said)) : null;
}

/// <summary>How a component is in one region.</summary>
internal sealed record RegionState(string Region, ComponentState State)
{
    /// <summary>Places look at it from there; else it is what people say, or what is known of the whole.</summary>
    public bool IsMeasured { get; init; }

    /// <summary>It was known at some time how it is from there.</summary>
    public bool WasSeen { get; init; }

    /// <summary>When it began to be so; null where nothing measures it.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>One phrase, or null.</summary>
    public string? Reason { get; init; }

    public bool IsOut => State is { Known: true, Status: ComponentStatus.PartialOutage or ComponentStatus.MajorOutage };
}
