using System.Runtime.InteropServices;

namespace Candor.Effects;

/// <summary>Whom the kernel lets run first, and for how long. Where it may not be asked for, nothing is worse than before.</summary>
internal static partial class LibC
{
    /// <summary>Less than a page takes: whoever asks for so little is let run as soon as there is something to do.</summary>
    public static readonly TimeSpan ShortTurn = TimeSpan.FromMilliseconds(0.2);

    /// <summary>The kernel's own choice with several processors; whoever asks for short turns interrupts it.</summary>
    public static readonly TimeSpan LongTurn = TimeSpan.FromMilliseconds(3);

    private const uint AttributesBytes = 48; // SCHED_ATTR_SIZE_VER0

    /// <summary>
    /// The calling thread, and those that it starts, wait less for a processor and have it for a shorter time at once. What they
    /// get in all is the same. Linux 6.12 and later (sched_setattr(2), sched_runtime of a thread without a deadline); the ones
    /// before take no notice of it.
    /// </summary>
    public static void TakeShortTurns() => TakeTurns(NativeGetPriority(0, 0), ShortTurn);

    /// <summary>
    /// Lets the kernel prefer other threads of this process to the calling one: for Linux a nice value is a thread's, and
    /// anybody may raise it. Counted from the process, for a thread begins with what the one had that started it.
    /// </summary>
    public static void GiveWay(int by)
    {
        var nice = NativeGetPriority(0, Environment.ProcessId) + by;
        _ = NativeSetPriority(0, 0, nice);
        TakeTurns(nice, LongTurn);
    }

    private static void TakeTurns(int nice, TimeSpan turn)
    {
        nint? call = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => 314,
            Architecture.Arm64 => 274,
            _ => null,
        };
        if (call is { } number)
        {
            // No wrapper of it is in the C libraries of today's Debian.
            var attributes = new Scheduling { Size = AttributesBytes, Nice = nice, Runtime = (ulong)turn.TotalNanoseconds };
            _ = NativeSyscall(number, 0, ref attributes, 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "getpriority")]
    private static partial int NativeGetPriority(int which, int who);

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int NativeSetPriority(int which, int who, int priority);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint NativeSyscall(nint number, int thread, ref Scheduling attributes, uint flags);

    /// <summary>struct sched_attr of linux/sched/types.h. A policy of 0 is the usual one.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Scheduling
    {
        public uint Size;
        public uint Policy;
        public ulong Flags;
        public int Nice;
        public uint Priority;
        public ulong Runtime;
        public ulong Deadline;
        public ulong Period;
    }
}
