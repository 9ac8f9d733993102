using System.Collections.Immutable;

namespace Candor.State;

/// <summary>How components stand with the monitors behind them.</summary>
internal static class Watched
{
    /// <summary>Every monitor of a component that exists: its own and the members of its redundancy group.</summary>
    public static IEnumerable<Monitor> MonitorsOf(this World world, ComponentDefinition component) =>
        Existing(world, component.AllMonitors());

    /// <summary>Whether enough members of a redundancy group work; null where there is no group, or nobody can say.</summary>
    public static RedundancyStatus? RedundancyOf(this World world, ComponentDefinition component)
    {
        if (component.Redundancy is not { } group)
        {
            return null;
        }

        return RedundancyOf(group, [.. Existing(world, group.Members)]);
    }

    /// <summary>The same of members as they are seen from somewhere.</summary>
    public static RedundancyStatus? RedundancyOf(Redundancy group, IReadOnlyCollection<Monitor> members)
    {
        var working = members.Count(Works);
        var unseen = members.Count(member => member.Verdict == Verdict.Unknown);
        return working switch
        {
            _ when working >= group.Need => working == group.Members.Length ? RedundancyStatus.Full : RedundancyStatus.AtRisk,
            _ when working + unseen < group.Need => RedundancyStatus.Lost,
            _ => null,
        };
    }

    /// <summary>Whether a reason of a component may be somebody else's words, which no language of the page translates.</summary>
    public static bool IsOthers(this World world, ComponentDefinition component, string reason)
    {
        var all = world.MonitorsOf(component).ToList();
        return all.Exists(static monitor => monitor.Definition.Check.SpeaksForOthers)
            && !all.Exists(monitor => !monitor.Definition.Check.SpeaksForOthers && monitor.Says(reason));
    }

    public static bool Works(Monitor monitor) => monitor.Verdict is Verdict.Up or Verdict.Degraded;

    private static IEnumerable<Monitor> Existing(World world, ImmutableArray<MonitorId> ids)
    {
        foreach (var id in ids)
        {
            if (world.Monitors.TryGetValue(id, out var monitor))
            {
                yield return monitor;
            }
        }
    }
}
