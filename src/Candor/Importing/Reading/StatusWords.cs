using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;
using Candor.State.Postmortems;

namespace Candor.Importing.Reading;

/// <summary>
/// The words that pages use, in Statuspage's; of German ones those of Candor's own pages, without the letters that are not ASCII. A word that is not known is null, never "operational": good news needs to be
/// said. Where a product gives a word another meaning, its own folder has its own table.
/// </summary>
internal static class StatusWords
{
    public static ComponentStatus? Component(string? word) => Plain(word) switch
    {
        "operational" or "ok" or "up" or "normalperformance" or "serviceoperational" or "good" or "green" or "available" or "allgood"
            or "normal" or "100" or "resolved" or "inbetrieb" => ComponentStatus.Operational,
        "undermaintenance" or "maintenance" or "plannedmaintenance" or "scheduled" or "200" or "blue" or "inwartung" => ComponentStatus.UnderMaintenance,
        "degradedperformance" or "degraded" or "minor" or "notice" or "yellow" or "performanceissues" or "servicedegradation" or "300" or "beeintrchtigt"
            => ComponentStatus.DegradedPerformance,
        "partialoutage" or "partiallydegraded" or "disrupted" or "partialservicedisruption" or "servicedisruption" or "400" or "teilausfall"
            => ComponentStatus.PartialOutage,
        "majoroutage" or "fulloutage" or "downtime" or "down" or "major" or "red" or "outage" or "critical" or "serviceinterruption"
            or "serviceoutage" or "500" or "ausfall" => ComponentStatus.MajorOutage,
        _ => null,
    };

    public static IncidentStatus? Incident(string? word) => Plain(word) switch
    {
        "investigating" or "detected" or "open" or "active" or "issue" or "retroactive" or "wirduntersucht" => IncidentStatus.Investigating,
        "identified" or "ursachegefunden" => IncidentStatus.Identified,
        "monitoring" or "watching" or "recovering" or "verifying" or "wirdbeobachtet" => IncidentStatus.Monitoring,
        "resolved" or "fixed" or "closed" or "completed" or "behoben" => IncidentStatus.Resolved,
        "postmortem" or "nachbetrachtung" => IncidentStatus.Postmortem,
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
        "scheduled" or "upcoming" or "notstartedyet" or "maintenancescheduled" or "planned" or "geplant" => "scheduled",
        "inprogress" or "maintenanceinprogress" or "underway" or "active" or "undermaintenance" or "ongoing" or "luft" => "in_progress",
        "verifying" or "wirdgeprft" => "verifying",
        "completed" or "complete" or "maintenancecomplete" or "ended" or "resolved" or "finished" or "abgeschlossen" => "completed",
        _ => null,
    };

    private static string Plain(string? word) => word is not { Length: <= 60 }
        ? ""
        : string.Concat(word.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}
