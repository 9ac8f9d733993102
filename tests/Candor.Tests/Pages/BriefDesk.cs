using System.Collections.Immutable;
using Candor.Journal;
using Candor.Pages;
using Candor.State;

namespace Candor.Tests.Pages;

/// <summary>Hands briefs to a publisher as a node would, from a world that the test changes.</summary>
internal sealed class BriefDesk(TimeProvider time, World world) : IBriefSource
{
    private readonly List<TaskCompletionSource> waiting = [];

    public World World { get; private set; } = world;

    public Position Position { get; private set; } = new(1);

    /// <summary>Monitors whose readings come in all the time.</summary>
    public bool Reading { get; set; } = true;

    public DateTimeOffset ReadUntil { get; set; } = time.GetUtcNow();

    public void Happen(params IEnumerable<Event> events)
    {
        World = World.After(events);
        Position = Position.Next;
        foreach (var waiter in waiting.ToArray())
        {
            waiter.TrySetResult();
        }
    }

    public Brief Current()
    {
        var now = time.GetUtcNow();
        var read = Reading ? now : ReadUntil;
        ReadUntil = read;
        return new(World, now)
        {
            Position = Position,
            LastReadings = World.Monitors.ToImmutableDictionary(pair => pair.Key, _ => read),
        };
    }

    public async ValueTask WaitAsync(Position after, CancellationToken cancellation)
    {
        if (Position > after)
        {
            return;
        }

        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.Add(waiter);
        await using var registration = cancellation.Register(() => waiter.TrySetCanceled(cancellation));
        await waiter.Task;
        waiting.Remove(waiter);
    }
}
