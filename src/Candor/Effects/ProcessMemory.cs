using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Candor.Effects;

/// <summary>
/// What keeps a quiet Candor small. The C library gives every thread a heap of its own and each keeps its peak, and the
/// start leaves garbage that nobody would come for while there is memory to spare. Does nothing where the C library has
/// no such calls (musl).
/// </summary>
internal static partial class ProcessMemory
{
    private const int ArenaMax = -8;
    private const int Arenas = 2;
    private const int DontNeed = 4;

    // Linked, or loaded by the runtime and never unloaded.
    private static readonly string[] Lasting = ["libc.so.", "libm.so.", "libstdc++.so.", "libgcc_s.so.", "libcrypto.so.", "libssl.so.", "libicu"];

    // A collection stops every thread; above this, memory is in use for a reason and a pause would be noticed.
    private const long SmallHeap = 64 << 20;

    /// <summary>To be called before there are many threads: those that have a heap keep it.</summary>
    public static void ShareNativeHeaps() => IgnoringAbsence(static () => MallOpt(ArenaMax, Arenas));

    /// <summary>Gives free memory back to the system, at a moment when a pause of some 50 ms hurts nobody.</summary>
    public static void GiveBack()
    {
        if (GC.GetTotalMemory(forceFullCollection: false) <= SmallHeap)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }

        IgnoringAbsence(static () => MallocTrim(0));
        if (!RuntimeFeature.IsDynamicCodeSupported)
        {
            LetGoOfStart();
        }
    }

    /// <summary>
    /// A released Candor is one file of machine code, and the start goes through most of it once. Those pages stay in the
    /// kernel's cache and come back from there when they are needed; but they are no longer held by this process. Only of
    /// the program's own file and of libraries that stay for the life of a process: what lies at an address must not have
    /// become something else between the look and the call.
    /// </summary>
    private static void LetGoOfStart()
    {
        foreach (var (start, length) in FileMappings.UnchangedOf(StaysMapped, File.ReadLines("/proc/self/smaps")).ToList())
        {
            _ = MAdvise(start, length, DontNeed);
        }
    }

    private static bool StaysMapped(string file) =>
        file == Environment.ProcessPath
            || Lasting.Any(name => Path.GetFileName(file.AsSpan()).StartsWith(name, StringComparison.Ordinal));

    private static void IgnoringAbsence(Func<int> call)
    {
        try
        {
            _ = call();
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library; it manages its heaps by itself.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int MallOpt(int what, int value);

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int MallocTrim(nuint keep);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int MAdvise(nint start, nuint length, int advice);
}
