using Candor.State;

namespace Candor.Notices.Wording;

/// <summary>Statuses as Statuspage writes them for machines, and as people read them.</summary>
internal static class StatusWords
{
    /// <summary>Taken away as a mistake. Statuspage has no word for it, so programs are told that it is over.</summary>
    public const string Removed = "removed";

    public static string Of(IncidentStatus status) => status switch
    {
        IncidentStatus.Investigating => "investigating",
        IncidentStatus.Identified => "identified",
        IncidentStatus.Monitoring => "monitoring",
        IncidentStatus.Resolved => "resolved",
        _ => "postmortem",
    };

    public static string Of(MaintenanceStatus status) => status switch
    {
        MaintenanceStatus.Scheduled => "scheduled",
        MaintenanceStatus.InProgress => "in_progress",
        MaintenanceStatus.Verifying => "verifying",
        _ => "completed",
    };

    /// <summary>Null where an incident has no such status.</summary>
    public static IncidentStatus? IncidentOf(string status) => status switch
    {
        "investigating" => IncidentStatus.Investigating,
        "identified" => IncidentStatus.Identified,
        "monitoring" => IncidentStatus.Monitoring,
        "resolved" => IncidentStatus.Resolved,
        "postmortem" => IncidentStatus.Postmortem,
        _ => null,
    };

    /// <summary>Null where planned work has no such status.</summary>
    public static MaintenanceStatus? MaintenanceOf(string status) => status switch
    {
        "scheduled" => MaintenanceStatus.Scheduled,
        "in_progress" => MaintenanceStatus.InProgress,
        "verifying" => MaintenanceStatus.Verifying,
        "completed" => MaintenanceStatus.Completed,
        _ => null,
    };

    public static string Of(ComponentStatus status) => status switch
    {
        ComponentStatus.Operational => "operational",
        ComponentStatus.UnderMaintenance => "under_maintenance",
        ComponentStatus.DegradedPerformance => "degraded_performance",
        ComponentStatus.PartialOutage => "partial_outage",
        _ => "major_outage",
    };

    /// <summary>What is no status of ours, as it can be read: "on_hold" is "On hold".</summary>
    public static string ForPeople(string status) =>
        status.Length == 0 ? "" : char.ToUpperInvariant(status[0]) + status[1..].Replace('_', ' ');
}
