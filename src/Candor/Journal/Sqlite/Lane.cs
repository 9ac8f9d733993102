using System.Collections.Concurrent;

namespace Candor.Journal.Sqlite;

/// <summary>
/// One thread with something that only one thread may use, a connection mostly: opened, used and closed there, jobs in
/// the order they came. When none has come for a while it does what is left for idle moments, and then looks again ever
/// more rarely: a lane with nothing to do costs nothing.
/// </summary>
internal sealed class Lane<TOwned> : IAsyncDisposable
    where TOwned : class, IDisposable
{
    private const int JobsMax = 1024;

    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(1);

    private readonly BlockingCollection<Action<TOwned>> jobs = new(JobsMax);
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeSpan idleAfter;
    private readonly Action<TOwned> whenIdle;
    private bool disposed;

    private Lane(TimeSpan idleAfter, Action<TOwned> whenIdle)
    {
        this.idleAfter = idleAfter;
        this.whenIdle = whenIdle;
    }

    /// <summary>Starts the thread and opens what it owns; throws what the opening threw.</summary>
    public static async Task<Lane<TOwned>> StartAsync(
        string name, Func<TOwned> open, TimeSpan idleAfter, Action<TOwned> whenIdle)
    {
        var lane = new Lane<TOwned>(idleAfter, whenIdle);
        new Thread(() => lane.Work(open)) { Name = name, IsBackground = true }.Start();
        await lane.opened.Task;
        return lane;
    }

    /// <summary>Runs a job on this lane's thread and answers with what it returned or threw.</summary>
    public Task<T> RunAsync<T>(Func<TOwned, T> job)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            jobs.Add(owned => Settle(owned, job, answer));
        }
        catch (Exception fault) when (fault is InvalidOperationException or ObjectDisposedException)
        {
            answer.SetException(new JournalFailedException("The journal store is closed.", fault));
        }

        return answer.Task;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, true))
        {
            return;
        }

        jobs.CompleteAdding();
        await ended.Task;
        jobs.Dispose();
    }

    private static void Settle<T>(TOwned owned, Func<TOwned, T> job, TaskCompletionSource<T> answer)
    {
        try
        {
            answer.SetResult(job(owned));
        }
        catch (Exception fault)
        {
            answer.SetException(fault);
        }
    }

    private void Work(Func<TOwned> open)
    {
        try
        {
            using var owned = open();
            opened.SetResult();
            var rest = idleAfter;
            while (!jobs.IsCompleted)
            {
                if (jobs.TryTake(out var job, rest))
                {
                    job(owned);
                    rest = idleAfter;
                }
                else if (!jobs.IsCompleted)
                {
                    whenIdle(owned);
                    rest = rest * 2 < LongestRest ? rest * 2 : LongestRest;
                }
            }
        }
        catch (Exception fault) when (opened.TrySetException(fault))
        {
            // Whoever opens hears of it; nobody else knows this lane yet.
        }
        finally
        {
            ended.SetResult();
        }
    }
}
