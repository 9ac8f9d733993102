namespace Candor.Tests.Pages;

/// <summary>Runs everything that is awaited on the thread that asks for it, in order, and returns when nothing is left.</summary>
internal sealed class OneThread : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> work = new();

    /// <summary>Things done so far.</summary>
    public int Done { get; private set; }

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (work)
        {
            work.Enqueue((d, state));
        }
    }

    public Task Run(Func<Task> begin)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            return begin();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public void RunUntilIdle()
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            while (Next() is { } item)
            {
                Done++;
                item.Callback(item.State);
            }
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    private (SendOrPostCallback Callback, object? State)? Next()
    {
        lock (work)
        {
            return work.TryDequeue(out var item) ? item : null;
        }
    }
}
