using Candor.State;
using Candor.State.Postmortems;

namespace Candor.Importing.Reading;

/// <summary>What follows from statuses where a source does not say it in so many words.</summary>
internal static class Outcome
{
    /// <summary>When it was over: the first "resolved" after which nothing else was said but that.</summary>
    public static DateTimeOffset? ResolvedAt(IEnumerable<ImportedUpdate> oldestFirst)
    {
        DateTimeOffset? resolved = null;
        foreach (var update in oldestFirst.Where(u => u.Status is not null and not IncidentStatus.Postmortem))
        {
            resolved = update.Status == IncidentStatus.Resolved ? resolved ?? update.At : null;
        }

        return resolved;
    }

    /// <summary>The worst that is told of any component; null where nothing is.</summary>
    public static Impact? ImpactOf(IEnumerable<ComponentStatus?> statuses) => statuses.Max() switch
    {
        ComponentStatus.DegradedPerformance => Impact.Minor,
        ComponentStatus.PartialOutage => Impact.Major,
        ComponentStatus.MajorOutage => Impact.Critical,
        ComponentStatus.Operational => Impact.None,
        _ => null,
    };

    /// <summary>The newest status that was said.</summary>
    public static IncidentStatus? Newest(IEnumerable<ImportedUpdate> oldestFirst) =>
        oldestFirst.LastOrDefault(u => u.Status is not null)?.Status;
}
