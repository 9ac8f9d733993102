using System.Globalization;

namespace Candor.Settings.Forms;

/// <summary>HTTP status codes from one to another, both included; several are joined by commas: <c>200-299, 401</c>.</summary>
internal sealed record StatusRanges(string Written, IReadOnlyList<(int From, int To)> Ranges)
{
    private const string Remedy = "write status codes such as 200, 200-399 or 200-299, 401";

    public static string? Read(string text, out StatusRanges value)
    {
        var ranges = new List<(int From, int To)>();
        foreach (var part in text.Split(','))
        {
            var ends = part.Trim().Split('-');
            if (ends.Length > 2 || !Code(ends[0], out var from) || !Code(ends[^1], out var to) || from > to)
            {
                value = new StatusRanges("", []);
                return Remedy;
            }

            ranges.Add((from, to));
        }

        value = new StatusRanges(
            string.Join(", ", ranges.Select(r => r.From == r.To ? $"{r.From}" : $"{r.From}-{r.To}")), ranges);
        return null;
    }

    public bool Contain(int status) => Ranges.Any(r => status >= r.From && status <= r.To);

    private static bool Code(string text, out int code) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out code) && code is >= 100 and <= 599;
}
