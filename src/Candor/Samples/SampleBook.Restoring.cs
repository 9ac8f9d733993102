namespace Candor.Samples;

/// <summary>What comes back from the store when it is opened, while readings go on arriving.</summary>
internal sealed partial class SampleBook
{
    private readonly Dictionary<int, Series> byNumber = [];

    // Until the store was read, nothing in memory is known to be all there is.
    private readonly int[] wholeFrom = [int.MaxValue, int.MaxValue, int.MaxValue];

    /// <summary>A store was opened: the numbers of an earlier one mean nothing in it.</summary>
    public void BeginRestoring()
    {
        byNumber.Clear();
        foreach (var one in series.Values)
        {
            one.Number = 0;
        }
    }

    public void Restore(StoredSeries stored)
    {
        var one = SeriesOf(stored.Monitor, stored.Vantage);
        one.Number = stored.Number;
        byNumber[stored.Number] = one;
    }

    public void Restore(StoredRollup stored)
    {
        if (!byNumber.TryGetValue(stored.Series, out var of))
        {
            return;
        }

        var track = of.Track(stored.Tier);
        if (track.Open is not { } open || stored.Slot > open.Index)
        {
            Close(track);
            track.Open = new(of, stored.Tier, stored.Slot, whole: true) { Rollup = stored.Rollup };
        }
        else if (stored.Slot == open.Index)
        {
            if (open.Whole)
            {
                return;
            }

            open.Rollup.Merge(stored.Rollup);
            (open.Whole, stored) = (true, stored with { Rollup = open.Rollup });
        }
        else if (closed.GetValueOrDefault((of, stored.Tier, stored.Slot)) is { Whole: true })
        {
            return;
        }

        track.Line.Show(stored.Slot, stored.Rollup.Times);
    }

    public void Restore(int number, StoredGauge stored)
    {
        if (byNumber.TryGetValue(number, out var of) && of.Gauges.Named(stored.Name) is { Known: false } gauge)
        {
            gauge.Restore(stored);
        }
    }

    /// <summary>All that the charts reach back to was read.</summary>
    /// <param name="fresh">The store is a new one and holds nothing of what is in memory.</param>
    public void EndRestoring(DateTimeOffset now, long write, bool fresh)
    {
        foreach (var tier in Tiers.All)
        {
            var from = wholeFrom[(int)tier] = tier.FirstShown(now);
            foreach (var open in series.Values.Select(s => s.Track(tier).Open).OfType<Slot>())
            {
                open.Whole |= open.Index >= from;
                if (fresh)
                {
                    Dirty(open, now, write);
                }
            }
        }
    }

    /// <summary>Series that the store has no number for get theirs.</summary>
    public List<StoredSeries> NumberNew()
    {
        var added = new List<StoredSeries>();
        if (byNumber.Count < series.Count)
        {
            var last = byNumber.Count == 0 ? 0 : byNumber.Keys.Max();
            foreach (var one in series.Values.Where(static s => s.Number == 0))
            {
                one.Number = ++last;
                byNumber[last] = one;
                added.Add(new(last, one.Monitor, one.Vantage));
            }
        }

        return added;
    }

    private void Close(Track track)
    {
        if (track.Open is { DirtySince: > 0 } before)
        {
            closed[KeyOf(before)] = before;
        }
    }
}
