using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Candor.Journal.Sqlite;
using Candor.State;
using SQLitePCL;

namespace Candor.Notices.Subscribers.Sqlite;

/// <summary>subscribers.db on the one thread that may use it. What is taken away is overwritten.</summary>
internal sealed class ContactFile : IDisposable
{
    private const int FormatNow = 1;

    private const string Schema =
        """
        CREATE TABLE contact (
            subscriber TEXT PRIMARY KEY,
            checksum INTEGER NOT NULL,
            body BLOB NOT NULL) WITHOUT ROWID;
        PRAGMA application_id=0x43414E53;
        PRAGMA user_version=1;
        """;

    private readonly Database database;
    private readonly Statement put;
    private readonly Statement remove;

    public ContactFile(Database database)
    {
        this.database = database;
        database.Text("PRAGMA journal_mode=WAL;");
        database.Execute("PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;");
        var format = database.Number("PRAGMA user_version;");
        if (format > FormatNow)
        {
            throw new IOException(string.Create(CultureInfo.InvariantCulture,
                $"subscribers.db has format {format}; this build reads up to {FormatNow}. Use the build that wrote it."));
        }

        if (format == 0)
        {
            database.Execute("BEGIN IMMEDIATE;");
            database.Execute(Schema);
            database.Execute("COMMIT;");
        }

        put = new(database, "INSERT OR REPLACE INTO contact (subscriber, checksum, body) VALUES (?1, ?2, ?3);");
        remove = new(database, "DELETE FROM contact WHERE subscriber = ?1;");
    }

    public IReadOnlyList<(SubscriberId Id, SealedContact Contact)> Read()
    {
        var rows = new List<(SubscriberId, SealedContact)>();
        using var all = new Statement(database, "SELECT subscriber, checksum, body FROM contact;");
        all.Each(row =>
        {
            var id = raw.sqlite3_column_text(row, 0).utf8_to_string() ?? "";
            var body = raw.sqlite3_column_blob(row, 2);
            if (raw.sqlite3_column_int64(row, 1) != Checksum(id, body))
            {
                throw new IOException($"subscribers.db is damaged at {id}. Restore it from a backup.");
            }

            rows.Add((new(id), JsonSerializer.Deserialize(body, ContactJson.Default.SealedContact)
                ?? throw new IOException($"subscribers.db holds nothing at {id}. Restore it from a backup.")));
            return true;
        });
        return rows;
    }

    public void Write(IReadOnlyList<(SubscriberId Id, SealedContact? Contact)> changes)
    {
        database.Execute("BEGIN IMMEDIATE;");
        foreach (var (id, contact) in changes)
        {
            if (contact is null)
            {
                remove.Text(1, id.Value).Finish();
                continue;
            }

            var body = JsonSerializer.SerializeToUtf8Bytes(contact, ContactJson.Default.SealedContact);
            put.Text(1, id.Value).Numbered(2, Checksum(id.Value, body)).Blob(3, body).Finish();
        }

        database.Execute("COMMIT;");

        // What was forgotten must not lie in the log either.
        database.Checkpoint(raw.SQLITE_CHECKPOINT_TRUNCATE);
    }

    public void LeaveLog() => database.LeaveLogOnClose();

    public void Dispose()
    {
        put.Dispose();
        remove.Dispose();
        database.Dispose();
    }

    private static long Checksum(string id, ReadOnlySpan<byte> body)
    {
        var crc = uint.MaxValue;
        foreach (var one in Encoding.UTF8.GetBytes(id))
        {
            crc = BitOperations.Crc32C(crc, one);
        }

        crc = BitOperations.Crc32C(crc, (byte)0);
        foreach (var one in body)
        {
            crc = BitOperations.Crc32C(crc, one);
        }

        return ~crc;
    }
}
