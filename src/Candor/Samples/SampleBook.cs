using Candor.Judging;
using Candor.State;

namespace Candor.Samples;

/// <summary>
/// All that is known of samples in memory: charts, last readings, gauges, and the slots that still differ from the
/// store. Not safe for several threads at once; <see cref="Sampler"/> holds its lock.
/// </summary>
internal sealed partial class SampleBook
{
    private readonly Dictionary<(MonitorId, VantageId), Series> series = [];
    private readonly Dictionary<MonitorId, List<Series>> byMonitor = [];

    public IReadOnlyList<Series> Of(MonitorId monitor) => byMonitor.GetValueOrDefault(monitor) ?? [];

    public Series? Of(MonitorId monitor, VantageId vantage) => series.GetValueOrDefault((monitor, vantage));

    /// <summary>Takes a reading into everything it belongs to.</summary>
    /// <param name="write">The number of the write that will store it.</param>
    public Series Add(Observation seen, DateTimeOffset now, long write)
    {
        var found = SeriesOf(seen.Monitor, seen.Vantage);
        found.Latest.Add(seen);
        foreach (var tier in Tiers.All)
        {
            if (tier.Kept() is { } kept && seen.At < now - kept)
            {
                continue;
            }

            var slot = SlotFor(found, tier, tier.SlotOf(seen.At));
            slot.Rollup.Add(seen.Reading, seen.Took);
            Dirty(slot, now, write);
            if (slot.Whole || found.Track(tier).Open == slot)
            {
                found.Track(tier).Line.Show(slot.Index, slot.Rollup.Times);
            }
        }

        foreach (var measured in seen.Measurements)
        {
            Add(found, measured, seen.At, now);
        }

        return found;
    }

    private Series SeriesOf(MonitorId monitor, VantageId vantage)
    {
        if (!series.TryGetValue((monitor, vantage), out var found))
        {
            series[(monitor, vantage)] = found = new(monitor, vantage);
            if (!byMonitor.TryGetValue(monitor, out var places))
            {
                byMonitor[monitor] = places = [];
            }

            places.Add(found);
        }

        return found;
    }

    private Slot SlotFor(Series of, Tier tier, int index)
    {
        var track = of.Track(tier);
        if (track.Open is { } open && index <= open.Index)
        {
            return index == open.Index ? open : Late(of, tier, index);
        }

        Close(track);
        return track.Open = new(of, tier, index, whole: index >= wholeFrom[(int)tier]);
    }
}
