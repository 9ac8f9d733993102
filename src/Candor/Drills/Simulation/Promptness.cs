using System.Collections.Immutable;
using Candor.State;
using Candor.State.Incidents;
using Monitor = Candor.State.Monitor;

namespace Candor.Drills.Simulation;

/// <summary>
/// What follows from verdicts follows in time: a component says what is known of its monitors, and what is seen to be down
/// has an incident; and nothing has come back that nobody has seen come back. Worked out here from the verdicts alone, by nothing that the judge uses.
/// </summary>
internal sealed class Promptness(Script script)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly Dictionary<string, TimeSpan> wrongSince = new(StringComparer.Ordinal);
    private readonly Dictionary<ComponentId, Shown> shown = [];

    /// <summary>Looks at the world before and after a commit; what is wrong may be so for a moment.</summary>
    public IEnumerable<string> Look(World world, TimeSpan at)
    {
        // What was cut out of the settings and is put back begins anew.
        foreach (var gone in wrongSince.Keys.Where(what => !world.Components.ContainsKey(new(what.Split(' ')[0]))).ToList())
        {
            wrongSince.Remove(gone);
        }

        foreach (var gone in shown.Keys.Where(id => !world.Components.ContainsKey(id)).ToList())
        {
            shown.Remove(gone);
        }

        foreach (var component in world.Components.Values.Where(component => component.Definition.Redundancy is null))
        {
            var monitors = world.MonitorsOf(component.Definition).ToList();
            if (monitors.Count > 0 && Lasts($"{component.Id} says", !Says(component.State, monitors), TimeSpan.Zero, at))
            {
                yield return $"{at}: “{component.Definition.Name}” has been {component.State} for too long with monitors "
                    + $"{string.Join(", ", monitors.Select(monitor => monitor.Verdict))}.";
            }

            var before = shown.GetValueOrDefault(component.Id) ?? new(component.State.Status, [], component.Definition.Monitors);
            HashSet<MonitorId> down = [.. monitors.Where(static monitor => monitor.Verdict == Verdict.Down).Select(static monitor => monitor.Id)];

            // With other monitors it is another thing that is said of: one that is down of two is less than one of one.
            if (component.State.Status < before.Status && before.Monitors.SequenceEqual(component.Definition.Monitors) && monitors.Exists(IsLostFromSight)
                && !monitors.Exists(monitor => before.Down.Contains(monitor.Id) && monitor.Verdict is Verdict.Up or Verdict.Degraded))
            {
                yield return $"{at}: “{component.Definition.Name}” went from {before.Status} to {component.State.Status} though what was down is only out of sight.";
            }

            shown[component.Id] = component.State.Status == before.Status
                ? before with { Down = [.. before.Down, .. down] }
                : new(component.State.Status, down, component.Definition.Monitors);

            if (Lasts($"{component.Id} untold", monitors.Count > 0 && !IsTold(world, component, monitors), world.Policy.OpenAfter, at))
            {
                yield return $"{at}: “{component.Definition.Name}” is down and no incident is open about it.";
            }
        }
    }

    private static bool Says(ComponentState state, List<Monitor> monitors)
    {
        var down = monitors.Count(monitor => monitor.Verdict == Verdict.Down);
        var lost = monitors.Count(IsLostFromSight);
        return down switch
        {
            _ when down == monitors.Count => state is { Known: true, Status: ComponentStatus.MajorOutage },
            > 0 when down + lost == monitors.Count => state is { Known: true, Status: ComponentStatus.MajorOutage },
            > 0 => state is { Known: true, Status: ComponentStatus.PartialOutage },
            _ when lost > 0 => !state.Known,
            _ when monitors.Exists(monitor => monitor.Verdict == Verdict.Degraded) =>
                state is { Known: true, Status: ComponentStatus.DegradedPerformance },
            _ when monitors.Exists(monitor => monitor.Verdict == Verdict.Unknown) => !state.Known,
            _ => state is { Known: true, Status: ComponentStatus.Operational },
        };
    }

    private static bool IsLostFromSight(Monitor monitor) => monitor is { Verdict: Verdict.Unknown, LastKnown: Verdict.Down };

    private static bool IsTold(World world, Component component, List<Monitor> monitors)
    {
        var down = monitors.Where(monitor => monitor.Verdict == Verdict.Down).Select(monitor => monitor.Id).ToList();
        return down.Count == 0 || world.OpenIncidents.Select(id => world.Incidents[id]).Any(incident =>
            incident.Causes.Intersect(down).Any() || incident.AffectedComponents.Contains(component.Id));
    }

    /// <summary>Whether something has been wrong for longer than it may be; time in which nothing could be stored does not count.</summary>
    private bool Lasts(string what, bool isWrong, TimeSpan atMost, TimeSpan at)
    {
        if (!isWrong)
        {
            wrongSince.Remove(what);
            return false;
        }

        var since = wrongSince.TryGetValue(what, out var first) ? first : wrongSince[what] = at;
        return at - since > atMost + Patience && !script.Faults.Any(fault =>
            fault.Kind is FaultKind.Crash or FaultKind.Restart or FaultKind.JournalFails or FaultKind.DiskFails && fault.Touches(since, at + Patience));
    }

    /// <summary>What readers were shown of a component, which monitors were down at some time while they were, and of which it was made at first.</summary>
    private sealed record Shown(ComponentStatus Status, HashSet<MonitorId> Down, ImmutableArray<MonitorId> Monitors);
}
