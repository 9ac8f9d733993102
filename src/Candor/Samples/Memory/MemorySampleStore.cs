using Candor.Judging;
using Candor.State;

namespace Candor.Samples.Memory;

/// <summary>Samples in memory, in the form that a disk would hold: for simulation, and for the contract suite.</summary>
internal sealed class MemorySampleStore(MemorySampleMedium medium) : ISampleStore
{
    private readonly ByteWriter scratch = new();
    private DateTimeOffset retainedAt;

    public ValueTask<StoredSamples> RecoverAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var replay = new Replay(Find);
        foreach (var (number, body) in medium.Batches.Where(b => b.Key > medium.ReplayAfter))
        {
            replay.Add(number, Decode(body));
        }

        foreach (var (key, rollup) in replay.Slots)
        {
            medium.Slots[key] = (medium.LastWrite, rollup.Encode(scratch));
        }

        medium.ReplayAfter = medium.LastWrite;
        return new(new StoredSamples(
            medium.LastWrite,
            [.. medium.Series.Select(static s => new StoredSeries(s.Key, s.Value.Monitor, s.Value.Vantage))],
            [.. medium.Gauges.GroupBy(static g => (g.Key.Series, g.Key.Name))
                .Select(static g => (g.Key.Series, g.MaxBy(static h => h.Key.Slot).Value))],
            replay.Count));
    }

    public ValueTask<int> LoadAsync(DateTimeOffset now, Action<StoredRollup> each, CancellationToken cancellation)
    {
        foreach (var (key, (_, body)) in medium.Slots
            .Where(s => s.Key.Slot >= s.Key.Tier.FirstShown(now) && s.Key.Slot <= s.Key.Tier.LastBelieved(now))
            .OrderBy(static s => s.Key.Tier).ThenBy(static s => s.Key.Slot).ThenBy(static s => s.Key.Series))
        {
            each(new(key.Series, key.Tier, key.Slot, Rollup.Decode(body)));
        }

        return new(0);
    }

    public ValueTask<IReadOnlyList<StoredRollup>> WriteAsync(SampleWrite write, CancellationToken cancellation)
    {
        if (medium.Fault is { } fault)
        {
            throw fault;
        }

        foreach (var (number, monitor, vantage) in write.NewSeries)
        {
            medium.Series.Add(number, (monitor, vantage));
        }

        if (write.Samples.Count > 0)
        {
            medium.Batches.Add(write.Number, SampleBatch.Encode(write.Samples, scratch));
        }

        foreach (var (series, gauge) in write.Gauges)
        {
            medium.Gauges[(series, gauge.Name, gauge.Slot)] = gauge;
        }

        foreach (var key in medium.Values.Keys.Where(key => write.Dropped.Contains(key.Metric)).ToList())
        {
            medium.Values.Remove(key);
        }

        foreach (var slot in write.Values)
        {
            medium.Values[(slot.Metric, slot.Tier, slot.Slot)] = slot;
        }

        (medium.ReplayAfter, medium.LastWrite) = (write.ReplayAfter, write.Number);
        return new([.. write.Slots.Select(s => Write(write.Number, s)).OfType<StoredRollup>()]);
    }

    public ValueTask<IReadOnlyList<ValueSlot>> ReadValuesAsync(DateTimeOffset from, CancellationToken cancellation) =>
        new([.. medium.Values.Values.Where(one => one.At >= from)]);

    public ValueTask RetainAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        // All at once, so not at every write.
        if (now - retainedAt < TimeSpan.FromMinutes(15))
        {
            return default;
        }

        retainedAt = now;
        foreach (var key in medium.Slots.Keys
            .Where(k => k.Tier.Kept() is { } kept && k.Slot < k.Tier.SlotOf(now - kept)).ToList())
        {
            medium.Slots.Remove(key);
        }

        foreach (var (number, _) in medium.Batches
            .Where(b => Decode(b.Value).Max(static s => s.Seen.At) < now - Tiers.RawKept).ToList())
        {
            medium.Batches.Remove(number);
        }

        foreach (var key in medium.Values.Keys.Where(key => key.Slot < key.Tier.SlotOf(now - key.Tier.Kept()!.Value)).ToList())
        {
            medium.Values.Remove(key);
        }

        foreach (var key in medium.Gauges.Keys
            .Where(k => k.Slot < Tier.Hour.SlotOf(now - Tier.Hour.Kept()!.Value)).ToList())
        {
            medium.Gauges.Remove(key);
        }

        return default;
    }

    public ValueTask<IReadOnlyList<Observation>> ReadAsync(
        MonitorId monitor, DateTimeOffset from, DateTimeOffset until, int max, CancellationToken cancellation) =>
        new([.. medium.Batches.Values.SelectMany(Decode)
            .Where(s => s.Seen.Monitor == monitor && s.Seen.At >= from && s.Seen.At < until)
            .OrderBy(static s => s.Seen.At).Take(max).Select(static s => s.Seen)]);

    public ValueTask DisposeAsync() => default;

    private StoredRollup? Write(long number, SlotWrite write)
    {
        var key = new SlotKey(write.Tier, write.Slot, write.Series);
        var body = write.Body.ToArray();
        if (!write.Adds)
        {
            medium.Slots[key] = (number, body);
            return null;
        }

        var sum = Rollup.Decode(body);
        if (Find(key) is { } before)
        {
            sum.Merge(before.Rollup);
        }

        medium.Slots[key] = (number, sum.Encode(scratch));
        return new(write.Series, write.Tier, write.Slot, sum);
    }

    private (long UpTo, Rollup Rollup)? Find(SlotKey key) =>
        medium.Slots.TryGetValue(key, out var slot) ? (slot.UpTo, Rollup.Decode(slot.Body)) : null;

    private IEnumerable<Sample> Decode(byte[] body) => SampleBatch.Decode(
        body, number => medium.Series.TryGetValue(number, out var series) ? series : null);
}
