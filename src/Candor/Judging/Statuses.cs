using System.Collections.Immutable;
using Candor.Effects;
using Candor.State;
using Candor.State.Maintenances;
using Monitor = Candor.State.Monitor;

namespace Candor.Judging;

/// <summary>From verdicts on monitors to statuses of components: what readers see.</summary>
internal static class Statuses
{
    /// <summary>A fact for each component whose status is no longer what the verdicts say.</summary>
    public static ImmutableArray<Event> Follow(World world, Moment now)
    {
        var events = ImmutableArray.CreateBuilder<Event>();
        foreach (var component in world.Components.Values)
        {
            // Set by hand: what is measured is kept as evidence and shown again once the pin is out.
            if (component.Pin is not null)
            {
                continue;
            }

            if (Of(world, component) is var (state, reason) && (state != component.State || !Says(component, reason)))
            {
                events.Add(new ComponentStateChanged(
                    now.Wall, component.Id, SinceOf(world, component, state, now), state, reason));
            }
        }

        return events.DrainToImmutable();
    }

    /// <summary>What readers are shown of a component that something watches: the verdicts, and planned work; else null.</summary>
    public static (ComponentState State, string? Reason)? Of(World world, Component component)
    {
        var marking = MaintenanceEffects.Marking(world, component.Id).ToList();
        var measured = Measured(world, component);
        if (marking.Count == 0 || measured is not var (state, reason))
        {
            return measured;
        }

        var expected = marking.Exists(one => one.Plan.ExpectsOutage ?? world.Policy.Maintenance is { ExpectsOutage: true });
        return state switch
        {
            // Planned work is known of, whether or not anybody can see what it does.
            { Known: false } => (new(ComponentStatus.UnderMaintenance, Known: false), reason),
            { Status: ComponentStatus.Operational or ComponentStatus.UnderMaintenance } => (new(ComponentStatus.UnderMaintenance), null),
            _ when expected => (new(ComponentStatus.UnderMaintenance), null),
            _ => measured,
        };
    }

    /// <summary>What the verdicts make of a component; null where nothing watches it.</summary>
    public static (ComponentState State, string? Reason)? Measured(World world, Component component)
    {
        var own = world.MonitorsOf(component.Definition with { Redundancy = null }).ToList();
        var members = world.MonitorsOf(component.Definition with { Monitors = [] }).ToList();
        if (own.Count + members.Count == 0)
        {
            return null;
        }

        // Maintenance that is over is no last status of anything.
        var last = component.State.Status == ComponentStatus.UnderMaintenance ? ComponentStatus.Operational : component.State.Status;
        var state = Adding(component.Definition, own, members, last);
        return (state, ReasonFor(state, [.. own, .. members]));
    }

    /// <summary>What monitors come to, its own and the members of its group.</summary>
    public static ComponentState Adding(
        ComponentDefinition component, List<Monitor> own, List<Monitor> members, ComponentStatus last) => (own.Count, members.Count) switch
    {
        (_, 0) => OfAll(own, last),
        (0, _) => OfGroup(component.Redundancy!, members, last),
        _ => ComponentState.Worse(OfAll(own, last), OfGroup(component.Redundancy!, members, last)),
    };

    private static ComponentState OfAll(List<Monitor> monitors, ComponentStatus last)
    {
        var state = OfSeen(monitors, last);
        if (!monitors.Exists(static monitor => monitor is { Verdict: Verdict.Unknown, LastKnown: Verdict.Down }))
        {
            return state;
        }

        // What was down when it was last seen has not come back because nobody sees it any more: it counts as it was.
        var kept = OfSeen([.. monitors.Select(static monitor => monitor.Verdict == Verdict.Unknown ? monitor with { Verdict = monitor.LastKnown } : monitor)], last);
        return state.Status < kept.Status ? kept with { Known = state is { Known: true, Status: ComponentStatus.PartialOutage } } : state;
    }

    private static ComponentState OfSeen(List<Monitor> monitors, ComponentStatus last)
    {
        var down = monitors.Count(monitor => monitor.Verdict == Verdict.Down);
        return down switch
        {
            _ when down == monitors.Count => new(ComponentStatus.MajorOutage),
            > 0 => new(ComponentStatus.PartialOutage),
            _ when monitors.Exists(monitor => monitor.Verdict == Verdict.Degraded) => new(ComponentStatus.DegradedPerformance),
            _ when monitors.Exists(monitor => monitor.Verdict == Verdict.Unknown) => new(last, Known: false),
            _ => new(ComponentStatus.Operational),
        };
    }

    private static ComponentState OfGroup(Redundancy group, List<Monitor> members, ComponentStatus last) =>
        Watched.RedundancyOf(group, members) switch
        {
            RedundancyStatus.Lost => new(ComponentStatus.MajorOutage),
            null => new(last, Known: false),
            // Enough of them work, but only when the slow ones are counted.
            _ when members.Count(member => member.Verdict == Verdict.Up) < group.Need
                && members.Exists(member => member.Verdict == Verdict.Degraded) => new(ComponentStatus.DegradedPerformance),
            _ => new(ComponentStatus.Operational),
        };

    /// <summary>The words of the first monitor that makes it so, or null.</summary>
    public static string? ReasonFor(ComponentState state, List<Monitor> monitors)
    {
        var wanted = state switch
        {
            { Known: false } => Verdict.Unknown,
            { Status: ComponentStatus.Operational } => (Verdict?)null,
            { Status: ComponentStatus.DegradedPerformance } => Verdict.Degraded,
            _ => Verdict.Down,
        };
        return monitors.Find(monitor => monitor.Verdict == wanted)?.Evidence?.Reason is { Length: > 0 } reason ? reason : null;
    }

    private static bool Says(Component component, string? reason) =>
        component.Reason == reason || (component.Reason is { } said && reason is { } now && Phrases.Same(said, now));

    /// <summary>The newest change among the verdicts is what made the status; it is never later than now.</summary>
    private static DateTimeOffset SinceOf(World world, Component component, ComponentState state, Moment now)
    {
        var since = state switch
        {
            _ when state == component.State => component.Since,
            { Known: true, Status: ComponentStatus.UnderMaintenance } => now.Wall,
            _ => world.MonitorsOf(component.Definition).Max(monitor => monitor.Since),
        };
        since = since < component.CreatedAt ? component.CreatedAt : since;
        // What is shown now began before what was shown until now: a pin or a maintenance covered it, and ends here.
        since = state != component.State && since < component.Since ? now.Wall : since;
        return since > now.Wall ? now.Wall : since;
    }
}
