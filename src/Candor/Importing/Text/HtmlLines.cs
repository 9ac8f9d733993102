using System.Net;
using System.Text;

namespace Candor.Importing.Text;

/// <summary>
/// Turns copied HTML into the lines that a reader would see, as Markdown: a scanner that goes over the text once and
/// builds no tree, so that no nesting is too deep. What has no words (styles, scripts, pictures) is left out.
/// </summary>
internal static class HtmlLines
{
    private const int TagMax = 4096;

    private static readonly string[] Blocks =
        ["p", "div", "br", "ul", "ol", "table", "tr", "section", "article", "header", "footer", "blockquote", "dl", "dt", "dd", "hr", "time"];

    /// <summary>True where the first thing that is said is a tag of the web.</summary>
    public static bool Looks(ReadOnlySpan<string> lines)
    {
        foreach (var line in lines)
        {
            var text = line.AsSpan().TrimStart();
            if (text.Length == 0 || text.StartsWith("<!--"))
            {
                continue;
            }

            return text.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase)
                || (text[0] == '<' && Name(text[1..]) is { Length: > 0 } name && (IsKnown(name) || name is "html" or "body"));
        }

        return false;
    }

    public static IEnumerable<string> Flatten(string html)
    {
        var output = new StringBuilder(html.Length);
        string? link = null;
        for (var at = 0; at < html.Length;)
        {
            if (html[at] != '<')
            {
                var stop = html.IndexOf('<', at);
                stop = stop < 0 ? html.Length : stop;
                Words(output, html.AsSpan(at, stop - at));
                at = stop;
                continue;
            }

            at = Tag(html, at, output, ref link);
        }

        return output.ToString().Split('\n').Select(line => line.TrimEnd());
    }

    private static int Tag(string html, int at, StringBuilder output, ref string? link)
    {
        if (html.AsSpan(at).StartsWith("<!--"))
        {
            var over = html.IndexOf("-->", at + 4, StringComparison.Ordinal);
            return over < 0 ? html.Length : over + 3;
        }

        var closing = at + 1 < html.Length && html[at + 1] == '/';
        var name = Name(html.AsSpan(at + (closing ? 2 : 1))).ToString().ToLowerInvariant();
        var end = html.AsSpan(at, Math.Min(TagMax, html.Length - at)).IndexOf('>');
        if (name.Length == 0 || end < 0)
        {
            output.Append('<');
            return at + 1;
        }

        var tag = html.AsSpan(at, end);
        at += end + 1;
        if (!closing && name is "script" or "style" or "svg" or "head")
        {
            var over = html.IndexOf("</" + name, at, StringComparison.OrdinalIgnoreCase);
            return over < 0 ? html.Length : over;
        }

        Write(output, name, closing, tag, ref link);
        return at;
    }

    private static void Write(StringBuilder output, string name, bool closing, ReadOnlySpan<char> tag, ref string? link)
    {
        switch (name)
        {
            case "strong" or "b":
                output.Append("**");
                break;
            case "li":
                output.Append(closing ? "\n" : "\n- ");
                break;
            case ['h', >= '1' and <= '6']:
                output.Append(closing ? "\n\n" : "\n\n" + new string('#', name[1] - '0') + ' ');
                break;
            case "p":
                // A paragraph that begins a list item stands behind its dash.
                output.Append(closing || !EndsWith(output, "- ") ? "\n\n" : "");
                break;
            case "td" or "th":
                output.Append(closing ? " " : "");
                break;
            case "a" when !closing:
                link = Attribute(tag, "href");
                output.Append(link is null ? "" : "[");
                break;
            case "a" when link is not null:
                output.Append("](").Append(link).Append(')');
                link = null;
                break;
            default:
                output.Append(Array.IndexOf(Blocks, name) >= 0 && name != "time" ? "\n" : "");
                break;
        }
    }

    private static void Words(StringBuilder output, ReadOnlySpan<char> raw)
    {
        var text = WebUtility.HtmlDecode(raw.ToString());
        foreach (var letter in text)
        {
            var isSpace = letter is ' ' or '\n' or '\t' or '\r' or '\u00A0';
            if (!isSpace)
            {
                output.Append(letter);
            }
            else if (output.Length > 0 && output[^1] is not (' ' or '\n'))
            {
                output.Append(' ');
            }
        }
    }

    private static bool EndsWith(StringBuilder output, string end) =>
        output.Length >= end.Length && output.ToString(output.Length - end.Length, end.Length) == end;

    private static string? Attribute(ReadOnlySpan<char> tag, string name)
    {
        var at = tag.IndexOf(name + "=", StringComparison.OrdinalIgnoreCase);
        if (at < 0 || at + name.Length + 2 >= tag.Length)
        {
            return null;
        }

        var quote = tag[at + name.Length + 1];
        var value = tag[(at + name.Length + 2)..];
        var close = quote is '"' or '\'' ? value.IndexOf(quote) : -1;
        return close < 0 ? null : WebUtility.HtmlDecode(value[..close].ToString());
    }

    private static bool IsKnown(ReadOnlySpan<char> name)
    {
        foreach (var block in Blocks)
        {
            if (name.Equals(block, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return name is ['h' or 'H', >= '1' and <= '6'] || name is "strong" or "b" or "small" or "span" or "li" or "a" or "var" or "main" or "em";
    }

    private static ReadOnlySpan<char> Name(ReadOnlySpan<char> tag)
    {
        var length = 0;
        while (length < tag.Length && char.IsAsciiLetterOrDigit(tag[length]))
        {
            length++;
        }

        return length > 0 && char.IsAsciiLetter(tag[0]) ? tag[..length] : [];
    }
}
