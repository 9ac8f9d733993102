using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;
using Candor.State.Postmortems;

namespace Candor.Pages.Wording;

/// <summary>The word for each state, as readers see it.</summary>
internal static class Labels
{
    public static string Of(ComponentState state) => state.Known ? Of(state.Status) : "Unknown";

    public static string Of(ComponentStatus status) => status switch
    {
        ComponentStatus.Operational => "Operational",
        ComponentStatus.UnderMaintenance => "Under maintenance",
        ComponentStatus.DegradedPerformance => "Degraded performance",
        ComponentStatus.PartialOutage => "Partial outage",
        _ => "Major outage",
    };

    public static string Of(IncidentStatus status) => status switch
    {
        IncidentStatus.Investigating => "Investigating",
        IncidentStatus.Identified => "Identified",
        IncidentStatus.Monitoring => "Monitoring",
        IncidentStatus.Resolved => "Resolved",
        _ => "Postmortem",
    };

    public static string Of(MaintenanceStatus status) => status switch
    {
        MaintenanceStatus.Scheduled => "Scheduled",
        MaintenanceStatus.InProgress => "In progress",
        MaintenanceStatus.Verifying => "Verifying",
        _ => "Completed",
    };

    public static string Of(Maintenance maintenance) => maintenance switch
    {
        { Removed: not null } => "Removed",
        { Cancelled: not null } => "Called off",
        _ => Of(maintenance.Status),
    };

    public static string Of(MaintenanceUpdate update) => update.KeepsStatus ? "Update" : Of(update.Status);

    /// <summary>What a list says of an incident: how it stands, or what became of it.</summary>
    public static string Of(Incident incident) => incident switch
    {
        { Removed: not null } => "Removed",
        { Merged: not null } => "Merged",
        _ => Of(incident.Status),
    };

    /// <summary>An update that keeps the status reads "Update".</summary>
    public static string Of(IncidentUpdate update) => update.KeepsStatus ? "Update" : Of(update.Status);

    /// <summary>What an update says, without the sentence that nobody typed it: where this is used, a mark beside the time says so.</summary>
    public static string Unsigned(IncidentUpdate update) => update.Automatic && update.Body.EndsWith(Judging.Wording.Signature, StringComparison.Ordinal)
        ? update.Body[..^Judging.Wording.Signature.Length].TrimEnd()
        : update.Body;

    public static string Of(Impact impact) => impact switch
    {
        Impact.None => "notice",
        Impact.Minor => "minor",
        Impact.Major => "major",
        _ => "critical",
    };
}
