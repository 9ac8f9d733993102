using System.Globalization;

namespace Candor.Testing;

/// <summary>How long the kernel lets a thread run at once, as it says itself.</summary>
internal static class ThreadTurns
{
    public const string NotHere = "needs a kernel from 6.12 on that says how long a thread's turns are";

    private const string Member = "se.slice";
    private static readonly Version First = new(6, 12);

    public static bool AreKnown => Environment.OSVersion.Version >= First
        && File.Exists("/proc/self/sched") && File.ReadAllText("/proc/self/sched").Contains(Member, StringComparison.Ordinal);

    /// <param name="thread">Its folder below /proc.</param>
    public static TimeSpan Of(string thread)
    {
        var line = File.ReadLines($"/proc/{thread}/sched").Single(static line => line.StartsWith(Member, StringComparison.Ordinal));
        return TimeSpan.FromMicroseconds(long.Parse(line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture) / 1_000);
    }
}
