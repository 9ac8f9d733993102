namespace Candor.Probing;

/// <summary>A pause that ends at a time or when it is called off, with one timer for the whole life of the loop.</summary>
internal sealed class Wakeup : IDisposable
{
    private readonly Lock gate = new();
    private readonly ITimer timer;
    private TaskCompletionSource waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Wakeup(TimeProvider time) =>
        timer = time.CreateTimer(static self => ((Wakeup)self!).Now(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Ends the pause, or the next one if none is going on.</summary>
    public void Now()
    {
        lock (gate)
        {
            waiting.TrySetResult();
        }
    }

    public async Task PauseAsync(TimeSpan most, CancellationToken cancellation)
    {
        Task pause;
        lock (gate)
        {
            pause = waiting.Task;
        }

        timer.Change(most, Timeout.InfiniteTimeSpan);
        await using (cancellation.UnsafeRegister(static self => ((Wakeup)self!).Now(), this))
        {
            await pause;
        }

        lock (gate)
        {
            waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        cancellation.ThrowIfCancellationRequested();
    }

    public void Dispose() => timer.Dispose();
}
