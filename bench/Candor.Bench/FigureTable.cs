using System.Globalization;
using System.Text;

namespace Candor.Bench;

/// <summary>The figures as a Markdown table that also reads well in a terminal.</summary>
internal static class FigureTable
{
    public static string Of(IReadOnlyList<Figure> figures)
    {
        string[][] rows =
        [
            ["name", "value", "unit", "target", "met", "note"],
            .. figures.Select(static f => (string[])
            [
                f.Name, Number(f.Value), f.Unit, f.Target is { } t ? (f.LessIsBetter ? "≤ " : "≥ ") + Number(t) : "",
                f.Ratio is { } r ? Number(r) + "×" : "", f.Note,
            ]),
        ];
        var widths = Enumerable.Range(0, 6).Select(c => rows.Max(r => r[c].Length)).ToArray();
        var text = new StringBuilder();
        for (var i = 0; i < rows.Length; i++)
        {
            text.Append("| ").AppendJoin(" | ", rows[i].Select((cell, c) => c is >= 1 and <= 4 && c != 2
                ? cell.PadLeft(widths[c]) : cell.PadRight(widths[c]))).AppendLine(" |");
            if (i == 0)
            {
                text.Append('|').AppendJoin("|", widths.Select(static (w, c) => c is >= 1 and <= 4 && c != 2
                    ? new string('-', w + 1) + ":" : new string('-', w + 2))).AppendLine("|");
            }
        }

        return text.ToString();
    }

    private static string Number(double value) => Math.Abs(value) switch
    {
        >= 100 => value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.###", CultureInfo.InvariantCulture),
    };
}
