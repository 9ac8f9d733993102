namespace Candor.Samples;

/// <summary>What one metric was told within one slot: the stored form, whole each time.</summary>
/// <param name="Metric">The id of a metric, as the facts have it.</param>
/// <param name="At">When the newest of the values was measured.</param>
internal sealed record ValueSlot(string Metric, Tier Tier, int Slot, DateTimeOffset At, double Last, double Min, double Max, double Sum, long Count)
{
    public double Mean => Sum / Count;

    public static ValueSlot Of(string metric, Tier tier, ToldValue told) =>
        new(metric, tier, tier.SlotOf(told.At), told.At, told.Value, told.Value, told.Value, told.Value, 1);

    /// <summary>Two parts of the same slot together.</summary>
    public ValueSlot With(ValueSlot more) => this with
    {
        At = more.At >= At ? more.At : At,
        Last = more.At >= At ? more.Last : Last,
        Min = Math.Min(Min, more.Min),
        Max = Math.Max(Max, more.Max),
        Sum = Sum + more.Sum,
        Count = Count + more.Count,
    };
}

/// <summary>One value that another tool measured, at its own time.</summary>
internal readonly record struct ToldValue(DateTimeOffset At, double Value);
