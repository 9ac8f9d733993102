namespace Candor.Journal;

/// <summary>
/// Callers that wait until something is so. Each resumes where it was awaited from and never by way of the thread pool,
/// which <c>Task.WaitAsync</c> takes: a simulation on one thread runs the same way each time.
/// </summary>
internal sealed class Waking
{
    private readonly Lock gate = new();
    private readonly HashSet<TaskCompletionSource> waiting = [];

    /// <summary>Asks again at each <see cref="Wake"/>; answers at once where it is so already.</summary>
    public async ValueTask UntilAsync(Func<bool> isSo, CancellationToken cancellation)
    {
        while (!isSo())
        {
            var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (gate)
            {
                waiting.Add(waiter);
            }

            await using var leaving = cancellation.UnsafeRegister(
                static (w, token) => ((TaskCompletionSource)w!).TrySetCanceled(token), waiter);
            try
            {
                // Once more, now that a wake-up in between finds us.
                if (!isSo())
                {
                    await waiter.Task;
                }
            }
            finally
            {
                lock (gate)
                {
                    waiting.Remove(waiter);
                }
            }
        }
    }

    /// <summary>Everyone who waits looks again.</summary>
    public void Wake()
    {
        TaskCompletionSource[] all;
        lock (gate)
        {
            all = [.. waiting];
            waiting.Clear();
        }

        foreach (var waiter in all)
        {
            waiter.TrySetResult();
        }
    }
}
