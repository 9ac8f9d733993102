using System.Runtime.InteropServices;
using Candor.Judging;

namespace Candor.Samples;

/// <summary>What goes to the store: slots wait in the order in which they began to differ from it.</summary>
internal sealed partial class SampleBook
{
    // Enough for an hour of ten thousand monitors; reached only while the store fails for long.
    private const int ClosedMax = 50_000;

    private readonly Dictionary<(Series, Tier, int), Slot> closed = [];
    private readonly LinkedList<Slot> dirty = new();
    private readonly Queue<(Series Of, Gauge Gauge, StoredGauge? Hour, DateTimeOffset At)> dirtyGauges = new();
    private readonly ByteWriter scratch = new();

    /// <summary>Places in the line of slots that wait to be stored.</summary>
    public int Waiting => FirstDirty() is null ? 0 : dirty.Count;

    /// <summary>Slots given up because the store failed for too long.</summary>
    public long SlotsLost { get; private set; }

    /// <summary>Slots that have waited since before an instant, a bounded number of them, the oldest first.</summary>
    public List<TakenSlot> Take(DateTimeOffset waitingSince, int max)
    {
        var taken = new List<TakenSlot>();
        while (taken.Count < max && FirstDirty() is { } slot && slot.DirtyAt <= waitingSince)
        {
            dirty.RemoveFirst();
            var write = new SlotWrite(
                slot.Series.Number, slot.Tier, slot.Index, Adds: !slot.Whole, slot.Rollup.Encode(scratch));
            taken.Add(new(slot, slot.DirtySince, write));
            slot.DirtySince = 0;
            if (!slot.Whole)
            {
                // What arrives for it from now on is a new difference.
                Release(slot);
            }
        }

        return taken;
    }

    /// <summary>The last write that is rolled up entirely, once write <paramref name="number"/> has succeeded.</summary>
    public long ReplayAfter(long number) => FirstDirty() is { } slot ? Math.Min(slot.DirtySince - 1, number) : number;

    public List<(int Series, StoredGauge Gauge)> TakeGauges(DateTimeOffset waitingSince, int max)
    {
        var taken = new List<(int, StoredGauge)>();
        while (taken.Count < max && dirtyGauges.TryPeek(out var first) && first.At <= waitingSince)
        {
            dirtyGauges.Dequeue();
            first.Gauge.Waiting &= first.Hour is not null;
            first.Gauge.Known = true;
            taken.Add((first.Of.Number, first.Hour ?? first.Gauge.Value));
        }

        return taken;
    }

    /// <summary>The write succeeded: what is closed and unchanged since need not stay in memory.</summary>
    public void Settle(IReadOnlyList<TakenSlot> taken, IReadOnlyList<StoredRollup> summed)
    {
        foreach (var (slot, _, _) in taken)
        {
            if (slot is { DirtySince: 0, Whole: true } && slot.Series.Track(slot.Tier).Open != slot)
            {
                closed.Remove(KeyOf(slot));
            }
        }

        foreach (var row in summed)
        {
            byNumber[row.Series].Track(row.Tier).Line.Show(row.Slot, row.Rollup.Times);
        }
    }

    /// <summary>The write failed: whole slots wait again, first in line. What was to be added may be there or not; it is given up.</summary>
    public void Return(IReadOnlyList<TakenSlot> taken)
    {
        for (var i = taken.Count - 1; i >= 0; i--)
        {
            var (slot, since, _) = taken[i];
            if (slot.Whole)
            {
                slot.DirtySince = since;
                dirty.AddFirst(slot);
            }
            else
            {
                SlotsLost++;
            }
        }
    }

    private Slot? FirstDirty()
    {
        // A slot that was returned after it became dirty again stands in line twice; the second place is empty.
        while (dirty.First is { Value.DirtySince: 0 })
        {
            dirty.RemoveFirst();
        }

        return dirty.First?.Value;
    }

    private void Dirty(Slot slot, DateTimeOffset now, long write)
    {
        if (slot.DirtySince == 0)
        {
            (slot.DirtySince, slot.DirtyAt) = (write, now);
            dirty.AddLast(slot);
            if (closed.Count > ClosedMax)
            {
                GiveUpOldest();
            }
        }
    }

    private Slot Late(Series of, Tier tier, int index)
    {
        ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(closed, (of, tier, index), out _);
        return slot ??= new(of, tier, index, whole: false);
    }

    private void Add(Series of, Measurement measured, DateTimeOffset at, DateTimeOffset now)
    {
        if (of.Gauges.Named(measured.Name) is not { } gauge || !double.IsFinite(measured.Value))
        {
            return;
        }

        var before = gauge.Value;
        gauge.Add(measured, at);
        if (gauge.Waiting && before.Slot != gauge.Value.Slot)
        {
            dirtyGauges.Enqueue((of, gauge, before, now));
        }

        if (!gauge.Waiting)
        {
            gauge.Waiting = true;
            dirtyGauges.Enqueue((of, gauge, null, now));
        }
    }

    private void GiveUpOldest()
    {
        for (var node = dirty.First; node is not null && closed.Count > ClosedMax / 2;)
        {
            var (slot, next) = (node.Value, node.Next);
            if (slot.Series.Track(slot.Tier).Open != slot)
            {
                dirty.Remove(node);
                Release(slot);
                slot.DirtySince = 0;
                SlotsLost++;
            }

            node = next;
        }
    }

    private void Release(Slot slot)
    {
        closed.Remove(KeyOf(slot));
        var track = slot.Series.Track(slot.Tier);
        track.Open = track.Open == slot ? null : track.Open;
    }

    private static (Series, Tier, int) KeyOf(Slot slot) => (slot.Series, slot.Tier, slot.Index);
}

/// <summary>A slot on its way to the store, with what it needs to stand in line again.</summary>
internal readonly record struct TakenSlot(Slot Slot, long DirtySince, SlotWrite Write);
