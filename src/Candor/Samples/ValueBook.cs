namespace Candor.Samples;

/// <summary>
/// Values of metrics in memory, by the slots that charts show: quarter hours for two days, hours for as long as a month is
/// shown. What differs from the store waits to be written. Not safe for several threads at once.
/// </summary>
internal sealed class ValueBook
{
    /// <summary>How far back a value may lie; older ones would be in no chart.</summary>
    public static readonly TimeSpan Reaches = TimeSpan.FromDays(31);

    private static readonly Tier[] Kept = [Tier.QuarterHour, Tier.Hour];

    private readonly Dictionary<(string Metric, Tier Tier, int Slot), ValueSlot> slots = [];
    private readonly Dictionary<string, long> dropped = new(StringComparer.Ordinal);
    private HashSet<(string Metric, Tier Tier, int Slot)> dirty = [];
    private bool isRead;
    private int prunedIn;

    public int Waiting => dirty.Count + dropped.Count;

    public void Add(string metric, IReadOnlyList<ToldValue> told, DateTimeOffset now)
    {
        foreach (var value in told)
        {
            foreach (var tier in Kept.Where(tier => value.At >= From(tier, now)))
            {
                Put(ValueSlot.Of(metric, tier, value));
            }
        }
    }

    /// <summary>All that was told of a metric is forgotten.</summary>
    public void Drop(string metric)
    {
        foreach (var key in slots.Keys.Where(key => key.Metric == metric).ToList())
        {
            slots.Remove(key);
            dirty.Remove(key);
        }

        dropped[metric] = dropped.GetValueOrDefault(metric) + 1;
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<ValueSlot> Of(string metric, Tier tier, DateTimeOffset from) =>
        [.. slots.Values.Where(one => one.Metric == metric && one.Tier == tier && one.At >= from).OrderBy(static one => one.Slot)];

    /// <summary>A store was opened: what was told before it was read is added to what it holds, once.</summary>
    public void Restore(IReadOnlyList<ValueSlot> stored, bool fresh)
    {
        foreach (var slot in stored.Where(slot => !dropped.ContainsKey(slot.Metric)))
        {
            var key = (slot.Metric, slot.Tier, slot.Slot);
            if (!slots.TryGetValue(key, out var here))
            {
                slots[key] = slot;
            }
            else if (!isRead)
            {
                slots[key] = slot.With(here);
            }
        }

        isRead = true;
        if (fresh)
        {
            dirty.UnionWith(slots.Keys);
        }
    }

    /// <summary>What waits, for one write.</summary>
    public (IReadOnlyList<ValueSlot> Slots, IReadOnlyDictionary<string, long> Dropped) Take(DateTimeOffset now)
    {
        if (prunedIn != Tier.QuarterHour.SlotOf(now))
        {
            Prune(now);
        }

        var taken = dirty.Select(key => slots[key]).ToList();
        dirty = [];
        return (taken, dropped.ToDictionary());
    }

    /// <summary>The write failed: all of it waits again.</summary>
    public void Return(IReadOnlyList<ValueSlot> taken) =>
        dirty.UnionWith(taken.Select(static one => (one.Metric, one.Tier, one.Slot)).Where(slots.ContainsKey));

    /// <summary>The write succeeded: what was dropped before it is gone.</summary>
    public void Settle(IReadOnlyDictionary<string, long> gone)
    {
        foreach (var (metric, times) in gone.Where(one => dropped.GetValueOrDefault(one.Key) == one.Value))
        {
            dropped.Remove(metric);
        }
    }

    private void Prune(DateTimeOffset now)
    {
        prunedIn = Tier.QuarterHour.SlotOf(now);
        foreach (var key in slots.Where(one => one.Value.At < From(one.Key.Tier, now)).Select(static one => one.Key).ToList())
        {
            slots.Remove(key);
            dirty.Remove(key);
        }
    }

    private static DateTimeOffset From(Tier tier, DateTimeOffset now) => now - (tier == Tier.Hour ? Reaches : tier.Kept()!.Value);

    private void Put(ValueSlot slot)
    {
        var key = (slot.Metric, slot.Tier, slot.Slot);
        slots[key] = slots.TryGetValue(key, out var before) ? before.With(slot) : slot;
        dirty.Add(key);
    }
}
