using System.Collections.Immutable;

namespace Candor.Importing.Text;

/// <summary>
/// The block of keys that site generators put before a text, between "---" (YAML) or "+++" (TOML). Only flat keys and
/// lists are read: what a report of an incident needs, and nothing that could grow without bound.
/// </summary>
internal sealed record FrontMatter(ImmutableDictionary<string, ImmutableArray<string>> Fields)
{
    private const int LinesMax = 200;

    public static readonly FrontMatter None = new(ImmutableDictionary<string, ImmutableArray<string>>.Empty);

    public bool IsEmpty => Fields.IsEmpty;

    public string? this[string key] => Fields.TryGetValue(key, out var values) && values is [{ Length: > 0 } first, ..] ? first : null;

    public ImmutableArray<string> List(string key) => Fields.GetValueOrDefault(key, []);

    /// <summary>The block at the beginning, with its length in lines; none, and length 0, where there is none.</summary>
    public static FrontMatter Read(ReadOnlySpan<string> lines, out int length)
    {
        length = 0;
        if (lines.Length < 3 || lines[0].TrimEnd() is not ("---" or "+++") || Close(lines) is not { } close)
        {
            return None;
        }

        length = close + 1;
        var fields = new Dictionary<string, List<string>>(StringComparer.OrdinalIgnoreCase);
        List<string>? open = null;
        foreach (var line in lines[1..close])
        {
            open = Take(line, fields, open);
        }

        return new(fields.ToImmutableDictionary(f => f.Key, f => f.Value.ToImmutableArray(), StringComparer.OrdinalIgnoreCase));
    }

    private static int? Close(ReadOnlySpan<string> lines)
    {
        var mark = lines[0].TrimEnd();
        for (var at = 1; at < Math.Min(lines.Length, LinesMax); at++)
        {
            if (lines[at].TrimEnd() == mark)
            {
                return at;
            }
        }

        return null;
    }

    private static List<string>? Take(string line, Dictionary<string, List<string>> fields, List<string>? open)
    {
        var text = line.Trim();
        if (text.Length == 0 || text[0] is '#' or '[')
        {
            return open;
        }

        if (text.StartsWith("- ", StringComparison.Ordinal))
        {
            open?.Add(Unquoted(text[2..]));
            return open;
        }

        var sign = text.AsSpan().IndexOfAny(':', '=');
        if (sign <= 0 || char.IsWhiteSpace(line[0]) || text[..sign].Trim().Contains(' ', StringComparison.Ordinal))
        {
            if (open is [.., var last])
            {
                open[^1] = $"{last} {text}".Trim();
            }

            return open;
        }

        var values = new List<string>();
        var value = text[(sign + 1)..].Trim();
        if (value is ['[', .., ']'])
        {
            values.AddRange(value[1..^1].Split(',').Select(Unquoted).Where(item => item.Length > 0));
        }
        else if (value.Length > 0)
        {
            values.Add(Unquoted(value));
        }

        fields.TryAdd(text[..sign].Trim(), values);
        return fields[text[..sign].Trim()];
    }

    private static string Unquoted(string value)
    {
        var text = value.Trim();
        return text is ['"', .., '"'] or ['\'', .., '\''] ? text[1..^1] : text;
    }
}
