using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;
using Candor.State.Postmortems;

namespace Candor.Importing.Reading;

/// <summary>
/// The words that pages use, in Statuspage's. A word that is not known is null, never "operational": good news needs to be
/// said. Where a product gives a word another meaning, its own folder has its own table.
/// </summary>
internal static class StatusWords
{
    public static ComponentStatus? Component(string? word) => Plain(word) switch
    {
        "operational" or "ok" or "up" or "normalperformance" or "serviceoperational" or "good" or "green" or "available" or "allgood"
            or "normal" or "100" or "resolved" => ComponentStatus.Operational,
        "undermaintenance" or "maintenance" or "plannedmaintenance" or "scheduled" or "200" or "blue" => ComponentStatus.UnderMaintenance,
        "degradedperformance" or "degraded" or "minor" or "notice" or "yellow" or "performanceissues" or "servicedegradation" or "300"
            => ComponentStatus.DegradedPerformance,
        "partialoutage" or "partiallydegraded" or "disrupted" or "partialservicedisruption" or "servicedisruption" or "400"
            => ComponentStatus.PartialOutage,
        "majoroutage" or "fulloutage" or "downtime" or "down" or "major" or "red" or "outage" or "critical" or "serviceinterruption"
            or "serviceoutage" or "500" => ComponentStatus.MajorOutage,
        _ => null,
    };

    public static IncidentStatus? Incident(string? word) => Plain(word) switch
    {
        "investigating" or "detected" or "open" or "active" or "issue" or "retroactive" => IncidentStatus.Investigating,
        "identified" => IncidentStatus.Identified,
        "monitoring" or "watching" or "recovering" or "verifying" => IncidentStatus.Monitoring,
        "resolved" or "fixed" or "closed" or "completed" => IncidentStatus.Resolved,
        "postmortem" => IncidentStatus.Postmortem,
        _ => null,
    };

    public static Impact? Impact(string? word) => Plain(word) switch
    {
        "none" or "operational" or "maintenance" => State.Impact.None,
        "minor" or "degradedperformance" or "degraded" or "low" or "notice" => State.Impact.Minor,
        "major" or "partialoutage" or "medium" or "disrupted" => State.Impact.Major,
        "critical" or "majoroutage" or "fulloutage" or "high" or "down" or "outage" => State.Impact.Critical,
        _ => null,
    };

    /// <summary>Statuspage's word for a maintenance: scheduled, in_progress, verifying or completed.</summary>
    public static string? Maintenance(string? word) => Plain(word) switch
    {
        "scheduled" or "upcoming" or "notstartedyet" or "maintenancescheduled" or "planned" => "scheduled",
        "inprogress" or "maintenanceinprogress" or "underway" or "active" or "undermaintenance" or "ongoing" => "in_progress",
        "verifying" => "verifying",
        "completed" or "complete" or "maintenancecomplete" or "ended" or "resolved" or "finished" => "completed",
        _ => null,
    };

    private static string Plain(string? word) => word is not { Length: <= 60 }
        ? ""
        : string.Concat(word.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}
