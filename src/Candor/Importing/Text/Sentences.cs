using System.Text;

namespace Candor.Importing.Text;

/// <summary>Cuts prose into sentences across its lines, well enough to find the one that names a time.</summary>
internal static class Sentences
{
    private const int LengthMax = 2_000;

    /// <summary>Each sentence with the line it begins in. Code, headings and list items stand by themselves.</summary>
    public static IEnumerable<(int Line, string Sentence)> Of(Draft draft)
    {
        var (open, began, code) = (new StringBuilder(), 0, false);
        foreach (var mark in draft.Marks)
        {
            var line = draft.Lines[mark.Line].Trim();
            var fence = line.StartsWith("```", StringComparison.Ordinal);
            code ^= fence;
            if (code || fence || draft.Aside.Contains(mark.Line))
            {
                continue;
            }

            // A label or a time alone is no part of the sentence before it or behind it.
            if (open.Length > 0 && (mark.IsHead || line.Length == 0 || mark.IsHeading || mark.IsItem || open.Length > LengthMax))
            {
                yield return (began, Taken(open));
            }

            foreach (var piece in mark.IsHead ? [] : Pieces(line))
            {
                began = open.Length == 0 ? mark.Line : began;
                open.Append(open.Length > 0 ? " " : "").Append(piece.Text);
                if (piece.Ends)
                {
                    yield return (began, Taken(open));
                }
            }
        }

        if (open.Length > 0)
        {
            yield return (began, Taken(open));
        }
    }

    private static IEnumerable<(string Text, bool Ends)> Pieces(string line)
    {
        var from = 0;
        for (var at = 0; at < line.Length; at++)
        {
            // "8:23 A.M. on" goes on: a new sentence begins with a capital, and not behind a single letter.
            var ends = line[at] is '.' or '!' or '?' && (at + 1 == line.Length
                || (at + 2 < line.Length && line[at + 1] == ' ' && (char.IsUpper(line[at + 2]) || line[at + 2] is '[' or '*') && !(at >= 2 && line[at - 2] == '.')));
            if (ends)
            {
                yield return (line[from..(at + 1)].Trim(), true);
                from = at + 1;
            }
        }

        if (from < line.Length)
        {
            yield return (line[from..].Trim(), false);
        }
    }

    private static string Taken(StringBuilder open)
    {
        var sentence = open.ToString();
        open.Clear();
        return sentence;
    }
}
