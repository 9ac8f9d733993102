using Candor.Judging;
using Candor.State;

namespace Candor.Samples;

/// <summary>What a store knew when it was opened.</summary>
/// <param name="LastWrite">The number of its last write; later ones count on from there.</param>
/// <param name="Gauges">The newest hour of every gauge.</param>
/// <param name="Replayed">Raw readings that had not been rolled up.</param>
internal sealed record StoredSamples(
    long LastWrite, IReadOnlyList<StoredSeries> Series, IReadOnlyList<(int Series, StoredGauge Gauge)> Gauges, int Replayed);

/// <summary>A series and the number that stands for it in this store.</summary>
internal readonly record struct StoredSeries(int Number, MonitorId Monitor, VantageId Vantage);

/// <summary>One slot of one series, as stored.</summary>
internal readonly record struct StoredRollup(int Series, Tier Tier, int Slot, Rollup Rollup);

/// <summary>One reading of a numbered series, in the form that is stored.</summary>
internal readonly record struct Sample(int Series, Observation Seen);
