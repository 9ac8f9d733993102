using System.Diagnostics.Metrics;

namespace Candor.Journal;

/// <summary>How far followers are behind, in events and in seconds, asked when somebody reads the metrics.</summary>
internal static class FollowerMetrics
{
    /// <param name="meters">Where the gauges are made.</param>
    /// <param name="followers">A closed set: each name becomes a tag.</param>
    public static void Watch(IMeterFactory meters, IReadOnlyList<Follower> followers)
    {
        var meter = meters.Create("Candor.Journal");
        meter.CreateObservableGauge(
            "candor.follower.behind",
            () => followers.Select(static f => new Measurement<long>(f.LagEvents, Tag(f))),
            "{event}",
            "Events in the journal that a follower has not handled yet.");
        meter.CreateObservableGauge(
            "candor.follower.lag",
            () => followers.Select(static f => new Measurement<double>(f.Lag.TotalSeconds, Tag(f))),
            "s",
            "For how long the oldest of them has been in the journal.");
        meter.CreateObservableGauge(
            "candor.follower.poisoned",
            () => followers.Select(static f => new Measurement<int>(f.Condition.Phase == FollowerPhase.Poisoned ? 1 : 0, Tag(f))),
            "{follower}",
            "1 while an event that cannot be handled stops a follower.");
    }

    private static KeyValuePair<string, object?> Tag(Follower follower) => new("follower", follower.Name);
}
