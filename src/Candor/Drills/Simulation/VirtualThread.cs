namespace Candor.Drills.Simulation;

/// <summary>
/// One thread and one clock for a whole node: continuations run in the order in which they were queued, timers in the
/// order in which they come due, and time passes only when nothing is left to do. The same seed therefore gives the same
/// run, to the last event.
/// </summary>
internal sealed class VirtualThread : SynchronizationContext
{
    private readonly PriorityQueue<(VirtualTimer Timer, long Version), (long Due, long Order)> timers = new();
    private readonly Queue<(SendOrPostCallback Callback, object? State)> ready = new();
    private readonly int home = Environment.CurrentManagedThreadId;
    private long order;

    /// <summary>The steady clock, in ticks; it begins anywhere but at 0, as real ones do.</summary>
    public long Now { get; private set; } = TimeSpan.FromHours(5).Ticks;

    /// <summary>Where something left this thread. A run in which that happened proves nothing.</summary>
    public string? Escaped { get; private set; }

    /// <summary>Things done: continuations and timers.</summary>
    public long Steps { get; private set; }

    /// <summary>When the next timer is due; null where nothing would ever happen again.</summary>
    public long? NextDue
    {
        get
        {
            while (timers.TryPeek(out var head, out var key))
            {
                if (head.Version == head.Timer.Version)
                {
                    return key.Due;
                }

                timers.Dequeue();
            }

            return null;
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (Environment.CurrentManagedThreadId != home)
        {
            Escaped ??= $"{d.Method.DeclaringType?.FullName} continued on another thread: {Environment.StackTrace}";
        }

        ready.Enqueue((d, state));
    }

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs everything that can run now.</summary>
    public void Settle()
    {
        while (ready.TryDequeue(out var next))
        {
            Steps++;
            next.Callback(next.State);
        }
    }

    /// <summary>Lets time pass up to an instant, doing what comes due on the way.</summary>
    public void RunUntil(long instant)
    {
        Settle();
        while (NextDue is { } due && due <= instant)
        {
            var (timer, _) = timers.Dequeue();
            Now = Math.Max(Now, due);
            Steps++;
            timer.Fire();
            Settle();
        }

        Now = Math.Max(Now, instant);
    }

    /// <summary>The process dies here: nothing of what it had begun goes on.</summary>
    public void Die()
    {
        ready.Clear();
        timers.Clear();
    }

    public void Enqueue(VirtualTimer timer, long due) => timers.Enqueue((timer, timer.Version), (due, order++));
}
