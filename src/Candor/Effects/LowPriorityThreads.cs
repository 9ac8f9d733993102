using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Candor.Effects;

/// <summary>
/// A few threads for what may wait, first come, first served. The kernel gives them what the rest of the process leaves
/// over, so however much is asked of them, nobody else waits for it. They begin with the first work and stay.
/// </summary>
/// <param name="count">Threads.</param>
/// <param name="name">What the kernel calls them, by its first 15 letters.</param>
/// <param name="nice">How much less they get than others; 0: as much, and whoever serves pages interrupts them all the same.</param>
internal sealed class LowPriorityThreads(int count, string name = "low priority", int nice = LowPriorityThreads.Nice)
{
    /// <summary>A third of what a thread gets that wants as much, so what is begun here is also finished soon.</summary>
    public const int Nice = 5;

    private readonly BlockingCollection<Action> waiting = [];
    private int begun;

    /// <summary>Goes on here once everybody who came before has gone on.</summary>
    public Turn TurnAsync() => new(this);

    private void Add(Action goOn)
    {
        waiting.Add(goOn);
        if (Volatile.Read(ref begun) == 0 && Interlocked.Exchange(ref begun, 1) == 0)
        {
            for (var i = 0; i < count; i++)
            {
                new Thread(Work) { Name = name, IsBackground = true }.Start();
            }
        }
    }

    private void Work()
    {
        LibC.GiveWay(nice);
        foreach (var goOn in waiting.GetConsumingEnumerable())
        {
            goOn();
        }
    }

    /// <summary>Never over at once: whoever is here already has to wait like the others.</summary>
    public readonly struct Turn(LowPriorityThreads threads) : ICriticalNotifyCompletion
    {
        public bool IsCompleted => false;

        public Turn GetAwaiter() => this;

        public void GetResult()
        {
        }

        // The state machine that waits here restores its own context.
        public void OnCompleted(Action continuation) => threads.Add(continuation);

        public void UnsafeOnCompleted(Action continuation) => threads.Add(continuation);
    }
}
