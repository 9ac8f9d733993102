using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Candor.Effects;

/// <summary>
/// One process per data folder. The kernel gives the lock back when the process ends, however it ends, so a stale
/// lock does not exist.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private readonly string path;
    private int held;

    private FolderLock(string path, int held)
    {
        this.path = path;
        this.held = held;
    }

    /// <summary>Takes the folder, or throws <see cref="FolderInUseException"/>.</summary>
    public static FolderLock Take(string folder)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "lock");
        var opened = LibC.Open(file, LibC.ReadWrite | LibC.Create, 0x180);
        if (!LibC.TryLock(opened, file))
        {
            throw new FolderInUseException(folder, HolderOf(opened));
        }

        // Who holds it, for the sentence the next one reads; the lock itself is the kernel's.
        var holder = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId,-10}\n");
        LibC.Write(opened, Encoding.ASCII.GetBytes(holder), file);
        return new(file, opened);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref held, -1) is >= 0 and var descriptor)
        {
            LibC.Close(descriptor, path);
        }
    }

    // Not by File.Read…: .NET would ask for a shared lock first, which is what the holder refuses.
    private static string HolderOf(int opened)
    {
        using var handle = new SafeFileHandle(opened, ownsHandle: true);
        Span<byte> text = stackalloc byte[32];
        return Encoding.ASCII.GetString(text[..RandomAccess.Read(handle, text, 0)]).Trim();
    }
}
