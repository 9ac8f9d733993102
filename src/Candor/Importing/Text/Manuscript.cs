using System.Collections.Immutable;

namespace Candor.Importing.Text;

/// <summary>The text as lines that are worth reading: without markup of the web, marks of the copying and empty tricks of layout.</summary>
internal sealed record Manuscript(ImmutableArray<string> Lines)
{
    private const int CommentLinesMax = 200;

    private static readonly string[] SourceMarks = ["Source:", "URL:", "<!-- Source:"];

    /// <summary>Where it was copied from, where the first line says so.</summary>
    public string? Url { get; init; }

    public FrontMatter Front { get; init; } = FrontMatter.None;

    public static Manuscript Of(string text)
    {
        var lines = Clean(text).Split('\n');
        var at = SkipEmpty(lines, 0);
        string? url = null;
        if (at < lines.Length && SourceOf(lines[at]) is { } source)
        {
            url = source;
            at = SkipEmpty(lines, at + 1);
        }

        var front = FrontMatter.Read(lines.AsSpan(at), out var length);
        ReadOnlySpan<string> rest = lines.AsSpan(at + length);
        ImmutableArray<string> content = HtmlLines.Looks(rest) ? [.. HtmlLines.Flatten(string.Join('\n', rest))] : [.. Unmarked(rest)];
        return new(WithoutGaps(content)) { Url = url, Front = front };
    }

    /// <summary>Copied pages have empty lines by the hundred; two in a row say all that can be said.</summary>
    private static ImmutableArray<string> WithoutGaps(ImmutableArray<string> lines)
    {
        var kept = ImmutableArray.CreateBuilder<string>();
        var empty = 0;
        foreach (var line in lines)
        {
            empty = string.IsNullOrWhiteSpace(line) ? empty + 1 : 0;
            if (empty <= 2)
            {
                kept.Add(empty > 0 ? "" : line);
            }
        }

        return kept.ToImmutable();
    }

    /// <summary>One kind of line end, one kind of space, no letters that nobody sees.</summary>
    private static string Clean(string text)
    {
        var clean = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\r':
                    clean.Append(i + 1 < text.Length && text[i + 1] == '\n' ? "" : "\n");
                    break;
                case '\u00A0' or '\u202F' or '\u2007' or '\u2009':
                    clean.Append(' ');
                    break;
                case '\u200B' or '\u200C' or '\u200D' or '\u2060' or '\uFEFF' or '\u200E' or '\u200F':
                    break;
                case '\u2028' or '\u2029' or '\v' or '\f':
                    clean.Append('\n');
                    break;
                default:
                    clean.Append(text[i]);
                    break;
            }
        }

        return clean.ToString();
    }

    private static int SkipEmpty(string[] lines, int at)
    {
        while (at < lines.Length && string.IsNullOrWhiteSpace(lines[at]))
        {
            at++;
        }

        return at;
    }

    private static string? SourceOf(string line)
    {
        foreach (var mark in SourceMarks)
        {
            if (line.StartsWith(mark, StringComparison.OrdinalIgnoreCase))
            {
                var address = line[mark.Length..].Replace("-->", "", StringComparison.Ordinal).Trim();
                return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? address : null;
            }
        }

        return line.StartsWith("http", StringComparison.Ordinal) && !line.Contains(' ', StringComparison.Ordinal)
            && Uri.TryCreate(line.Trim(), UriKind.Absolute, out _) ? line.Trim() : null;
    }

    /// <summary>The line that ends a comment that begins here; none where it is never closed, or words follow behind it.</summary>
    private static int? CommentEnd(ReadOnlySpan<string> lines, int from)
    {
        for (var at = from; at < Math.Min(lines.Length, from + CommentLinesMax); at++)
        {
            if (lines[at].Contains("-->", StringComparison.Ordinal))
            {
                return lines[at].TrimEnd().EndsWith("-->", StringComparison.Ordinal) ? at : null;
            }
        }

        return null;
    }

    /// <summary>Comments and the short codes of site generators are no content; a tracked time goes on a line of its own.</summary>
    private static List<string> Unmarked(ReadOnlySpan<string> lines)
    {
        var kept = new List<string>(lines.Length);
        for (var at = 0; at < lines.Length; at++)
        {
            var text = lines[at];
            if (text.TrimStart().StartsWith("<!--", StringComparison.Ordinal) && CommentEnd(lines, at) is { } end)
            {
                at = end;
                continue;
            }

            var code = text.IndexOf("{{<", StringComparison.Ordinal);
            var close = code < 0 ? -1 : text.IndexOf(">}}", code, StringComparison.Ordinal);
            if (close < 0)
            {
                kept.Add(text);
                continue;
            }

            var inside = text[(code + 3)..close];
            kept.Add(text[..code].TrimEnd());
            if (inside.Split('"') is [_, var time, ..])
            {
                kept.Add(time);
            }

            kept.Add(text[(close + 3)..]);
        }

        return kept;
    }
}
