using System.Text;

namespace Candor.Importing.Reading;

/// <summary>Tables in commas: quotes, doubled quotes, line feeds in cells. Rows come out by the names of the first.</summary>
internal static class Csv
{
    private const int CellsMax = 2_000_000;

    public static IEnumerable<Dictionary<string, string>> Rows(string text)
    {
        string[]? names = null;
        foreach (var cells in Cells(text))
        {
            if (names is null)
            {
                names = [.. cells.Select(c => c.Trim())];
                continue;
            }

            var row = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            for (var i = 0; i < Math.Min(names.Length, cells.Count); i++)
            {
                row.TryAdd(names[i], cells[i]);
            }

            yield return row;
        }
    }

    private static IEnumerable<List<string>> Cells(string text)
    {
        var (cells, cell, quoted, count) = (new List<string>(), new StringBuilder(), false, 0);
        for (var i = 0; i < text.Length && count < CellsMax; i++)
        {
            var c = text[i];
            if (quoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"')
            {
                cell.Append(text[++i]);
            }
            else if (c == '"' && (quoted || cell.Length == 0))
            {
                quoted = !quoted;
            }
            else if (!quoted && c is ',' or '\n')
            {
                cells.Add(cell.ToString());
                cell.Clear();
                count++;
                if (c == '\n')
                {
                    yield return cells;
                    cells = [];
                }
            }
            else if (quoted || c != '\r')
            {
                cell.Append(c);
            }
        }

        if (cell.Length > 0 || cells.Count > 0)
        {
            cells.Add(cell.ToString());
            yield return cells;
        }
    }
}
