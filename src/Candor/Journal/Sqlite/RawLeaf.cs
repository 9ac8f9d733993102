using System.Buffers.Binary;
using System.Text;

namespace Candor.Journal.Sqlite;

/// <summary>
/// The events on one page of the table, read without SQLite. Nothing found here is believed: whoever takes an event
/// compares its checksum and its chain. Whatever does not fit the format is passed over.
/// </summary>
internal static class RawLeaf
{
    private const byte TableLeaf = 0x0D;
    private const int PageHeader = 8;
    private const int PayloadMax = 17 * 1024 * 1024;
    private const int ColumnCount = 8;

    /// <summary>The position of the page's first row, or null where the page is no leaf of a table.</summary>
    public static long? FirstPosition(ReadOnlySpan<byte> page)
    {
        if (page[0] != TableLeaf || CellCount(page) == 0 || Cell(page, 0) is not { Length: > 0 } cell)
        {
            return null;
        }

        return TryVarint(ref cell, out _) && TryVarint(ref cell, out var position) ? position : null;
    }

    public static IEnumerable<Envelope> Events(RawPages pages, byte[] page)
    {
        for (var i = 0; i < CellCount(page); i++)
        {
            if (Read(pages, page, i) is { } found)
            {
                yield return found;
            }
        }
    }

    private static int CellCount(ReadOnlySpan<byte> page) =>
        Math.Min(BinaryPrimitives.ReadUInt16BigEndian(page[3..]), (page.Length - PageHeader) / 2);

    private static ReadOnlySpan<byte> Cell(ReadOnlySpan<byte> page, int index)
    {
        var start = BinaryPrimitives.ReadUInt16BigEndian(page[(PageHeader + (2 * index))..]);
        return start < page.Length ? page[start..] : [];
    }

    private static Envelope? Read(RawPages pages, ReadOnlySpan<byte> page, int index)
    {
        var cell = Cell(page, index);
        return TryVarint(ref cell, out var length) && TryVarint(ref cell, out var position)
            && length is > 0 and < PayloadMax && Payload(pages, cell, (int)length) is { } payload
                ? Parse(new(position), payload)
                : null;
    }

    /// <summary>What fits is on the page; the rest is on a list of overflow pages.</summary>
    private static byte[]? Payload(RawPages pages, ReadOnlySpan<byte> cell, int length)
    {
        var usable = pages.PageSize;
        var local = length;
        if (length > usable - 35)
        {
            var least = ((usable - 12) * 32 / 255) - 23;
            var fitting = least + ((length - least) % (usable - 4));
            local = fitting <= usable - 35 ? fitting : least;
        }

        if (cell.Length < local + (local < length ? 4 : 0))
        {
            return null;
        }

        var payload = new byte[length];
        cell[..local].CopyTo(payload);
        var overflow = new byte[usable];
        for (var next = local < length ? BinaryPrimitives.ReadUInt32BigEndian(cell[local..]) : 0; local < length;)
        {
            if (!pages.TryRead(next, overflow))
            {
                return null;
            }

            var part = Math.Min(length - local, usable - 4);
            overflow.AsSpan(4, part).CopyTo(payload.AsSpan(local));
            local += part;
            next = BinaryPrimitives.ReadUInt32BigEndian(overflow);
        }

        return payload;
    }

    private static Envelope? Parse(Position position, ReadOnlySpan<byte> payload)
    {
        var types = payload;
        if (!TryVarint(ref types, out var header) || header > payload.Length)
        {
            return null;
        }

        types = types[..(int)(header - (payload.Length - types.Length))];
        var content = payload[(int)header..];
        Span<(int Start, int Length, long Type)> columns = stackalloc (int, int, long)[ColumnCount];
        var at = 0;
        for (var i = 0; i < ColumnCount; i++)
        {
            if (!TryVarint(ref types, out var type) || LengthOf(type) is not { } length || length > content.Length - at)
            {
                return null;
            }

            columns[i] = (at, (int)length, type);
            at += (int)length;
        }

        return ToEnvelope(position, content, columns);
    }

    private static Envelope? ToEnvelope(
        Position position, ReadOnlySpan<byte> content, ReadOnlySpan<(int Start, int Length, long Type)> columns)
    {
        var (occurred, arrived, committed) =
            (Number(content, columns[2]), Number(content, columns[3]), Number(content, columns[4]));
        if (columns[6].Length != ChainHash.Size || !IsTime(occurred) || !IsTime(arrived) || !IsTime(committed))
        {
            return null;
        }

        var kind = content.Slice(columns[1].Start, columns[1].Length);
        var hash = ChainHash.From(content.Slice(columns[6].Start, ChainHash.Size));
        var body = content.Slice(columns[7].Start, columns[7].Length);
        var stamp = new Stamp(position, Time(occurred), Time(arrived), Time(committed));
        return Chain.Checksum(stamp, kind, body, hash) == Number(content, columns[5])
            ? new(position, Encoding.UTF8.GetString(kind), body.ToArray(), stamp.OccurredAt, stamp.ArrivedAt, stamp.CommittedAt, hash)
            : null;
    }

    private static bool IsTime(long ticks) => ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks;

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);

    private static long? LengthOf(long type) => type switch
    {
        0 or 8 or 9 => 0,
        >= 1 and <= 4 => type,
        5 => 6,
        6 or 7 => 8,
        >= 12 and < 2L * PayloadMax => (type - 12) / 2,
        _ => null,
    };

    private static long Number(ReadOnlySpan<byte> content, (int Start, int Length, long Type) column)
    {
        if (column.Type is 8 or 9)
        {
            return column.Type - 8;
        }

        // Big-endian, sign in the first byte.
        var value = 0L;
        for (var i = 0; i < Math.Min(column.Length, 8); i++)
        {
            var next = content[column.Start + i];
            value = i == 0 ? (sbyte)next : (value << 8) | next;
        }

        return value;
    }

    private static bool TryVarint(ref ReadOnlySpan<byte> from, out long value)
    {
        value = 0;
        for (var i = 0; i < Math.Min(from.Length, 9); i++)
        {
            var next = from[i];
            value = i == 8 ? (value << 8) | next : (value << 7) | (uint)(next & 0x7F);
            if (i == 8 || next < 0x80)
            {
                from = from[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
