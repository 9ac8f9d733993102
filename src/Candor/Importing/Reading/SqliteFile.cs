using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Candor.Importing.Reading;

/// <summary>
/// Reads the tables of an SQLite file from its bytes, by the published file format: no library looks at a file that others
/// wrote, nothing is opened, and every step is bounded by the file's own size. Rows come out as JSON, so that a database and
/// a backup in JSON are read by the same code.
/// </summary>
internal sealed class SqliteFile
{
    private const int PayloadMax = 16 * 1024 * 1024;
    private const long ChainedMax = 512L * 1024 * 1024;

    private readonly ReadOnlyMemory<byte> bytes;
    private readonly int pageSize;
    private readonly int usable;
    private readonly Encoding encoding;
    private readonly Dictionary<string, (long Root, SqliteColumns Columns)> tables = new(StringComparer.OrdinalIgnoreCase);

    private SqliteFile(ReadOnlyMemory<byte> bytes)
    {
        var head = bytes.Span;
        pageSize = BinaryPrimitives.ReadUInt16BigEndian(head[16..]) is 1 ? 65_536 : BinaryPrimitives.ReadUInt16BigEndian(head[16..]);
        usable = pageSize - head[20];
        encoding = BinaryPrimitives.ReadInt32BigEndian(head[56..]) switch { 2 => Encoding.Unicode, 3 => Encoding.BigEndianUnicode, _ => Encoding.UTF8 };
        this.bytes = bytes;
    }

    /// <summary>A few pages may claim to be the continuation of many rows: what chains may add up to is bounded as a whole.</summary>
    private long chained;

    /// <summary>Where the walk had to leave something out: a damaged page, a row that points outside.</summary>
    public int Damaged { get; private set; }

    public static bool Is(SourceFile file) => file.Bytes.Span.StartsWith("SQLite format 3\0"u8);

    /// <summary>Null where the head is not one that a database can have.</summary>
    public static SqliteFile? Open(SourceFile file)
    {
        if (!Is(file) || file.Bytes.Length < 512)
        {
            return null;
        }

        var database = new SqliteFile(file.Bytes);
        if (database.pageSize < 512 || (database.pageSize & (database.pageSize - 1)) != 0 || database.usable < 480)
        {
            return null;
        }

        foreach (var (_, row) in database.Walk(1))
        {
            if (row.Count >= 5 && row[0] is "table" && row[1] is string name && row[3] is long root && row[4] is string sql)
            {
                database.tables.TryAdd(name, (root, SqliteColumns.Of(sql)));
            }
        }

        return database;
    }

    public bool Has(string table) => tables.ContainsKey(table);

    /// <summary>The rows of a table as JSON objects; none where there is no such table.</summary>
    /// <param name="keep">Looks at the columns in their order before a row is built.</param>
    public IEnumerable<SourceValue> Rows(string table, Func<Func<string, object?>, bool>? keep = null)
    {
        if (!tables.TryGetValue(table, out var found))
        {
            yield break;
        }

        foreach (var (rowId, row) in Walk(found.Root))
        {
            object? Column(string name) => found.Columns.Value(name, row, rowId);
            if (keep is null || keep(Column))
            {
                yield return Json(found.Columns, row, rowId);
            }
        }
    }

    private static SourceValue Json(SqliteColumns columns, List<object?> row, long rowId)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var name in columns.Names)
            {
                switch (columns.Value(name, row, rowId))
                {
                    case string text: json.WriteString(name, text); break;
                    case long number: json.WriteNumber(name, number); break;
                    case double number when double.IsFinite(number): json.WriteNumber(name, number); break;
                    default: json.WriteNull(name); break;
                }
            }

            json.WriteEndObject();
        }

        return SourceJson.Inner(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    /// <summary>The rows of a table's tree, depth first. No page is entered twice, so a circle ends.</summary>
    private IEnumerable<(long RowId, List<object?> Row)> Walk(long root)
    {
        var (waiting, seen) = (new Stack<long>([root]), new HashSet<long>());
        while (waiting.TryPop(out var number))
        {
            if (!seen.Add(number) || Page(number) is not { } page)
            {
                Damaged++;
                continue;
            }

            var head = number == 1 ? 100 : 0;
            var kind = page.Span[head];
            var cells = BinaryPrimitives.ReadUInt16BigEndian(page.Span[(head + 3)..]);
            var array = head + (kind == 5 ? 12 : 8);
            if (kind is not (5 or 13) || array + (2 * cells) > page.Length)
            {
                Damaged++;
                continue;
            }

            if (kind == 5)
            {
                waiting.Push(BinaryPrimitives.ReadUInt32BigEndian(page.Span[(head + 8)..]));
                for (var i = cells - 1; i >= 0; i--)
                {
                    var at = BinaryPrimitives.ReadUInt16BigEndian(page.Span[(array + (2 * i))..]);
                    waiting.Push(at + 4 <= page.Length ? BinaryPrimitives.ReadUInt32BigEndian(page.Span[at..]) : 0);
                }

                continue;
            }

            for (var i = 0; i < cells; i++)
            {
                if (Cell(page, BinaryPrimitives.ReadUInt16BigEndian(page.Span[(array + (2 * i))..])) is { } row)
                {
                    yield return row;
                }
                else
                {
                    Damaged++;
                }
            }
        }
    }

    private ReadOnlyMemory<byte>? Page(long number)
    {
        // Not one conditional expression: there a bare null becomes an empty page, because an array converts to memory.
        if (number < 1 || number > bytes.Length / pageSize)
        {
            return null;
        }

        return bytes.Slice((int)((number - 1) * pageSize), pageSize);
    }

    private (long RowId, List<object?> Row)? Cell(ReadOnlyMemory<byte> page, int at)
    {
        if (at >= page.Length || Varint(page.Span, ref at) is not { } length || Varint(page.Span, ref at) is not { } rowId || length is < 0 or > PayloadMax)
        {
            return null;
        }

        return Payload(page, at, (int)length) is { } payload && Record(payload.Span) is { } row ? (rowId, row) : null;
    }

    /// <summary>What did not fit into the page goes on in a chain of others.</summary>
    private ReadOnlyMemory<byte>? Payload(ReadOnlyMemory<byte> page, int at, int length)
    {
        var (most, least) = (usable - 35, ((usable - 12) * 32 / 255) - 23);
        var wanted = least + ((length - least) % (usable - 4));
        var local = length <= most ? length : wanted <= most ? wanted : least;
        if (at + local > page.Length)
        {
            return null;
        }

        if (local == length)
        {
            return page.Slice(at, length);
        }

        if (at + local + 4 > page.Length || length > bytes.Length || (chained += length) > ChainedMax)
        {
            return null;
        }

        var whole = new byte[length];
        page.Slice(at, local).CopyTo(whole);
        long next = BinaryPrimitives.ReadUInt32BigEndian(page.Span[(at + local)..]);
        for (var filled = local; filled < length;)
        {
            if (Page(next) is not { } more)
            {
                return null;
            }

            var part = Math.Min(usable - 4, length - filled);
            more.Slice(4, part).CopyTo(whole.AsMemory(filled));
            filled += part;
            next = BinaryPrimitives.ReadUInt32BigEndian(more.Span);
        }

        return whole;
    }

    private List<object?>? Record(ReadOnlySpan<byte> record)
    {
        var at = 0;
        if (Varint(record, ref at) is not { } headLength || headLength < at || headLength > record.Length)
        {
            return null;
        }

        var (values, body) = (new List<object?>(), (int)headLength);
        while (at < headLength)
        {
            if (Varint(record, ref at) is not { } type || type < 0 || Size(type) > record.Length - body)
            {
                return null;
            }

            var size = (int)Size(type);
            values.Add(Value(type, record.Slice(body, size)));
            body += size;
        }

        return values;
    }

    private static long Size(long type) => type switch { <= 4 => type, 5 => 6, 6 or 7 => 8, < 12 => 0, _ => (type - 12) / 2 };

    private object? Value(long type, ReadOnlySpan<byte> value)
    {
        switch (type)
        {
            case 0: return null;
            case 7: return BinaryPrimitives.ReadDoubleBigEndian(value);
            case 8 or 9: return type - 8;
            case <= 6:
                long number = (sbyte)value[0];
                foreach (var b in value[1..])
                {
                    number = (number << 8) | b;
                }

                return number;
            default: return type >= 13 && type % 2 == 1 ? encoding.GetString(value) : null;
        }
    }

    private static long? Varint(ReadOnlySpan<byte> from, ref int at)
    {
        long value = 0;
        for (var i = 0; i < 9 && at < from.Length; i++)
        {
            var b = from[at++];
            if (i == 8)
            {
                return (value << 8) | (long)b;
            }

            value = (value << 7) | (b & 0x7FL);
            if ((b & 0x80) == 0)
            {
                return value;
            }
        }

        return null;
    }
}
