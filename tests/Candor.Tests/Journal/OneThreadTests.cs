using Candor.Journal;
using Candor.Journal.Memory;
using Candor.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Tests.Journal;

/// <summary>The journal and its followers run on whatever thread pumps them, and the same way each time: the simulator rests on it.</summary>
public sealed class OneThreadTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Everything_stays_on_the_one_thread_that_pumps_it()
    {
        var threads = new HashSet<int>();
        Run(threads);

        Assert.Equal([Environment.CurrentManagedThreadId], threads);
    }

    [Fact]
    public void Two_runs_write_the_same_journal_to_the_last_bit() =>
        Assert.Equal(Run([]), Run([]));

    private static ChainHash Run(HashSet<int> threads)
    {
        var medium = new MemoryJournalMedium { BeforeAppend = _ => threads.Add(Environment.CurrentManagedThreadId) };
        var pump = new Pump();
        pump.Run(async () =>
        {
            using var stopping = new CancellationTokenSource();
            var time = new ManualTimeProvider(Noon);
            var journal = new Journal<Tally, Added>(
                _ => new(new MemoryJournalStore(medium)), new Counting(), null, time, JournalLimits.Default, NullLogger.Instance);
            var follower = new Follower(
                "test",
                journal,
                new MemoryCursor(Position.Start),
                (_, _) =>
                {
                    threads.Add(Environment.CurrentManagedThreadId);
                    return default;
                },
                time,
                NullLogger.Instance);
            Task[] running = [journal.RunAsync(stopping.Token), follower.RunAsync(stopping.Token)];
            await Task.WhenAll(Enumerable.Range(1, 5).Select(writer => WriteAsync(journal, writer, stopping.Token)));
            while (follower.Condition.Phase != FollowerPhase.CaughtUp || follower.LagEvents > 0)
            {
                await Task.Yield();
            }

#pragma warning disable CA1849, MA0042, MA0045, VSTHRD103 // CancelAsync would run the callbacks on the thread pool.
            stopping.Cancel();
#pragma warning restore CA1849, MA0042, MA0045, VSTHRD103
            await Task.WhenAll(running);
        });
        return medium.Head.Hash;
    }

    private static async Task WriteAsync(Journal<Tally, Added> journal, int writer, CancellationToken stopping)
    {
        for (var i = 0; i < 20; i++)
        {
            await journal.CommitAsync(s => [new Added(s.Count + (writer * 100), Noon)], stopping);
        }
    }

    /// <summary>One queue, one thread, until the task is done.</summary>
    private sealed class Pump : SynchronizationContext
    {
        private readonly Queue<(SendOrPostCallback Callback, object? State)> work = new();

        public override void Post(SendOrPostCallback d, object? state) => work.Enqueue((d, state));

        public void Run(Func<Task> body)
        {
            var before = Current;
            SetSynchronizationContext(this);
            try
            {
                var task = body();
                while (!task.IsCompleted)
                {
                    var (callback, state) = work.Dequeue();
                    callback(state);
                }

                task.GetAwaiter().GetResult();
            }
            finally
            {
                SetSynchronizationContext(before);
            }
        }
    }
}
