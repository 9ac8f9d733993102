namespace Candor.Drills.Simulation;

/// <summary>A timer on a <see cref="VirtualThread"/>.</summary>
internal sealed class VirtualTimer(VirtualThread thread, TimerCallback callback, object? state) : ITimer
{
    private long period;
    private bool disposed;

    /// <summary>Moves with each change, so that what was queued before is known to be stale.</summary>
    public long Version { get; private set; }

    public void Fire()
    {
        Version++;
        if (period > 0)
        {
            thread.Enqueue(this, thread.Now + period);
        }

        callback(state);
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (disposed)
        {
            return false;
        }

        Version++;
        this.period = period > TimeSpan.Zero ? period.Ticks : 0;
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            thread.Enqueue(this, thread.Now + Math.Max(0, dueTime.Ticks));
        }

        return true;
    }

    public void Dispose() => Stop();

    public ValueTask DisposeAsync()
    {
        Stop();
        return default;
    }

    private void Stop() => (disposed, Version) = (true, Version + 1);
}
