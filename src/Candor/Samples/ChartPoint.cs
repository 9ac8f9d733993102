namespace Candor.Samples;

/// <summary>One slot of a response-time chart. Slots without a timed reading have no point: a gap is shown as a gap.</summary>
/// <param name="At">When the slot begins.</param>
/// <param name="Count">Timed readings (good and slow) in it.</param>
internal readonly record struct ChartPoint(DateTimeOffset At, TimeSpan P5, TimeSpan P50, TimeSpan P95, long Count);
