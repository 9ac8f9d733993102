using System.Text;
using Candor.State;

namespace Candor.Subscribing.Lists;

/// <summary>A table in commas (RFC 4180) or semicolons, each row with the line that it begins at, so that a person finds it again.</summary>
internal static class ListTable
{
    private const int CellMost = 4_096;

    /// <summary>Rows without anything in them are left out; null in the place of cells: the row cannot be read.</summary>
    public static IEnumerable<(int Line, IReadOnlyList<string>? Cells)> Rows(string text)
    {
        var parting = PartingOf(text);
        var (cells, cell, quoted, line, began, tooLong) = (new List<string>(), new StringBuilder(), false, 1, 1, false);
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : '\n';
            if (quoted && i < text.Length)
            {
                line += c == '\n' ? 1 : 0;
                if (c != '"')
                {
                    tooLong |= cell.Length >= CellMost;
                    cell.Append(tooLong ? "" : c);
                }
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    cell.Append(text[i++]);
                }
                else
                {
                    quoted = false;
                }
            }
            else if (c == '"' && cell.Length == 0)
            {
                quoted = true;
            }
            else if (c == parting || c == '\n')
            {
                cells.Add(Plain(cell));
                cell.Clear();
                if (c == '\n')
                {
                    if (cells.Exists(static one => one.Length > 0) || quoted || tooLong)
                    {
                        yield return (began, quoted || tooLong ? null : cells);
                    }

                    (cells, line, tooLong, quoted) = ([], line + 1, false, false);
                    began = line;
                }
            }
            else
            {
                tooLong |= cell.Length >= CellMost;
                cell.Append(tooLong ? "" : c);
            }
        }
    }

    /// <summary>One row. What a spreadsheet would take for a formula gets an apostrophe before it, which reading takes off again.</summary>
    public static string Row(IEnumerable<string> cells) => string.Join(',', cells.Select(static cell =>
    {
        // Of what was taken before it was refused: a terminal that shows this obeys nothing of it.
        cell = Unshown.Without(cell);
        var safe = cell is ['=' or '+' or '-' or '@' or '\t' or '\'', ..] ? "'" + cell : cell;
        return safe.AsSpan().IndexOfAny(",\"\n\r;") >= 0 ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    })) + "\r\n";

    private static string Plain(StringBuilder cell) => cell.ToString().Trim() is ['\'', .. var rest] ? rest : cell.ToString().Trim();

    /// <summary>Spreadsheets of some countries write semicolons: whichever the first line has more of.</summary>
    private static char PartingOf(string text)
    {
        var first = text.AsSpan(0, text.IndexOf('\n') is >= 0 and var end ? end : text.Length);
        return first.Count(';') > first.Count(',') ? ';' : ',';
    }
}
