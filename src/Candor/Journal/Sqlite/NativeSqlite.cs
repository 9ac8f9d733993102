using System.Globalization;
using System.Runtime.InteropServices;
using Candor.Effects;
using SQLitePCL;

namespace Candor.Journal.Sqlite;

/// <summary>
/// Which SQLite library this process uses: the newest of the one beside the application, the system's, and the
/// package's fallback. Chosen once, before the first database is opened; every store calls <see cref="Use"/>.
/// </summary>
internal static class NativeSqlite
{
    private static readonly Lazy<NativeSqliteChoice> Chosen = new(Choose);
    private static nint library;

    /// <summary>
    /// Before this version two connections that write or checkpoint at the same moment can corrupt a file. Candor keeps
    /// one such connection per file, whatever the library; `candor doctor` shows where the library is older.
    /// </summary>
    public static Version FirstWithoutWalResetFault { get; } = new(3, 51, 3);

    /// <summary>Chooses on the first call and answers with the choice.</summary>
    public static NativeSqliteChoice Use() => Chosen.Value;

    /// <summary>The address of a function of the chosen library.</summary>
    public static nint Export(string name)
    {
        Use();
        return NativeLibrary.GetExport(library, name);
    }

    private static NativeSqliteChoice Choose()
    {
        var candidates = new (string Name, Func<nint> Load)[]
        {
            ("beside the application", BesideTheApplication),
            ("of the system", static () => NativeLibrary.TryLoad("libsqlite3.so.0", out var handle) ? handle : 0),
            ("of the package", FromThePackage),
        };

        (string Name, nint Handle, int Number) best = ("", 0, 0);
        foreach (var (name, load) in candidates)
        {
            var handle = load();
            if (handle != 0 && VersionOf(handle) is var number && number > best.Number)
            {
                best = (name, handle, number);
            }
        }

        if (best.Handle == 0)
        {
            throw new DllNotFoundException(
                "No SQLite library was found. Install the package libsqlite3-0, or put libe_sqlite3.so beside candor.");
        }

        library = best.Handle;
        NativeLibrary.SetDllImportResolver(
            typeof(SQLite3Provider_e_sqlite3).Assembly, (name, _, _) => name == "e_sqlite3" ? best.Handle : 0);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        var version = new Version(best.Number / 1_000_000, best.Number / 1000 % 1000, best.Number % 1000);
        return new(version, best.Name);
    }

    private static nint BesideTheApplication() =>
        NativeLibrary.TryLoad(Path.Combine(AppContext.BaseDirectory, "libe_sqlite3.so"), out var handle) ? handle : 0;

    private static nint FromThePackage() =>
        NativeLibrary.TryLoad("e_sqlite3", typeof(SQLite3Provider_e_sqlite3).Assembly, null, out var handle)
            ? handle
            : InsideThisFile();

    /// <summary>A released Candor is one file and carries the package's library inside.</summary>
    private static nint InsideThisFile()
    {
        using var stored = typeof(NativeSqlite).Assembly.GetManifestResourceStream("Candor.libe_sqlite3.so");
        return stored is null ? 0 : Load(stored, "libe_sqlite3.so");
    }

    /// <summary>Loads a library from a file in memory, so that nothing is left behind on a disk; 0 where the machine forbids it.</summary>
    internal static nint Load(Stream library, string name)
    {
        var bytes = new byte[library.Length];
        library.ReadExactly(bytes);
        try
        {
            var descriptor = LibC.CreateInMemory(name);
            try
            {
                LibC.Write(descriptor, bytes, name);
                return NativeLibrary.TryLoad(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{descriptor}"), out var handle) ? handle : 0;
            }
            finally
            {
                LibC.Close(descriptor, name);
            }
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static unsafe int VersionOf(nint handle) =>
        NativeLibrary.TryGetExport(handle, "sqlite3_libversion_number", out var function)
            ? ((delegate* unmanaged<int>)function)()
            : 0;
}
