using System.Text;

namespace Candor.Importing.Reading;

/// <summary>
/// What a page of a JavaScript framework carries in its HTML: a data island (<c>script</c> with JSON inside) or flight
/// data, strings that are cut anywhere and, joined, are rows of JSON and of long texts.
/// </summary>
internal sealed class EmbeddedPages
{
    private const string Push = "self.__next_f.push([1,\"";

    private readonly Dictionary<string, string> texts = [];

    private EmbeddedPages(List<SourceValue> roots) => Roots = roots;

    /// <summary>The JSON that was found, in the order of the page.</summary>
    public List<SourceValue> Roots { get; }

    public static EmbeddedPages Read(SourceFile file)
    {
        var page = new EmbeddedPages([]);
        page.Islands(file.Text);
        page.Flight(Encoding.UTF8.GetBytes(Joined(file.Text)));
        return page;
    }

    /// <summary>Every object on the page, whatever it lies in.</summary>
    public IEnumerable<SourceValue> Objects() => Roots.SelectMany(Walk);

    /// <summary>A text as it was meant: long ones stand in a row of their own, and a dollar sign is doubled.</summary>
    public string? Text(SourceValue value) => value.Text switch
    {
        ['$', '$', ..] doubled => doubled[1..],
        ['$', _, ..] reference => texts.GetValueOrDefault(reference[1..]),
        var text => text,
    };

    public static IEnumerable<SourceValue> Walk(SourceValue root)
    {
        var waiting = new Stack<SourceValue>([root]);
        while (waiting.TryPop(out var next))
        {
            if (next.IsObject)
            {
                yield return next;
            }

            foreach (var inner in next.Values.Where(v => v.IsObject || v.IsList).Reverse())
            {
                waiting.Push(inner);
            }
        }
    }

    private void Islands(string html)
    {
        for (var at = 0; (at = html.IndexOf("application/json", at, StringComparison.Ordinal)) >= 0;)
        {
            var opens = html.IndexOf('>', at);
            var closes = opens < 0 ? -1 : html.IndexOf("</script", opens, StringComparison.OrdinalIgnoreCase);
            if (closes < 0)
            {
                return;
            }

            if (html[(opens + 1)..closes].Trim() is ['{' or '[', ..] island && SourceJson.Inner(island) is { Says: true } root)
            {
                Roots.Add(root);
            }

            at = closes;
        }
    }

    private static string Joined(string html)
    {
        var joined = new StringBuilder();
        for (var at = 0; (at = html.IndexOf(Push, at, StringComparison.Ordinal)) >= 0;)
        {
            var start = at + Push.Length;
            var end = start;
            while (end < html.Length && html[end] != '"')
            {
                end += html[end] == '\\' ? 2 : 1;
            }

            if (end >= html.Length)
            {
                break;
            }

            joined.Append(SourceJson.Inner($"\"{html[start..end]}\"").Text);
            at = end;
        }

        return joined.ToString();
    }

    /// <summary>Rows: <c>id:json</c> up to a line feed, or <c>id:Tlength,text</c> with the length in bytes, in hexadecimal.</summary>
    private void Flight(ReadOnlySpan<byte> rows)
    {
        while (rows.Length > 0)
        {
            var end = rows.IndexOf((byte)'\n') is >= 0 and var feed ? feed : rows.Length;
            var colon = rows[..end].IndexOf((byte)':');
            var comma = rows[..end].IndexOf((byte)',');
            if (colon is >= 0 and < 20 && colon + 1 < end && rows[colon + 1] == 'T' && comma > colon
                && int.TryParse(rows[(colon + 2)..comma], System.Globalization.NumberStyles.HexNumber, null, out var length)
                && length >= 0 && length <= rows.Length - comma - 1)
            {
                texts[Encoding.UTF8.GetString(rows[..colon])] = Encoding.UTF8.GetString(rows.Slice(comma + 1, length));
                rows = rows[(comma + 1 + length)..];
                continue;
            }

            if (colon is >= 0 and < 20 && rows[(colon + 1)..end] is [(byte)'[' or (byte)'{', ..] json
                && SourceJson.Inner(Encoding.UTF8.GetString(json)) is { Says: true } root)
            {
                Roots.Add(root);
            }

            rows = rows[Math.Min(rows.Length, end + 1)..];
        }
    }
}
