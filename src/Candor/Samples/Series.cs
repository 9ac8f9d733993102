using Candor.State;

namespace Candor.Samples;

/// <summary>
/// The readings of one monitor from one place. Percentiles of different places are never mixed: each place is a line
/// of its own, since the way from Sydney says nothing of the way from Frankfurt.
/// </summary>
internal sealed class Series(MonitorId monitor, VantageId vantage)
{
    private readonly Track[] tracks = [.. Tiers.All.Select(static tier => new Track(tier))];

    public MonitorId Monitor => monitor;

    public VantageId Vantage => vantage;

    /// <summary>The number that stands for it in the store; 0 until it has one.</summary>
    public int Number { get; set; }

    public LatestReadings Latest { get; } = new();

    public Gauges Gauges { get; } = new();

    public Track Track(Tier tier) => tracks[(int)tier];
}

/// <summary>One tier of a series: the newest slot and the line that is shown.</summary>
internal sealed class Track(Tier tier)
{
    public Slot? Open { get; set; }

    public ChartLine Line { get; } = new(tier);
}
