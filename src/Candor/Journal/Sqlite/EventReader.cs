using System.Text;
using SQLitePCL;

namespace Candor.Journal.Sqlite;

/// <summary>Reads pages of events through one connection and verifies each one before it is handed on.</summary>
internal sealed class EventReader(Database database, bool owns = false) : IDisposable
{
    private const int SlabBytes = 64 * 1024;

    // Behind the predecessor, whose hash the first event is checked against; hence >= and one row more.
    private readonly sqlite3_stmt select = database.Prepare(
        "SELECT " + EventRow.Columns + " FROM event WHERE position >= ?1 ORDER BY position LIMIT ?2;");

    private readonly Dictionary<string, string> kinds = new(StringComparer.Ordinal);
    private byte[] slab = [];
    private int used;

    /// <summary>A reader with a read-only connection of its own.</summary>
    public static EventReader Open(string path)
    {
        var database = Database.OpenReader(path);
        try
        {
            return new(database, owns: true);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Up to <paramref name="max"/> events behind a position. <paramref name="head"/> is what must exist: an end before
    /// it is damage. Good events before a damaged one are returned; the next call then throws.
    /// </summary>
    public IReadOnlyList<Envelope> Read(Position after, int max, Position head)
    {
        if (after >= head || max <= 0)
        {
            return [];
        }

        var wanted = (int)Math.Min(max, head.Value - after.Value);
        var page = new List<Envelope>(wanted);
        try
        {
            ReadInto(page, after, wanted);
        }
        catch (JournalCorruptException) when (page.Count > 0)
        {
            return page;
        }
        catch (SqliteFaultException fault) when (fault.IsCorrupt)
        {
            return page.Count > 0
                ? page
                : throw new JournalCorruptException(after.Next, $"the file cannot be read there: {fault.Message}", fault);
        }
        finally
        {
            raw.sqlite3_reset(select);
        }

        return page;
    }

    public void Dispose()
    {
        select.Dispose();
        if (owns)
        {
            database.Dispose();
        }
    }

    private void ReadInto(List<Envelope> page, Position after, int wanted)
    {
        var place = after.Next;
        var previous = ChainHash.Genesis;
        raw.sqlite3_bind_int64(select, 1, Math.Max(after.Value, 1));
        raw.sqlite3_bind_int64(select, 2, after == Position.Start ? wanted : wanted + 1);
        if (after > Position.Start)
        {
            previous = Predecessor(after);
        }

        while (page.Count < wanted)
        {
            if (!database.Step(select))
            {
                throw new JournalCorruptException(place, "it is missing, though the journal had reached further.");
            }

            var row = new EventRow(select.DangerousGetHandle());
            if (row.FaultBehind(place, previous) is { } fault)
            {
                throw new JournalCorruptException(place, fault);
            }

            previous = row.Hash;
            place = place.Next;
            page.Add(ToEnvelope(row));
        }
    }

    private ChainHash Predecessor(Position after)
    {
        if (!database.Step(select))
        {
            throw new JournalCorruptException(after, "it is missing, though the journal had reached further.");
        }

        // Its own checksum is looked at, so that a worn hash is blamed on its own event and not on the next.
        var row = new EventRow(select.DangerousGetHandle());
        var fault = row.Position == after ? row.OwnFault() : "it is missing.";
        return fault is null ? row.Hash : throw new JournalCorruptException(after, fault);
    }

    private Envelope ToEnvelope(in EventRow row)
    {
        var stamp = row.Stamp;
        return new(
            row.Position, KindOf(row.Kind), Keep(row.Body), stamp.OccurredAt, stamp.ArrivedAt, stamp.CommittedAt, row.Hash);
    }

    /// <summary>A journal has few kinds and many events: each name is made once.</summary>
    private string KindOf(ReadOnlySpan<byte> utf8)
    {
        Span<char> letters = stackalloc char[256];
        if (utf8.Length > letters.Length)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        var name = letters[..Encoding.UTF8.GetChars(utf8, letters)];
        var known = kinds.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!known.TryGetValue(name, out var kind))
        {
            kind = name.ToString();
            kinds[kind] = kind;
        }

        return kind;
    }

    /// <summary>Small bodies share an array: a page of events is a few allocations, not thousands.</summary>
    private ReadOnlyMemory<byte> Keep(ReadOnlySpan<byte> body)
    {
        if (body.Length > SlabBytes / 4)
        {
            return body.ToArray();
        }

        if (body.Length > slab.Length - used)
        {
            slab = GC.AllocateUninitializedArray<byte>(SlabBytes);
            used = 0;
        }

        body.CopyTo(slab.AsSpan(used));
        used += body.Length;
        return slab.AsMemory(used - body.Length, body.Length);
    }
}
