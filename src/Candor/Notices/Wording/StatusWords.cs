using Candor.State;

namespace Candor.Notices.Wording;

/// <summary>Statuses as Statuspage writes them for machines, and as people read them.</summary>
internal static class StatusWords
{
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

    public static string Of(ComponentStatus status) => status switch
    {
        ComponentStatus.Operational => "operational",
        ComponentStatus.UnderMaintenance => "under_maintenance",
        ComponentStatus.DegradedPerformance => "degraded_performance",
        ComponentStatus.PartialOutage => "partial_outage",
        _ => "major_outage",
    };

    /// <summary>"in_progress" as people read it: "In progress".</summary>
    public static string ForPeople(string status) =>
        status.Length == 0 ? "" : char.ToUpperInvariant(status[0]) + status[1..].Replace('_', ' ');
}
