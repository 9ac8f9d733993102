using System.Numerics;
using System.Text;
using System.Text.Json;
using Candor.Journal.Sqlite;
using SQLitePCL;

namespace Candor.Access.Sqlite;

/// <summary>people.db on the one thread that may use it. After a failed write the file is opened anew before the next.</summary>
internal sealed class PeopleFile(string path) : IDisposable
{
    private const int ChangesPerCheckpoint = 200;

    private Database? database;
    private Statement? put;
    private Statement? remove;
    private int unmoved;

    public IReadOnlyList<Entry> Read()
    {
        Open();
        var entries = new List<Entry>();
        using var select = new Statement(database!, "SELECT kind, key, checksum, body FROM entry ORDER BY kind, key;");
        select.Each(row =>
        {
            var (kind, key) = (Text(row, 0), Text(row, 1));
            var body = raw.sqlite3_column_blob(row, 3);
            if (raw.sqlite3_column_int64(row, 2) != Checksum(kind, key, body))
            {
                throw new IOException($"people.db is damaged at {kind} {key}. Restore it from a backup.");
            }

            if (TypeOf(kind) is { } type)
            {
                entries.Add(JsonSerializer.Deserialize(body, type, AccessJson.Default) as Entry
                    ?? throw new IOException($"people.db holds nothing at {kind} {key}. Restore it from a backup."));
            }

            return true;
        });
        return entries;
    }

    public void Write(IReadOnlyList<RosterChange> changes)
    {
        Open();
        try
        {
            database!.Execute("BEGIN IMMEDIATE;");
            foreach (var (kind, key, now) in changes)
            {
                Write(kind, key, now);
            }

            database.Execute("COMMIT;");
            unmoved += changes.Count;
        }
        catch
        {
            // What reached the disk is not known, so the next write begins with what the file itself says.
            Close(leaveLog: true);
            throw;
        }

        if (unmoved >= ChangesPerCheckpoint)
        {
            Checkpoint();
        }
    }

    /// <summary>Moves the log into the file while nobody waits.</summary>
    public void CheckpointWhenIdle()
    {
        if (unmoved > 0 && database is not null)
        {
            Checkpoint();
        }
    }

    public void Dispose() => Close(leaveLog: false);

    private void Write(string kind, string key, Entry? now)
    {
        if (now is null)
        {
            remove!.Text(1, kind).Text(2, key).Finish();
            return;
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(now, now.GetType(), AccessJson.Default);
        put!.Text(1, kind).Text(2, key).Numbered(3, Checksum(kind, key, body)).Blob(4, body).Finish();
    }

    private void Checkpoint()
    {
        try
        {
            unmoved = database!.Checkpoint(raw.SQLITE_CHECKPOINT_PASSIVE) ? 0 : unmoved;
        }
        catch (SqliteFaultException)
        {
            // Everything that was acknowledged is in the log; the next opening recovers from there.
            Close(leaveLog: true);
        }
    }

    private void Open()
    {
        if (database is not null)
        {
            return;
        }

        var opened = Database.OpenWriter(path);
        try
        {
            PeopleSchema.Prepare(opened);
            put = new(opened, "INSERT OR REPLACE INTO entry (kind, key, checksum, body) VALUES (?1, ?2, ?3, ?4);");
            remove = new(opened, "DELETE FROM entry WHERE kind = ?1 AND key = ?2;");
        }
        catch
        {
            opened.Dispose();
            throw;
        }

        (database, unmoved) = (opened, 1);
    }

    private void Close(bool leaveLog)
    {
        put?.Dispose();
        remove?.Dispose();
        if (leaveLog)
        {
            database?.LeaveLogOnClose();
        }

        database?.Dispose();
        (database, put, remove) = (null, null, null);
    }

    /// <summary>Null for a kind that a newer build added: kept where it lies, and of no effect here.</summary>
    private static Type? TypeOf(string kind) => Entry.Kinds.FirstOrDefault(known => known.Kind == kind).Type;

    private static long Checksum(string kind, string key, ReadOnlySpan<byte> body)
    {
        var crc = Add(Add(uint.MaxValue, Encoding.UTF8.GetBytes(kind)), [0]);
        crc = Add(Add(crc, Encoding.UTF8.GetBytes(key)), [0]);
        return ~Add(crc, body);
    }

    private static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var one in bytes)
        {
            crc = BitOperations.Crc32C(crc, one);
        }

        return crc;
    }

    private static string Text(sqlite3_stmt row, int column) => raw.sqlite3_column_text(row, column).utf8_to_string() ?? "";
}
