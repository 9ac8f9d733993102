using System.Runtime.InteropServices;

namespace Candor.Samples;

/// <summary>
/// The points of one chart line, ten bytes each: ten thousand monitors have 354 of them. A percentile is the number of
/// its histogram bucket. Not safe for several threads at once.
/// </summary>
internal sealed class ChartLine(Tier tier)
{
    private readonly List<Point> points = [];
    private int first;

    /// <summary>Puts or replaces the point of a slot; one that is older than the chart reaches is left out.</summary>
    public void Show(int slot, Histogram times)
    {
        var at = Place(slot);
        if (at >= 0)
        {
            points[at] = new(
                times.PercentileBucket(0.05) ?? 0,
                times.PercentileBucket(0.50) ?? 0,
                times.PercentileBucket(0.95) ?? 0,
                (uint)Math.Min(times.Count, uint.MaxValue));
        }
    }

    public IReadOnlyList<ChartPoint> From(int slot)
    {
        var found = new List<ChartPoint>();
        for (var i = Math.Max(0, slot - first); i < points.Count; i++)
        {
            if (points[i] is { Count: > 0 } p)
            {
                found.Add(new(
                    tier.StartOf(first + i),
                    Histogram.Middle(p.P5),
                    Histogram.Middle(p.P50),
                    Histogram.Middle(p.P95),
                    p.Count));
            }
        }

        return found;
    }

    private int Place(int slot)
    {
        var newest = first + points.Count - 1;
        if (points.Count == 0 || slot - newest >= tier.Shown())
        {
            points.Clear();
            points.Add(default);
            first = slot;
            return 0;
        }

        if (slot <= newest - tier.Shown())
        {
            return -1;
        }

        for (; slot < first; first--)
        {
            points.Insert(0, default);
        }

        for (; slot > newest; newest++)
        {
            points.Add(default);
        }

        var over = Math.Max(0, points.Count - tier.Shown());
        points.RemoveRange(0, over);
        first += over;
        return slot - first;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 2)]
    private readonly record struct Point(ushort P5, ushort P50, ushort P95, uint Count);
}
