using Candor.Judging;

namespace Candor.Samples;

/// <summary>One measured number of one series, with the current hour's least, greatest and mean.</summary>
internal sealed class Gauge(string name)
{
    private StoredGauge hour = new(name, "", 0, DateTimeOffset.MinValue, 0, 0, 0, 0, 0);

    /// <summary>Set while it waits to be stored, so that it waits once.</summary>
    public bool Waiting { get; set; }

    /// <summary>What the store holds of this hour is in here already.</summary>
    public bool Known { get; set; }

    public StoredGauge Value => hour;

    public void Add(Measurement measured, DateTimeOffset at)
    {
        var slot = Tier.Hour.SlotOf(at);
        var value = measured.Value;
        if (hour.Count == 0 || slot > hour.Slot)
        {
            hour = new(name, measured.Unit, slot, at, value, value, value, value, 1);
        }
        else if (slot == hour.Slot)
        {
            var newer = at >= hour.At;
            hour = hour with
            {
                Unit = measured.Unit,
                At = newer ? at : hour.At,
                Last = newer ? value : hour.Last,
                Min = Math.Min(hour.Min, value),
                Max = Math.Max(hour.Max, value),
                Sum = hour.Sum + value,
                Count = hour.Count + 1,
            };
        }
    }

    /// <summary>What was stored before this process began; what it measured since in the same hour is added.</summary>
    public void Restore(StoredGauge stored)
    {
        Known = true;
        if (hour.Count == 0 || stored.Slot > hour.Slot)
        {
            hour = stored;
        }
        else if (stored.Slot == hour.Slot)
        {
            hour = hour with
            {
                Min = Math.Min(hour.Min, stored.Min),
                Max = Math.Max(hour.Max, stored.Max),
                Sum = hour.Sum + stored.Sum,
                Count = hour.Count + stored.Count,
            };
        }
    }
}

/// <summary>One hour of a measured number.</summary>
/// <param name="Slot">The hour, numbered as <see cref="Tier.Hour"/> does.</param>
/// <param name="At">When the newest value was read.</param>
internal sealed record StoredGauge(
    string Name, string Unit, int Slot, DateTimeOffset At, double Last, double Min, double Max, double Sum, long Count)
{
    public double Mean => Count > 0 ? Sum / Count : 0;
}
