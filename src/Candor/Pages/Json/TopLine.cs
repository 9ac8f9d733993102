using Candor.State;
using Candor.State.Maintenances;

namespace Candor.Pages.Json;

/// <summary>
/// The one line that Statuspage's clients show. The rules are Statuspage's; on top of them an open incident can make it
/// worse, and not being able to see makes it at least minor, because "none" is shown as green.
/// </summary>
internal static class TopLine
{
    public static V2Status Of(IReadOnlyCollection<ComponentState> leaves, Impact worstOpen)
    {
        var line = OfComponents(leaves);
        if (RankOf(line.Indicator) < (int)worstOpen)
        {
            line = OfImpact(worstOpen);
        }

        var unknown = leaves.Count(state => !state.Known);
        return unknown > 0 && RankOf(line.Indicator) < (int)Impact.Minor
            ? new("minor", unknown == leaves.Count ? "Status Unknown" : $"Status Of {unknown} Of {leaves.Count} Components Unknown")
            : line;
    }

    private static V2Status OfComponents(IReadOnlyCollection<ComponentState> leaves)
    {
        // What is not known counts as it was last seen; that it is not known is said by the caller.
        int Having(ComponentStatus status) => leaves.Count(state => state.Status == status);
        var major = Having(ComponentStatus.MajorOutage);
        var partial = Having(ComponentStatus.PartialOutage);
        var degraded = Having(ComponentStatus.DegradedPerformance);
        return true switch
        {
            _ when leaves.Count > 0 && major == leaves.Count => OfImpact(Impact.Critical),
            _ when major > 0 => OfImpact(Impact.Major),
            _ when partial > 0 && partial == leaves.Count => OfImpact(Impact.Major),
            _ when partial > 0 => OfImpact(Impact.Minor),
            _ when degraded > 0 && degraded == leaves.Count => new("minor", "Degraded System Service"),
            _ when degraded > 0 => new("minor", "Partially Degraded Service"),
            _ when Having(ComponentStatus.UnderMaintenance) > 0 => new("maintenance", "Service Under Maintenance"),
            _ => OfImpact(Impact.None),
        };
    }

    private static V2Status OfImpact(Impact impact) => impact switch
    {
        Impact.Critical => new("critical", "Major System Outage"),
        Impact.Major => new("major", "Partial System Outage"),
        Impact.Minor => new("minor", "Minor Service Outage"),
        _ => new("none", "All Systems Operational"),
    };

    private static int RankOf(string indicator) => indicator switch
    {
        "critical" => (int)Impact.Critical,
        "major" => (int)Impact.Major,
        "minor" => (int)Impact.Minor,
        _ => (int)Impact.None,
    };
}
