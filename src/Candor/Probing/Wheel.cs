using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Candor.Probing;

/// <summary>
/// A timing wheel: what is due when, in ticks. Arithmetic only: no clock, no timer. Adding, removing and advancing cost
/// the same with ten entries as with a hundred thousand.
/// </summary>
[SuppressMessage("Naming", "CA1711", Justification = "It is one.")]
internal sealed class Wheel<T>
    where T : notnull
{
    private const int Slots = 8_192;
    private const int Mask = Slots - 1;
    private readonly List<(T Item, long Due)>?[] slots = new List<(T, long)>?[Slots];
    private readonly ulong[] occupied = new ulong[Slots / 64];

    public Wheel(long now) => Now = now;

    /// <summary>The last tick that was advanced to.</summary>
    public long Now { get; private set; }

    public int Count { get; private set; }

    /// <summary>What is due already comes with the next advance.</summary>
    public void Add(T item, long due)
    {
        var slot = (int)(Math.Max(due, Now + 1) & Mask);
        (slots[slot] ??= []).Add((item, due));
        occupied[slot / 64] |= 1UL << (slot % 64);
        Count++;
    }

    /// <summary>False where the item is not there with this due tick.</summary>
    public bool Remove(T item, long due)
    {
        for (var slot = 0; slot < 2; slot++)
        {
            // An entry that was due when it was added stands behind the hand of that moment, not where its tick says.
            var index = slot == 0 ? (int)(due & Mask) : FindLate(item);
            if (index >= 0 && slots[index] is { } entries && entries.RemoveAll(e => Same(e.Item, item) && e.Due == due) is > 0 and var removed)
            {
                Count -= removed;
                Settle(index);
                return true;
            }
        }

        return false;
    }

    /// <summary>Moves the hand and takes out everything that has become due, earliest first.</summary>
    public void Advance(long to, List<(T Item, long Due)> due)
    {
        var from = due.Count;
        var steps = Math.Min(to - Now, Slots);
        for (long i = 1; i <= steps; i++)
        {
            var slot = (int)((Now + i) & Mask);
            if ((occupied[slot / 64] & (1UL << (slot % 64))) != 0)
            {
                Take(slot, to, due);
            }
        }

        Now = Math.Max(Now, to);
        due.Sort(from, due.Count - from, Comparer<(T Item, long Due)>.Create(static (a, b) => a.Due.CompareTo(b.Due)));
    }

    /// <summary>The next tick at which something may be due, at most a full turn away; null where the wheel is empty.</summary>
    public long? Next()
    {
        if (Count == 0)
        {
            return null;
        }

        for (long i = 1; i <= Slots;)
        {
            var slot = (int)((Now + i) & Mask);
            var word = occupied[slot / 64] >> (slot % 64);
            if (word == 0)
            {
                i += 64 - (slot % 64);
                continue;
            }

            return Now + Math.Min(i + BitOperations.TrailingZeroCount(word), Slots);
        }

        return Now + Slots;
    }

    private static bool Same(T a, T b) => EqualityComparer<T>.Default.Equals(a, b);

    private int FindLate(T item)
    {
        for (var i = 0; i < Slots; i++)
        {
            if (slots[i] is { } entries && entries.Exists(e => Same(e.Item, item)))
            {
                return i;
            }
        }

        return -1;
    }

    private void Take(int slot, long to, List<(T Item, long Due)> due)
    {
        var entries = slots[slot]!;
        var kept = 0;
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].Due <= to)
            {
                due.Add(entries[i]);
                Count--;
            }
            else
            {
                entries[kept++] = entries[i];
            }
        }

        entries.RemoveRange(kept, entries.Count - kept);
        Settle(slot);
    }

    private void Settle(int slot)
    {
        if (slots[slot]!.Count == 0)
        {
            occupied[slot / 64] &= ~(1UL << (slot % 64));
        }
    }
}
