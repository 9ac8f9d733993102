using System.Runtime.InteropServices;

namespace Candor.Tests;

/// <summary>
/// What work costs the processor on this thread: others on the machine do not count. A test that a bomb stays harmless
/// looks for blow-up, which costs a hundred times too much; a machine whose compiler has not yet come round to this
/// code costs a few times too much. So a test fails only where every attempt costs more than <see cref="Slack"/> times
/// the promised figure.
/// </summary>
internal static class ThreadWork
{
    private const int ThreadCpuTime = 3;
    private const int Attempts = 3;

    /// <summary>Code before its optimisation, on a processor whose other half is busy.</summary>
    private const int Slack = 5;

    /// <summary>Whether the cheapest of a few attempts costs more than <see cref="Slack"/> times the promised figure.</summary>
    public static bool BlowsUp(TimeSpan promised, Action work, out TimeSpan cheapest)
    {
        cheapest = TimeSpan.MaxValue;
        for (var attempt = 0; attempt < Attempts && cheapest > promised * Slack; attempt++)
        {
            var took = Of(work);
            cheapest = took < cheapest ? took : cheapest;
        }

        return cheapest > promised * Slack;
    }

    /// <summary>Fails where the work costs so much more than promised that no slow machine explains it.</summary>
    public static void IsBounded(TimeSpan promised, Action work)
    {
        var blows = BlowsUp(promised, work, out var cheapest);
        Assert.False(blows, $"cost {cheapest.TotalMilliseconds:0} ms, promised {promised.TotalMilliseconds:0} ms");
    }

    private static TimeSpan Of(Action work)
    {
        var before = Now();
        work();
        return Now() - before;
    }

    private static TimeSpan Now()
    {
        Assert.Equal(0, ReadClock(ThreadCpuTime, out var time));
        return TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1_000);
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int ReadClock(int clock, out Timespec time);

    private readonly record struct Timespec(long Seconds, long Nanoseconds);
}
