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
internal sealed class Desk(Stopwatches watches, World world, Moment now, Func<MonitorId, MonitorId, TimeSpan, bool> answeredBetween)
{
    private readonly ImmutableArray<Event>.Builder events = ImmutableArray.CreateBuilder<Event>();

    public World World { get; private set; } = world;

    public Wording Wording => Wording.Of(World.Page);

    public Stopwatches Watches { get; private set; } = watches;

    public Moment Now { get; } = now;

    public ImmutableArray<Event> Events => events.ToImmutable();

    /// <summary>
    /// Readers' trouble that is seen: a known outage, partial or not, of the whole or in one of its regions. A status that a
    /// person set by hand was not seen, so nothing opens, and nothing is said, because of it.
    /// </summary>
    public bool IsBad(Component component) =>
        component.Pin is null && (IsBad(component.State) || (!IsCovered(component) && IsOutSomewhere(component)));

    public static bool IsBad(ComponentState state) =>
        state is { Known: true, Status: ComponentStatus.PartialOutage or ComponentStatus.MajorOutage };

    /// <summary>Whether it fails as far as is measured, whatever is shown of it.</summary>
    public bool Fails(Component component) => IsBad(MeasuredOf(component)) || IsOutSomewhere(component);

    /// <summary>
    /// Whether all is well that an incident is about: the whole, and each region that it named. A region that nobody sees
    /// any more is not well again.
    /// </summary>
    public bool IsWell(Incident incident, Component component) =>
        MeasuredOf(component) is { Known: true, Status: ComponentStatus.Operational or ComponentStatus.UnderMaintenance }
        && NamedRegions(incident, component).All(static one => one.State is { Known: true, Status: ComponentStatus.Operational });

    /// <summary>Whether it is known how everything is that an incident is about.</summary>
    public bool IsSeen(Incident incident, Component component) =>
        MeasuredOf(component).Known && NamedRegions(incident, component).All(static one => one.State.Known);

    /// <summary>What is measured in each region of a component; empty for nearly all components.</summary>
    public ImmutableArray<RegionState> RegionsOf(Component component) => RegionStates.Measured(World, component);

    /// <summary>
    /// What is measured in the regions that an incident named. One that was seen and told to work again while others failed
    /// is over: that nobody sees it any more holds nothing up, unless it failed again before that.
    /// </summary>
    public IEnumerable<RegionState> NamedRegions(Incident incident, Component component) => component.Definition.Regions.IsEmpty
        ? []
        : RegionsOf(component).Where(one => incident.RegionsNamed(component.Id).Contains(one.Region)
            && (one.State.Known || IsBad(one.State with { Known = true }) || !incident.CameBack(component.Id, one.Region)));

    /// <summary>
    /// Whether a region that an incident said to fail is measured no more: its places, or the region itself, have gone from the
    /// settings. Nobody will see it work again there.
    /// </summary>
    public bool HasLost(Incident incident, Component component)
    {
        var measured = RegionsOf(component);
        return incident.RegionsOf(component.Id).Any(said => said.Key.Length > 0
            && said.Value != ComponentStatus.Operational
            && !measured.Any(one => one.Region == said.Key));
    }

    private bool IsOutSomewhere(Component component) => RegionsOf(component).Any(static one => one.IsOut);

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
        var since = components.Min(BadSince);
        return since < Now.Wall ? since : Now.Wall;
    }

    /// <summary>Where only a region is out, that may have begun long after the whole came to be as it is.</summary>
    private DateTimeOffset BadSince(Component component) => !IsBad(component.State)
        && RegionsOf(component).Where(static one => one.IsOut).Min(static one => one.Since) is { } since
            ? since
            : component.Since;

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

    /// <summary>
    /// What the ways to look at a component say together; null where they say nothing. Where that waits for a reading, which
    /// is no fact, it is asked again.
    /// </summary>
    public StillAnswers? LayersOf(Component component)
    {
        var isAwaited = false;
        var said = Layers.Of(World, component, (answering, failing) =>
        {
            var isSo = Watches.Elapsed(Stretch.MonitorDown, failing.Id.Value, Now) is { } down
                && answeredBetween(answering.Id, failing.Id, Now.Steady - down);
            isAwaited |= !isSo;
            return isSo;
        });
        if (isAwaited && said != StillAnswers.Cache)
        {
            var soon = Now.Steady + TimeSpan.FromSeconds(1);
            NextDue = NextDue < soon ? NextDue : soon;
        }

        return said;
    }

    /// <summary>The open incidents, oldest first.</summary>
    public List<Incident> Open() => [.. World.OpenIncidents
        .Select(id => World.Incidents[id])
        .OrderBy(incident => incident.CreatedAt)
        .ThenBy(incident => incident.Id.Value, StringComparer.Ordinal)];

    /// <summary>The monitors that make a component bad, as a whole or in one of its regions.</summary>
    public List<Monitor> DownOf(Component component) =>
        [.. World.MonitorsOf(component.Definition).Where(monitor => DownSince(component, monitor) is not null)];

    /// <summary>Since when a monitor fails a component; where it fails in regions alone, since the last of them began to.</summary>
    public static DateTimeOffset? DownSince(Component component, Monitor monitor) => monitor.Verdict == Verdict.Down
        ? monitor.Since
        : component.Definition.Regions.Select(monitor.SeenFrom).Where(static seen => seen is { Saw: Verdict.Down }).Max(static seen => seen?.Since);

    /// <summary>Whether a monitor is down, as a whole or in a region that anything tells apart.</summary>
    public static bool IsDown(Monitor monitor) => monitor.Verdict == Verdict.Down
        || monitor.Definition.Regions.Any(region => monitor.SeenFrom(region) is { Saw: Verdict.Down });

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
