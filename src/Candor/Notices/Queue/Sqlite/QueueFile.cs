using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Candor.Journal;
using Candor.Journal.Sqlite;
using Candor.Notices.Streams;
using Candor.State;
using SQLitePCL;

namespace Candor.Notices.Queue.Sqlite;

/// <summary>One queue file on the one thread that may use it. Every row has a checksum over its key and its body.</summary>
internal sealed class QueueFile : IDisposable
{
    private const int ChangesPerCheckpoint = 20_000;
    private const int OnStackMost = 128;

    private readonly Database database;
    private readonly Statement put;
    private readonly Statement mark;
    private readonly Statement ofTopic;
    private readonly Statement forget;

    /// <summary>A row as it is about to be stored. One for all of them: a crowd is three rows for each notice, one after the other.</summary>
    private readonly ArrayBufferWriter<byte> written = new();
    private readonly Utf8JsonWriter writer;
    private int unmoved = 1;
    private bool isShut;

    public QueueFile(Database database)
    {
        (this.database, writer) = (database, new(written));
        QueueSchema.Prepare(database);
        put = new(database, "INSERT OR REPLACE INTO stream (topic, subscriber, checksum, settled, body) VALUES (?1, ?2, ?3, ?4, ?5);");
        mark = new(database, "INSERT OR REPLACE INTO mark (id, position, checksum) VALUES (1, ?1, ?2);");
        ofTopic = new(database, "SELECT topic, subscriber, checksum, body FROM stream WHERE topic = ?1 AND subscriber > ?2 ORDER BY subscriber LIMIT ?3;");
        forget = new(database, "DELETE FROM stream WHERE topic = ?1 AND subscriber = ?2;");
    }

    public Position Load(Action<NoticeStream> each)
    {
        if (database.Text("PRAGMA quick_check(1);") is not "ok" and var fault)
        {
            throw new QueueDamagedException($"The file is damaged: {fault}.");
        }

        using (var all = new Statement(database, "SELECT topic, subscriber, checksum, body FROM stream;"))
        {
            all.Each(row =>
            {
                each(Read(row));
                return true;
            });
        }

        var done = Position.Start;
        using var place = new Statement(database, "SELECT position, checksum FROM mark;");
        place.Each(row =>
        {
            done = new(raw.sqlite3_column_int64(row, 0));
            return raw.sqlite3_column_int64(row, 1) == Checksum(done)
                ? true
                : throw new QueueDamagedException("The place in the journal cannot be believed.");
        });
        return done;
    }

    public void Write(IReadOnlyCollection<NoticeStream> streams, Position? done)
    {
        database.Execute("BEGIN IMMEDIATE;");
        foreach (var stream in streams)
        {
            written.ResetWrittenCount();
            writer.Reset();
            JsonSerializer.Serialize(writer, stream, QueueJson.Default.NoticeStream);
            put.Text(1, stream.Topic.Value).Text(2, stream.Subscriber.Value)
                .Numbered(3, Checksum(stream.Topic.Value, stream.Subscriber.Value, written.WrittenSpan))
                .Numbered(4, stream.HasPending ? long.MaxValue : Settled(stream)).Blob(5, written.WrittenSpan).Finish();
        }

        if (done is { } position)
        {
            mark.Run(position.Value, Checksum(position));
        }

        database.Execute("COMMIT;");
        Changed(streams.Count);
    }

    public QueuePage Read(QueueQuestion asked)
    {
        var (streams, looked, last) = (new List<NoticeStream>(), 0, default(SubscriberId));
        ofTopic.Text(1, asked.Topic.Value).Text(2, asked.After?.Value ?? "").Numbered(3, asked.Most).Each(row =>
        {
            (looked, last) = (looked + 1, new(Text(row, 1)));
            if (asked.Wanted?.Invoke(last) ?? true)
            {
                streams.Add(Read(row));
            }

            return true;
        });
        return new(streams, looked == asked.Most ? last : null);
    }

    public void Forget(IReadOnlyCollection<StreamKey> streams)
    {
        database.Execute("BEGIN IMMEDIATE;");
        foreach (var key in streams)
        {
            forget.Text(1, key.Topic.Value).Text(2, key.Subscriber.Value).Finish();
        }

        database.Execute("COMMIT;");
        Changed(streams.Count);
    }

    public void WhenIdle()
    {
        if (!isShut)
        {
            Checkpoint();
        }
    }

    /// <summary>Moves the log into the file while nobody waits.</summary>
    private void Checkpoint()
    {
        if (unmoved > 0 && database.Checkpoint(raw.SQLITE_CHECKPOINT_PASSIVE))
        {
            unmoved = 0;
        }
    }

    /// <summary>After a failed write the next opening recovers from what is really on disk.</summary>
    public void LeaveLog() => database.LeaveLogOnClose();

    public void Dispose()
    {
        if (isShut)
        {
            return;
        }

        isShut = true;
        put.Dispose();
        mark.Dispose();
        ofTopic.Dispose();
        forget.Dispose();
        writer.Dispose();
        database.Dispose();
    }

    private void Changed(int changes)
    {
        unmoved += changes;
        if (unmoved >= ChangesPerCheckpoint)
        {
            Checkpoint();
        }
    }

    private static NoticeStream Read(sqlite3_stmt row)
    {
        var (topic, subscriber) = (Text(row, 0), Text(row, 1));
        var body = raw.sqlite3_column_blob(row, 3);
        if (raw.sqlite3_column_int64(row, 2) != Checksum(topic, subscriber, body))
        {
            throw new QueueDamagedException($"The row of {topic} and subscriber {subscriber} is damaged.");
        }

        try
        {
            return JsonSerializer.Deserialize(body, QueueJson.Default.NoticeStream) ?? throw new JsonException("null");
        }
        catch (JsonException fault)
        {
            throw new QueueDamagedException($"The row of {topic} and subscriber {subscriber} cannot be read.", fault);
        }
    }

    private static long Settled(NoticeStream stream) =>
        stream.Pieces.Aggregate(0L, static (latest, piece) => Math.Max(latest, (piece.SettledAt ?? piece.At).UtcTicks));

    private static long Checksum(Position position) =>
        Checksum("mark", position.Value.ToString(CultureInfo.InvariantCulture), []);

    private static long Checksum(string first, string second, ReadOnlySpan<byte> body)
    {
        var crc = Add(Add(uint.MaxValue, first), [0]);
        crc = Add(Add(crc, second), [0]);
        return ~Add(crc, body);
    }

    private static uint Add(uint crc, string text)
    {
        Span<byte> bytes = text.Length <= OnStackMost ? stackalloc byte[Encoding.UTF8.GetMaxByteCount(OnStackMost)] : new byte[Encoding.UTF8.GetByteCount(text)];
        return Add(crc, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
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
