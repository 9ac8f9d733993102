using System.Collections.Immutable;
using Candor.Effects;
using Candor.State;
using Candor.State.Incidents;
using Monitor = Candor.State.Monitor;

namespace Candor.Judging;

/// <summary>
/// One pass of automation: the facts so far and the world with them folded in, so that each step sees what the one
/// before it decided. Lives for the length of one call.
/// </summary>
internal sealed class Desk(Stopwatches watches, World world, Moment now)
{
    private readonly ImmutableArray<Event>.Builder events = ImmutableArray.CreateBuilder<Event>();

    public World World { get; private set; } = world;

    public Stopwatches Watches { get; private set; } = watches;

    public Moment Now { get; } = now;

    public ImmutableArray<Event> Events => events.ToImmutable();

    /// <summary>
    /// Readers' trouble that is seen: a known outage, partial or not. A status that a person set by hand was not seen,
    /// so nothing opens, and nothing is said, because of it.
    /// </summary>
    public static bool IsBad(Component component) => component.Pin is null && IsBad(component.State);

    public static bool IsBad(ComponentState state) =>
        state is { Known: true, Status: ComponentStatus.PartialOutage or ComponentStatus.MajorOutage };

    /// <summary>What is measured of a component, whatever a person has set it to.</summary>
    public ComponentState MeasuredOf(Component component) =>
        IsCovered(component) && Statuses.Measured(World, component) is var (state, _) ? state : component.State;

    /// <summary>What is shown of it is not what is measured: a person set it by hand, or planned work goes on.</summary>
    public static bool IsCovered(Component component) =>
        component.Pin is not null || component.State.Status == ComponentStatus.UnderMaintenance;

    public void Say(Event happened)
    {
        events.Add(happened);
        World = World.Fold(World, happened);
    }

    /// <summary>Since when, but never later than now: the calendar may have jumped back.</summary>
    public DateTimeOffset SinceOf(IEnumerable<Component> components)
    {
        var since = components.Min(component => component.Since);
        return since < Now.Wall ? since : Now.Wall;
    }

    public void Restart(Stretch stretch, string id) => Watches = Watches.Restart(stretch, id, Now);

    public void Set(Stretch stretch, string id, bool runs) => Watches = Watches.Set(stretch, id, runs, Now);

    /// <summary>When the first answer changes that was asked for here, by nothing but time; null where nothing waits.</summary>
    public TimeSpan? NextDue { get; private set; }

    public TimeSpan? Elapsed(Stretch stretch, string id) => Watches.Elapsed(stretch, id, Now);

    /// <summary>Whether it has run for so long. Whatever waits asks here, so that it is known when to look again.</summary>
    public bool HasRun(Stretch stretch, string id, TimeSpan atLeast)
    {
        if (Elapsed(stretch, id) is not { } elapsed)
        {
            return false;
        }

        if (elapsed >= atLeast)
        {
            return true;
        }

        var due = Now.Steady + (atLeast - elapsed);
        NextDue = NextDue < due ? NextDue : due;
        return false;
    }

    /// <summary>The open incidents, oldest first.</summary>
    public List<Incident> Open() => [.. World.OpenIncidents
        .Select(id => World.Incidents[id])
        .OrderBy(incident => incident.CreatedAt)
        .ThenBy(incident => incident.Id.Value, StringComparer.Ordinal)];

    public List<Monitor> DownOf(Component component) =>
        [.. World.MonitorsOf(component.Definition).Where(monitor => monitor.Verdict == Verdict.Down)];

    /// <summary>
    /// Whether what Candor says of a component in an incident is for exactly those who read it: its words name what fails,
    /// so one incident never tells of components that are for different readers.
    /// </summary>
    public bool IsForSameReaders(Incident incident, Component component) =>
        World.ReadersOf(incident).AsSpan().SequenceEqual(component.Definition.OnlyFor.AsSpan());

    /// <summary>The components that the causes of an incident belong to, in the owner's order.</summary>
    public List<Component> LinkedTo(Incident incident)
    {
        var causes = incident.Causes.ToHashSet();
        return [.. World.Components.Values
            .Where(component => World.MonitorsOf(component.Definition).Any(monitor => causes.Contains(monitor.Id))
                && IsForSameReaders(incident, component))
            .OrderBy(component => component.Definition.Order)
            .ThenBy(component => component.Id.Value, StringComparer.Ordinal)];
    }

    /// <summary>Whether <paramref name="ancestor"/> is above a monitor, at any distance.</summary>
    public bool IsAbove(MonitorId ancestor, MonitorId monitor)
    {
        var seen = new HashSet<MonitorId>();
        var next = new Stack<MonitorId>([monitor]);
        while (next.TryPop(out var id))
        {
            if (!World.Monitors.TryGetValue(id, out var found))
            {
                continue;
            }

            foreach (var parent in found.Definition.DependsOn.Where(seen.Add))
            {
                if (parent == ancestor)
                {
                    return true;
                }

                next.Push(parent);
            }
        }

        return false;
    }
}
