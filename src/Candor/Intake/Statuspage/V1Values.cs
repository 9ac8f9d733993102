using Candor.State;

namespace Candor.Intake.Statuspage;

/// <summary>Where values of metrics are kept: beside the response times, because what was measured is no fact.</summary>
internal sealed record V1Values
{
    public static readonly V1Values None = new();

    /// <summary>How far back a value may lie; older ones would be in no chart.</summary>
    public static readonly TimeSpan Reaches = TimeSpan.FromDays(31);

    /// <summary>How far ahead the clock of whoever measures may be.</summary>
    public static readonly TimeSpan AheadMost = TimeSpan.FromMinutes(5);

    /// <summary>Takes values; they are on disk within a second or so.</summary>
    public Action<MetricId, IReadOnlyList<(DateTimeOffset At, double Value)>> Tell { get; init; } = static (_, _) => { };

    /// <summary>Forgets all values.</summary>
    public Action<MetricId> Forget { get; init; } = static _ => { };

    /// <summary>When the newest value was measured, or null.</summary>
    public Func<MetricId, DateTimeOffset?> LatestOf { get; init; } = static _ => null;
}
