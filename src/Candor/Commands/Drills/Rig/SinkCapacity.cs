using System.Collections.Concurrent;

namespace Candor.Commands.Drills.Rig;

/// <summary>What a receiver takes in a second: a tenth of a second's worth is saved up, and what is beyond is refused.</summary>
internal sealed class SinkCapacity(double perSecond, TimeProvider time)
{
    private readonly Lock taking = new();
    private double room = perSecond / 10;
    private long at = time.GetTimestamp();

    public double PerSecond => perSecond;

    /// <summary>When it was asked, and whether there was room.</summary>
    public ConcurrentQueue<(DateTimeOffset At, bool Taken)> Asked { get; } = new();

    public bool TryTake()
    {
        lock (taking)
        {
            var now = time.GetTimestamp();
            room = Math.Min(room + (perSecond * time.GetElapsedTime(at, now).TotalSeconds), perSecond / 10);
            at = now;
            var taken = room >= 1;
            room -= taken ? 1 : 0;
            Asked.Enqueue((time.GetUtcNow(), taken));
            return taken;
        }
    }
}
