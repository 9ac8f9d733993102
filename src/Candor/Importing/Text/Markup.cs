namespace Candor.Importing.Text;

/// <summary>What stands around the words of a line: indent, bullets, numbers, hashes, emphasis.</summary>
internal static class Markup
{
    private const string Bullets = "-*•·◦‣○●–—";

    /// <summary>A line's words without the marks before them, and what those marks were.</summary>
    public static (string Text, bool IsHeading, bool IsItem) Bare(string line)
    {
        var text = line.AsSpan().Trim();
        var hashes = text.Length - text.TrimStart('#').Length;
        var isHeading = hashes is > 0 and <= 6 && text.Length > hashes && text[hashes] is ' ' or '*';
        if (isHeading)
        {
            text = text[hashes..].Trim().TrimEnd('#').Trim();
        }

        var item = ItemMark(text);
        text = text[item..].TrimStart();
        // "**Timeline**" alone on a line is a heading in all but name.
        isHeading |= text.Length is > 4 and < 100 && text.StartsWith("**") && text.EndsWith("**") && text[2..^2].IndexOf("**") < 0;
        return (Unemphasised(text), isHeading, item > 0);
    }

    /// <summary>The cells of a table's row, "| 11:28 | First errors | … |", as one line; null where it is none.</summary>
    public static string? Row(string line)
    {
        var text = line.AsSpan().Trim();
        return text is not ['|', .., '|'] || text.Length < 5 ? null
            : string.Join(" — ", text[1..^1].ToString().Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(static cell => cell.AsSpan().Trim("-: ").Length > 0));
    }

    /// <summary>The length of "- ", "• ", "1. ", "2) " at the beginning; 0 where there is none.</summary>
    public static int ItemMark(ReadOnlySpan<char> text)
    {
        if (text.Length > 1 && Bullets.Contains(text[0], StringComparison.Ordinal) && text[1] is ' ' or '\t')
        {
            return 2;
        }

        var digits = 0;
        while (digits < Math.Min(text.Length, 3) && char.IsAsciiDigit(text[digits]))
        {
            digits++;
        }

        // "12. März 2026" is a day and no item.
        return digits > 0 && digits + 1 < text.Length && text[digits] is '.' or ')' && text[digits + 1] == ' '
            && (text[digits] == ')' || StampScanner.Read(text, 0, out _) is not { HasDate: true }) ? digits + 2 : 0;
    }

    public static int Indent(string line) => line.Length - line.AsSpan().TrimStart().Length;

    /// <summary>Without a pair of emphasis that begins at the first word; what is emphasised further on is content.</summary>
    private static string Unemphasised(ReadOnlySpan<char> text)
    {
        foreach (var mark in (ReadOnlySpan<string>)["**", "__", "*", "_"])
        {
            if (!text.StartsWith(mark) || text.Length <= mark.Length || text[mark.Length] == ' ')
            {
                continue;
            }

            var rest = text[mark.Length..];
            var close = rest.IndexOf(mark);
            return close < 0 ? rest.ToString() : string.Concat(rest[..close], rest[(close + mark.Length)..]);
        }

        return text.ToString();
    }
}
