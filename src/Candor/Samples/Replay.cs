namespace Candor.Samples;

/// <summary>
/// Rolls up raw readings that an ended process left behind. Each stored slot says up to which write it is complete, so
/// a reading is counted once however often this runs and wherever it was interrupted.
/// </summary>
internal sealed class Replay(Func<SlotKey, (long UpTo, Rollup Rollup)?> find)
{
    private readonly Dictionary<SlotKey, (long UpTo, Rollup Rollup)> slots = [];

    /// <summary>Readings seen.</summary>
    public int Count { get; private set; }

    /// <summary>The slots as they are with what was replayed.</summary>
    public IEnumerable<KeyValuePair<SlotKey, Rollup>> Slots =>
        slots.Select(static s => KeyValuePair.Create(s.Key, s.Value.Rollup));

    public void Add(long write, IEnumerable<Sample> samples)
    {
        foreach (var (series, seen) in samples)
        {
            Count++;
            foreach (var tier in Tiers.All)
            {
                var key = new SlotKey(tier, tier.SlotOf(seen.At), series);
                if (!slots.TryGetValue(key, out var slot))
                {
                    slots[key] = slot = find(key) ?? (0, new());
                }

                if (write > slot.UpTo)
                {
                    slot.Rollup.Add(seen.Reading, seen.Took);
                }
            }
        }
    }
}

/// <summary>Where a slot is stored.</summary>
internal readonly record struct SlotKey(Tier Tier, int Slot, int Series);
