using System.Diagnostics.CodeAnalysis;
using Candor.Effects;
using SQLitePCL;

namespace Candor.Journal.Sqlite;

/// <summary>
/// One SQLite connection, used by one thread. Checkpoints happen only when asked for, and only on the connection that
/// writes: two connections that write or checkpoint at once can corrupt the file in libraries before 3.51.3.
/// </summary>
internal sealed class Database : IDisposable
{
    private const int NoCheckpointOnClose = 1006;
    private const int OwnerOnly = 0x180;

    private readonly sqlite3 handle;

    private Database(sqlite3 handle) => this.handle = handle;

    /// <summary>Opens, or creates for the owner alone; the file's name is durable before anything is written.</summary>
    public static Database OpenWriter(string path)
    {
        if (!File.Exists(path))
        {
            LibC.Close(LibC.Open(path, LibC.ReadWrite | LibC.Create, OwnerOnly), path);
            LibC.SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }

        return Open(path, raw.SQLITE_OPEN_READWRITE);
    }

    public static Database OpenReader(string path) => Open(path, raw.SQLITE_OPEN_READONLY);

    /// <summary>The raw handle, for prepared statements that are stepped in a loop.</summary>
    public sqlite3 Handle => handle;

    public void Execute(string sql) => Check(raw.sqlite3_exec(handle, sql));

    public sqlite3_stmt Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(handle, sql, out var statement));
        return statement;
    }

    /// <summary>The first column of the first row, as a number.</summary>
    public long Number(string sql)
    {
        using var statement = Prepare(sql);
        return Step(statement) ? raw.sqlite3_column_int64(statement, 0) : 0;
    }

    /// <summary>The first column of the first row, as text.</summary>
    public string Text(string sql)
    {
        using var statement = Prepare(sql);
        return Step(statement) ? raw.sqlite3_column_text(statement, 0).utf8_to_string() ?? "" : "";
    }

    /// <summary>True on a row, false at the end.</summary>
    public bool Step(sqlite3_stmt statement)
    {
        var code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        if (code == raw.SQLITE_DONE)
        {
            return false;
        }

        throw Fault(code);
    }

    /// <summary>Moves what the write-ahead log holds into the file. Answers whether all of it was moved.</summary>
    public bool Checkpoint(int mode)
    {
        var code = raw.sqlite3_wal_checkpoint_v2(handle, "main", mode, out var inLog, out var moved);
        if (code == raw.SQLITE_BUSY)
        {
            return false;
        }

        Check(code);
        return inLog == moved;
    }

    /// <summary>
    /// Leaves the log as it lies when this connection closes. After a failed write nobody may tidy up: the next opening
    /// recovers from what is really on disk.
    /// </summary>
    public void LeaveLogOnClose() => _ = raw.sqlite3_db_config(handle, NoCheckpointOnClose, 1, out _);

    /// <summary>Makes one file of it that needs nothing beside it.</summary>
    public void KeepNoLog() => Execute("PRAGMA journal_mode=DELETE;");

    public void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw Fault(code);
        }
    }

    [SuppressMessage("Usage", "CA2213", Justification = "SQLitePCL disposes by sqlite3_close_v2.")]
    public void Dispose() => raw.sqlite3_close_v2(handle);

    private static Database Open(string path, int flags)
    {
        NativeSqlite.Use();
        var code = raw.sqlite3_open_v2(path, out var handle, flags | raw.SQLITE_OPEN_NOMUTEX, null);
        var database = new Database(handle);
        try
        {
            database.Check(code);
            raw.sqlite3_extended_result_codes(handle, 1);
            raw.sqlite3_busy_timeout(handle, 5000);

            // Never on its own: see the remark on the type. cell_size_check finds damaged pages before they are used.
            raw.sqlite3_wal_autocheckpoint(handle, 0);
            database.Execute("PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA cache_size=-4096;");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private SqliteFaultException Fault(int code) => new(code, raw.sqlite3_errmsg(handle).utf8_to_string() ?? "");
}
