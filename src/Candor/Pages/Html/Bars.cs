using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Candor.State;

namespace Candor.Pages.Html;

/// <summary>
/// The bars of a strip as one SVG path per state: a vertical stroke a day, as tall as the day's worst state is bad.
/// 4,500 bars cost 50 strips of a few paths, not 4,500 elements.
/// </summary>
internal static class Bars
{
    public const int Pitch = 8;
    public const int Height = 32;

    private const int Foot = 29;

    /// <summary>(class, path data) for each state that occurs.</summary>
    public static IReadOnlyList<(string State, string Path)> Of(ImmutableArray<UptimeDay> days)
    {
        var paths = new Dictionary<string, StringBuilder>();
        for (var i = 0; i < days.Length; i++)
        {
            var state = days[i].Absent ? "na" : Marks.ClassOf(days[i].Worst);
            if (!paths.TryGetValue(state, out var path))
            {
                paths[state] = path = new();
            }

            path.Append(CultureInfo.InvariantCulture, $"M{i * Pitch + Pitch / 2} {Foot}V{Top(state)}");
        }

        return [.. paths.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value.ToString()))];
    }

    private static int Top(string state) => state switch
    {
        "na" => 28,
        "op" or "mt" => 13,
        "dg" => 10,
        "pt" => 7,
        _ => 3,
    };
}
