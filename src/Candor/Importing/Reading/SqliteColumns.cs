using System.Globalization;

namespace Candor.Importing.Reading;

/// <summary>
/// The columns of a table, taken from the statement that made it. Rows that were written before a column was added are
/// shorter: the column's default stands for what they lack.
/// </summary>
internal sealed class SqliteColumns
{
    private readonly Dictionary<string, int> places = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<object?> defaults = [];
    private int rowIdAt = -1;

    public List<string> Names { get; } = [];

    public static SqliteColumns Of(string sql)
    {
        var columns = new SqliteColumns();
        var opens = sql.IndexOf('(', StringComparison.Ordinal);
        foreach (var definition in opens < 0 ? [] : Split(sql.AsSpan(opens + 1)))
        {
            columns.Add(definition);
        }

        return columns;
    }

    public object? Value(string name, List<object?> row, long rowId) =>
        !places.TryGetValue(name, out var place) ? null
        : place == rowIdAt ? rowId
        : place < row.Count ? row[place] : defaults[place];

    private void Add(string definition)
    {
        var name = Name(definition, out var rest);
        if (name.Length == 0 || (definition[0] is not ('"' or '`' or '[' or '\'')
            && name.ToUpperInvariant() is "PRIMARY" or "FOREIGN" or "UNIQUE" or "CHECK" or "CONSTRAINT"))
        {
            return;
        }

        if (places.TryAdd(name, Names.Count))
        {
            Names.Add(name);
            defaults.Add(Default(rest));
            var upper = rest.ToUpperInvariant().TrimStart();
            rowIdAt = upper.StartsWith("INTEGER", StringComparison.Ordinal) && upper.Contains("PRIMARY KEY", StringComparison.Ordinal) ? Names.Count - 1 : rowIdAt;
        }
    }

    private static object? Default(string rest)
    {
        var at = rest.IndexOf("DEFAULT", StringComparison.OrdinalIgnoreCase);
        var word = at < 0 ? "" : rest[(at + 7)..].TrimStart(' ', '(').Split([' ', ')', ',', '\n'], 2)[0];
        return word is ['\'' or '"', .., '\'' or '"'] ? word[1..^1]
            : long.TryParse(word, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number
            : word.ToUpperInvariant() switch { "TRUE" => 1L, "FALSE" => 0L, _ => null };
    }

    private static string Name(string definition, out string rest)
    {
        var close = definition[0] switch { '"' => '"', '`' => '`', '[' => ']', '\'' => '\'', _ => ' ' };
        var end = close == ' ' ? definition.AsSpan().IndexOfAny(" \t\r\n(") : definition.IndexOf(close, 1);
        end = end < 0 ? definition.Length : end;
        rest = end < definition.Length ? definition[(end + 1)..] : "";
        return close == ' ' ? definition[..end] : definition[1..end];
    }

    /// <summary>The parts between commas, as far as the bracket that closes; brackets and quotes within are left alone.</summary>
    private static List<string> Split(ReadOnlySpan<char> inside)
    {
        var (parts, depth, start, quote) = (new List<string>(), 0, 0, '\0');
        for (var i = 0; i < inside.Length; i++)
        {
            var c = inside[i];
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '\'' or '"' or '`' or '[')
            {
                quote = c == '[' ? ']' : c;
            }
            else if (c == '(')
            {
                depth++;
            }
            else if ((c == ',' && depth == 0) || (c == ')' && depth-- == 0))
            {
                Add(inside[start..i]);
                start = i + 1;
                if (c == ')')
                {
                    break;
                }
            }
        }

        return parts;

        void Add(ReadOnlySpan<char> part)
        {
            if (part.Trim() is { Length: > 0 } said)
            {
                parts.Add(said.ToString());
            }
        }
    }
}
