using System.Runtime.InteropServices;

namespace Candor.Effects;

/// <summary>
/// The few calls of the C library that durable files need. .NET's own flush does not report a failed fsync on Linux,
/// so every result is looked at here.
/// </summary>
internal static partial class LibC
{
    public const int ReadOnly = 0;
    public const int WriteOnly = 1;
    public const int ReadWrite = 2;
    public const int Create = 0x40;
    public const int Truncate = 0x200;
    public const int Directory = 0x10000;
    public const int CloseOnExec = 0x80000;

    public const int LockExclusive = 2;
    public const int LockNonBlocking = 4;

    private const int Interrupted = 4;
    private const uint MemoryCloseOnExec = 1;
    private const int WouldBlock = 11;

    // statx(2) is laid out alike on every architecture, which stat(2) is not.
    private const int CurrentFolder = -100;
    private const int StatxBytes = 256;
    private const uint StatxOwner = 0x18;
    private const int StatxUid = 5;
    private const int StatxGid = 6;

    /// <summary>Opens a file and returns its descriptor. It is never inherited by programs that Candor starts.</summary>
    public static int Open(string path, int flags, int mode = 0x1A4)
    {
        int descriptor;
        do
        {
            descriptor = NativeOpen(path, flags | CloseOnExec, mode);
        }
        while (descriptor < 0 && Marshal.GetLastPInvokeError() == Interrupted);

        return descriptor >= 0 ? descriptor : throw Fault("open", path);
    }

    public static void Write(int descriptor, ReadOnlySpan<byte> content, string path)
    {
        while (content.Length > 0)
        {
            var written = NativeWrite(descriptor, content, (nuint)content.Length);
            if (written >= 0)
            {
                content = content[(int)written..];
            }
            else if (Marshal.GetLastPInvokeError() != Interrupted)
            {
                throw Fault("write", path);
            }
        }
    }

    /// <summary>Never retried: after a failed fsync the kernel may have dropped the pages and the next one succeeds.</summary>
    public static void Sync(int descriptor, string path)
    {
        if (NativeFsync(descriptor) != 0)
        {
            throw Fault("fsync", path);
        }
    }

    public static void Rename(string from, string to)
    {
        if (NativeRename(from, to) != 0)
        {
            throw Fault("rename", from);
        }
    }

    /// <summary>Takes the file's lock, or answers false where another process holds it.</summary>
    public static bool TryLock(int descriptor, string path) =>
        NativeFlock(descriptor, LockExclusive | LockNonBlocking) == 0
        || (Marshal.GetLastPInvokeError() == WouldBlock ? false : throw Fault("lock", path));

    /// <summary>Closes, and throws where the kernel reports a write that came too late to be reported before.</summary>
    public static void Close(int descriptor, string path)
    {
        if (NativeClose(descriptor) != 0 && Marshal.GetLastPInvokeError() != Interrupted)
        {
            throw Fault("close", path);
        }
    }

    /// <summary>Makes names in a folder durable: a created or renamed file is otherwise lost with its folder entry.</summary>
    public static void SyncFolder(string folder)
    {
        var descriptor = Open(folder, ReadOnly | Directory);
        try
        {
            Sync(descriptor, folder);
        }
        finally
        {
            _ = NativeClose(descriptor);
        }
    }

    /// <summary>
    /// A file that has no name and lies in memory alone; it is gone with its last descriptor or mapping. For libraries, which
    /// can be loaded from files only.
    /// </summary>
    public static int CreateInMemory(string name)
    {
        var descriptor = NativeMemfdCreate(name, MemoryCloseOnExec);
        return descriptor >= 0 ? descriptor : throw Fault("memfd_create", name);
    }

    /// <summary>Whatever this process creates from here on, SQLite's files included, is for its owner alone.</summary>
    public static void KeepFilesPrivate() => _ = NativeUmask(0x3F);

    /// <summary>
    /// Gives a file to whom a folder belongs, where that is another than whoever runs this. False where it may not be given.
    /// </summary>
    public static bool GiveToOwnerOf(string folder, string file)
    {
        var (owner, group) = OwnerOf(folder);
        return owner == OwnerOf(file).Owner || NativeChown(file, owner, group) == 0;
    }

    public static (uint Owner, uint Group) OwnerOf(string path)
    {
        Span<uint> answer = stackalloc uint[StatxBytes / sizeof(uint)];
        return NativeStatx(CurrentFolder, path, 0, StatxOwner, answer) == 0 ? (answer[StatxUid], answer[StatxGid]) : throw Fault("statx", path);
    }

    private static IOException Fault(string call, string path)
    {
        var error = Marshal.GetLastPInvokeError();
        return new($"{call} of '{path}' failed: {Marshal.GetPInvokeErrorMessage(error)} (errno {error}).", error);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeOpen(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint NativeWrite(int descriptor, ReadOnlySpan<byte> content, nuint length);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int NativeFsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeRename(string from, string to);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int NativeFlock(int descriptor, int operation);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int NativeClose(int descriptor);

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeMemfdCreate(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeStatx(int folder, string path, int flags, uint mask, Span<uint> answer);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeChown(string path, uint owner, uint group);

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial int NativeUmask(int mask);
}
