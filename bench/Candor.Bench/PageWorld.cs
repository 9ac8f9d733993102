using System.Collections.Immutable;
using Candor.Journal;
using Candor.Pages;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Bench;

/// <summary>The page of the promise: 50 components with 90 days of history, some of it bad, and incidents that are over.</summary>
internal sealed class PageWorld : IBriefSource
{
    private readonly Lock gate = new();
    private readonly List<TaskCompletionSource> waiting = [];
    private readonly DateTimeOffset start = TimeProvider.System.GetUtcNow().AddDays(-90);
    private World world;
    private long position;

    public PageWorld(int components, int incidents)
    {
        world = World.Empty;
        Happen(
        [
            new PageConfigured(start, new Page("heroncopier0", "Heron Copier", "UTC") { Url = "https://status.example.com" }),
            .. Enumerable.Range(0, components).SelectMany(Component),
            .. Enumerable.Range(0, incidents).SelectMany(Incident),
        ]);
    }

    public Position Position => new(Volatile.Read(ref position));

    public static ComponentId ComponentAt(int index) => new($"component{index:000}");

    public static IncidentId IncidentAt(int index) => new($"incident{index:0000}");

    public void Happen(IReadOnlyList<Event> events)
    {
        List<TaskCompletionSource> woken;
        lock (gate)
        {
            world = events.Aggregate(world, World.Fold);
            position += events.Count;
            woken = [.. waiting];
            waiting.Clear();
        }

        woken.ForEach(waiter => waiter.TrySetResult());
    }

    public Brief Current()
    {
        lock (gate)
        {
            var now = TimeProvider.System.GetUtcNow();
            return new(world, now)
            {
                Position = new(position),
                LastReadings = world.Monitors.ToImmutableDictionary(pair => pair.Key, _ => now),
            };
        }
    }

    public async ValueTask WaitAsync(Position after, CancellationToken cancellation)
    {
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (position > after.Value)
            {
                return;
            }

            waiting.Add(waiter);
        }

        await waiter.Task.WaitAsync(cancellation);
    }

    private IEnumerable<Event> Component(int index)
    {
        var id = ComponentAt(index);
        var monitor = new MonitorId($"monitor-{index}");
        var random = new Random(index);
        yield return new MonitorAdded(start, new(
            monitor, new("http", "https://example.com/", "{}"), TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(10), JudgingRules.Default));
        yield return new ComponentAdded(start, new(id, $"Service number {index}", null, index) { Monitors = [monitor] });
        yield return new MonitorJudged(start, monitor, Verdict.Up, start, new(0, 1, 1, "", start));
        yield return new ComponentStateChanged(start, id, start, new(ComponentStatus.Operational), null);
        for (var day = 1; day < 90; day++)
        {
            if (random.Next(20) == 0)
            {
                var at = start.AddDays(day).AddMinutes(random.Next(1000));
                var status = (ComponentStatus)random.Next(2, 5);
                yield return new ComponentStateChanged(at, id, at, new(status), "answered 503");
                at = at.AddMinutes(random.Next(1, 200));
                yield return new ComponentStateChanged(at, id, at, new(ComponentStatus.Operational), null);
            }
        }
    }

    private IEnumerable<Event> Incident(int index)
    {
        var id = IncidentAt(index);
        var at = start.AddMinutes(index * (90.0 * 1440 / 10_001)).AddHours(-48);
        yield return new IncidentOpened(
            at, id, $"Service number {index % 50} is down", at, Automatic: true, Published: true,
            "Service is not answering: connection refused, seen by 1 of 1 places.",
            [new(ComponentAt(index % 50), ComponentStatus.MajorOutage, at)]);
        yield return new IncidentUpdated(
            at.AddMinutes(40), id, 2, IncidentStatus.Resolved, "It answers again.", Automatic: true,
            [new(ComponentAt(index % 50), ComponentStatus.Operational, at.AddMinutes(40))]);
    }
}
