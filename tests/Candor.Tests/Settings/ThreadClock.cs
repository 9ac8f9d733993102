using System.Runtime.InteropServices;

namespace Candor.Tests.Settings;

/// <summary>What this thread has cost the processor: other work on the machine does not count.</summary>
internal static class ThreadClock
{
    private const int ThreadCpuTime = 3;

    public static TimeSpan Of(Action work)
    {
        var before = Now();
        work();
        return Now() - before;
    }

    private static TimeSpan Now()
    {
        var read = new long[2];
        Assert.Equal(0, Gettime(ThreadCpuTime, read));
        return TimeSpan.FromSeconds(read[0]) + TimeSpan.FromMicroseconds(read[1] / 1_000);
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int Gettime(int clock, [Out] long[] time);
}
