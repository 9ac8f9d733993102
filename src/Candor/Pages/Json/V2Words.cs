using Candor.State;
using Candor.State.Maintenances;

namespace Candor.Pages.Json;

/// <summary>Statuspage's words for what the world holds.</summary>
internal static class V2Words
{
    public static string Of(ComponentStatus status) => status switch
    {
        ComponentStatus.Operational => "operational",
        ComponentStatus.UnderMaintenance => "under_maintenance",
        ComponentStatus.DegradedPerformance => "degraded_performance",
        ComponentStatus.PartialOutage => "partial_outage",
        _ => "major_outage",
    };

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

    /// <summary>There is no word for what was called off; what clients must know is that it will not be.</summary>
    public static string Of(Maintenance maintenance) => maintenance.IsOpen ? Of(maintenance.Status) : "completed";

    public static string Of(Impact impact) => impact switch
    {
        Impact.None => "none",
        Impact.Minor => "minor",
        Impact.Major => "major",
        _ => "critical",
    };

    public static string VerdictOf(ComponentState state) => state switch
    {
        { Known: false } => "unknown",
        { Status: ComponentStatus.Operational or ComponentStatus.UnderMaintenance } => "up",
        { Status: ComponentStatus.MajorOutage } => "down",
        _ => "degraded",
    };
}
