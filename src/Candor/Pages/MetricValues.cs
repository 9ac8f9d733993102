using System.Collections.Immutable;

namespace Candor.Pages;

/// <summary>What a metric was told, by the spans that readers choose from, oldest first. A step in which nothing was told has no point.</summary>
internal sealed record MetricValues(ImmutableArray<MetricPoint> Day, ImmutableArray<MetricPoint> Week, ImmutableArray<MetricPoint> Month)
{
    public static readonly TimeSpan DayStep = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan WeekStep = TimeSpan.FromHours(1);
    public static readonly TimeSpan MonthStep = TimeSpan.FromHours(4);

    /// <summary>By value, so that what says the same is rendered once.</summary>
    public bool Equals(MetricValues? other) =>
        other is not null && Day.SequenceEqual(other.Day) && Week.SequenceEqual(other.Week) && Month.SequenceEqual(other.Month);

    public override int GetHashCode() => HashCode.Combine(Day.Length, Week.Length, Month.Length, Day.LastOrDefault());
}

/// <summary>The mean of what was told in one step that began at <paramref name="At"/>, and the last of it.</summary>
internal readonly record struct MetricPoint(DateTimeOffset At, double Mean, double Last);
