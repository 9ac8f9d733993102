namespace Candor.Pages.Wording;

/// <summary>
/// Finds text that is cheap to write and dear to parse: emphasis and brackets that a parser must try to pair with each
/// other (quadratic in their number within a paragraph), and containers within containers on one line. Nobody writes so.
/// </summary>
internal static class MarkdownCost
{
    private const int DelimitersMax = 800;
    private const int ContainersMax = 24;
    private const int OpenBracketsMax = 24;

    public static bool IsTooHigh(string text)
    {
        var delimiters = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.IsWhiteSpace())
            {
                delimiters = 0;
                continue;
            }

            if (IsRule(line))
            {
                continue;
            }

            delimiters += Delimiters(line);
            if (delimiters > DelimitersMax || Containers(line) > ContainersMax || OpenBrackets(line) > OpenBracketsMax)
            {
                return true;
            }
        }

        return false;
    }

    // "*****" and "_____" alone on a line draw a rule.
    private static bool IsRule(ReadOnlySpan<char> line) =>
        line.Trim() is [('*' or '_' or '-' or '=') and var first, ..] all && all.TrimStart(first).IsEmpty;

    private static int Delimiters(ReadOnlySpan<char> line)
    {
        var runs = 0;
        for (var i = 0; i < line.Length; i++)
        {
            var delimits = line[i] is '*' or '_' or '~' or '[' or ']' or '`' or '<' or '^' or '+' or '=' or '!';
            runs += delimits && (i == 0 || line[i - 1] != line[i]) ? 1 : 0;
        }

        return runs;
    }

    private static int OpenBrackets(ReadOnlySpan<char> line)
    {
        var deepest = 0;
        var open = 0;
        foreach (var c in line)
        {
            open = c switch { '[' => open + 1, ']' => Math.Max(0, open - 1), _ => open };
            deepest = Math.Max(deepest, open);
        }

        return deepest;
    }

    /// <summary>Quote marks, bullets and numbers that a line begins with.</summary>
    private static int Containers(ReadOnlySpan<char> line)
    {
        var containers = 0;
        var rest = line.TrimStart();
        while (!rest.IsEmpty)
        {
            var digits = rest.Length - rest.TrimStart("0123456789").Length;
            var marker = digits > 0 && digits < rest.Length && (rest[digits] is '.' or ')') ? digits + 1
                : rest[0] is '>' or '-' or '*' or '+' ? 1
                : 0;
            if (marker == 0)
            {
                break;
            }

            containers++;
            rest = rest[marker..].TrimStart();
        }

        return containers;
    }
}
