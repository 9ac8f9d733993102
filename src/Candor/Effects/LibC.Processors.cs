using System.Numerics;
using System.Runtime.InteropServices;

namespace Candor.Effects;

/// <summary>On which processors the kernel lets a thread run. Where it may not be asked, nothing is worse than before.</summary>
internal static partial class LibC
{
    /// <summary>As many as glibc's own set has, 1,024 processors; a machine with more leaves none out.</summary>
    private const int ProcessorWords = 16;

    /// <summary>
    /// The calling thread keeps off one of the processors that it may use, the one with the highest number; where there is a
    /// single one, nothing changes. Called by a process's first thread it holds for all that begin later: the runtime gives them
    /// what that one has. Once in a process: each time leaves out one more.
    /// </summary>
    public static void LeaveAProcessor()
    {
        Span<ulong> allowed = stackalloc ulong[ProcessorWords];
        if (NativeGetAffinity(0, ProcessorWords * sizeof(ulong), allowed) != 0)
        {
            return;
        }

        var (count, last) = (0, 0);
        for (var word = 0; word < ProcessorWords; word++)
        {
            count += BitOperations.PopCount(allowed[word]);
            last = allowed[word] != 0 ? word : last;
        }

        if (count > 1)
        {
            allowed[last] &= ~(1UL << BitOperations.Log2(allowed[last]));
            _ = NativeSetAffinity(0, ProcessorWords * sizeof(ulong), allowed);
        }
    }

    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    private static partial int NativeGetAffinity(int thread, nint bytes, Span<ulong> allowed);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int NativeSetAffinity(int thread, nint bytes, Span<ulong> allowed);
}
