using System.Net;
using System.Text;

namespace Candor.Importing.Reading;

/// <summary>
/// HTML to Markdown, for bodies. One pass over the text; what is not understood disappears, what is between the tags
/// stays, scripts and styles go with their contents.
/// </summary>
internal sealed class Markup
{
    private readonly string html;
    private readonly StringBuilder written = new();
    private readonly Stack<string> links = new();
    private bool blank;
    private bool verbatim;
    private bool unclosed;
    private int lists;

    private Markup(string html) => this.html = html;

    public static string ToMarkdown(string? html)
    {
        if (string.IsNullOrWhiteSpace(html))
        {
            return "";
        }

        return html.AsSpan().IndexOfAny('<', '&') < 0 ? SourceText.Body(html) : new Markup(html).Write();
    }

    /// <summary>Without any marks, on one line: for times and titles.</summary>
    public static string ToLine(string? html)
    {
        var (text, inTag) = (new StringBuilder(), false);
        foreach (var c in html ?? "")
        {
            inTag = c == '<' || (inTag && c != '>');
            if (!inTag && c != '>')
            {
                text.Append(c);
            }
            else if (c == '>')
            {
                text.Append(inTag ? "" : " ");
            }
        }

        return SourceText.Line(WebUtility.HtmlDecode(text.ToString())).Replace(" ,", ",", StringComparison.Ordinal);
    }

    private string Write()
    {
        var at = 0;
        while (at < html.Length)
        {
            var opens = html.IndexOf('<', at);
            Text(html[at..(opens < 0 ? html.Length : opens)]);
            if (opens < 0)
            {
                break;
            }

            at = Tag(opens);
        }

        return Tidy(written.ToString());
    }

    /// <summary>Handles the tag that begins here and answers where to go on.</summary>
    private int Tag(int opens)
    {
        if (html.AsSpan(opens).StartsWith("<!--"))
        {
            return html.IndexOf("-->", opens, StringComparison.Ordinal) is >= 0 and var end ? end + 3 : html.Length;
        }

        var begins = opens + 1 < html.Length && (char.IsAsciiLetter(html[opens + 1]) || html[opens + 1] is '/' or '!');
        var closes = begins && !unclosed ? html.IndexOf('>', opens) : -1;
        if (closes < 0)
        {
            unclosed |= begins; // looked for once, or a megabyte of openings would take an hour
            Text("<");
            return opens + 1;
        }

        var inside = html.AsSpan(opens + 1, closes - opens - 1);
        var ending = inside is ['/', ..];
        var rest = ending ? inside[1..] : inside;
        var length = rest.IndexOfAny(" \t\r\n/");
        var name = (length < 0 ? rest : rest[..length]).ToString().ToLowerInvariant();
        if (!ending && name is "script" or "style")
        {
            var over = html.IndexOf($"</{name}", closes, StringComparison.OrdinalIgnoreCase);
            return over < 0 ? html.Length : html.IndexOf('>', over) is >= 0 and var end ? end + 1 : html.Length;
        }

        Mark(name, ending, inside);
        return closes + 1;
    }

    private void Mark(string name, bool ending, ReadOnlySpan<char> inside)
    {
        switch (name)
        {
            case "br": Break("\n"); break;
            case "p" or "div" or "table" or "blockquote" or "section": Break("\n\n"); break;
            case "ul" or "ol":
                lists = Math.Clamp(lists + (ending ? -1 : 1), 0, 5);
                Break(lists > 1 || (ending && lists == 1) ? "\n" : "\n\n");
                break;
            case "li" when !ending: Break("\n"); written.Append(' ', 2 * Math.Max(0, lists - 1)).Append("- "); blank = false; break;
            case "tr": Break("\n"); break;
            case "td" or "th" when !ending && written.Length > 0 && written[^1] != '\n': written.Append(" | "); blank = false; break;
            case "hr": Break("\n\n"); written.Append("---"); Break("\n\n"); break;
            case "strong" or "b": Around("**", ending); break;
            case "em" or "i": Around("_", ending); break;
            case "code" when !verbatim: Around("`", ending); break;
            case "pre": Break("\n\n"); verbatim = !ending; written.Append("```"); Break(ending ? "\n\n" : "\n"); break;
            case ['h', >= '1' and <= '6']:
                Break("\n\n");
                written.Append(ending ? "" : new string('#', name[1] - '0') + " ");
                break;
            case "a": Link(ending, inside); break;
        }
    }

    private void Around(string mark, bool ending)
    {
        if (!ending)
        {
            Blank();
        }

        written.Append(mark);
    }

    private void Link(bool ending, ReadOnlySpan<char> inside)
    {
        if (!ending)
        {
            Blank();
            var address = Attribute(inside, "href") is { } href && href.StartsWith("http", StringComparison.OrdinalIgnoreCase) ? href : "";
            links.Push(address);
            written.Append(address.Length > 0 ? "[" : "");
        }
        else if (links.TryPop(out var address) && address.Length > 0)
        {
            written.Append("](").Append(address).Append(')');
        }
    }

    public static string? Attribute(ReadOnlySpan<char> tag, string name)
    {
        var at = tag.IndexOf($"{name}=", StringComparison.OrdinalIgnoreCase);
        if (at < 0 || at + name.Length + 2 > tag.Length)
        {
            return null;
        }

        var rest = tag[(at + name.Length + 1)..];
        var end = rest[0] is '"' or '\'' ? rest[1..].IndexOf(rest[0]) + 1 : rest.IndexOfAny(' ', '>') is >= 0 and var stop ? stop : rest.Length;
        return end <= 0 ? null : WebUtility.HtmlDecode(rest[(rest[0] is '"' or '\'' ? 1 : 0)..end].ToString());
    }

    private void Text(string raw)
    {
        foreach (var c in WebUtility.HtmlDecode(raw))
        {
            if (!verbatim && c is ' ' or '\t' or '\r' or '\n' or '\u00A0')
            {
                blank = true;
                continue;
            }

            Blank();
            written.Append(c);
        }
    }

    private void Blank()
    {
        if (blank && written.Length > 0 && written[^1] is not ('\n' or ' '))
        {
            written.Append(' ');
        }

        blank = false;
    }

    private void Break(string how)
    {
        blank = false;
        written.Append(how);
    }

    /// <summary>At most one empty line in a row, no blanks at the ends of lines, no empty emphasis.</summary>
    private static string Tidy(string text)
    {
        text = text.Replace("****", "", StringComparison.Ordinal);
        var (tidy, empty) = (new StringBuilder(text.Length), 0);
        foreach (var line in text.Split('\n'))
        {
            var kept = line.TrimEnd();
            empty = kept.Length == 0 ? empty + 1 : 0;
            if (empty <= 1)
            {
                tidy.Append(kept).Append('\n');
            }
        }

        return SourceText.Body(tidy.ToString());
    }
}
