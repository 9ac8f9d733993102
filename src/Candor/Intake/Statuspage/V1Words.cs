using System.Collections.Immutable;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;
using Candor.State.Postmortems;

namespace Candor.Intake.Statuspage;

/// <summary>Statuspage's words, and the sentences that its own pages offer where somebody changes a status and says nothing.</summary>
internal static class V1Words
{
    public static readonly ImmutableArray<(string, IncidentStatus)> Incident =
    [
        ("investigating", IncidentStatus.Investigating), ("identified", IncidentStatus.Identified),
        ("monitoring", IncidentStatus.Monitoring), ("resolved", IncidentStatus.Resolved), ("postmortem", IncidentStatus.Postmortem),
    ];

    public static readonly ImmutableArray<(string, MaintenanceStatus)> Planned =
    [
        ("scheduled", MaintenanceStatus.Scheduled), ("in_progress", MaintenanceStatus.InProgress),
        ("verifying", MaintenanceStatus.Verifying), ("completed", MaintenanceStatus.Completed),
    ];

    public static readonly ImmutableArray<(string, WidgetCorner)> Corners =
    [
        ("bottom-left", WidgetCorner.BottomLeft), ("bottom-right", WidgetCorner.BottomRight),
        ("top-left", WidgetCorner.TopLeft), ("top-right", WidgetCorner.TopRight),
    ];

    public static string Of(WidgetCorner corner) => Corners.First(word => word.Item2 == corner).Item1;

    public static string Of(IncidentStatus status) => Incident.First(word => word.Item2 == status).Item1;

    /// <summary>There is no word for what was called off; what clients must know is that it will not be.</summary>
    public static string Of(Maintenance maintenance) => maintenance.IsOpen ? Of(maintenance.Status) : "completed";

    public static string Of(MaintenanceStatus status) => Planned.First(word => word.Item2 == status).Item1;

    public static string Of(Impact impact) => impact switch
    {
        Impact.None => "none",
        Impact.Minor => "minor",
        Impact.Major => "major",
        _ => "critical",
    };

    /// <param name="goesOn">The status was this one already.</param>
    public static string Sentence(IncidentStatus status, bool goesOn) => (status, goesOn) switch
    {
        (IncidentStatus.Investigating, false) => "We are currently investigating this issue.",
        (IncidentStatus.Investigating, true) => "We are continuing to investigate this issue.",
        (IncidentStatus.Identified, false) => "The issue has been identified and a fix is being implemented.",
        (IncidentStatus.Identified, true) => "We are continuing to work on a fix for this issue.",
        (IncidentStatus.Monitoring, false) => "A fix has been implemented and we are monitoring the results.",
        (IncidentStatus.Monitoring, true) => "We are continuing to monitor for any further issues.",
        _ => "This incident has been resolved.",
    };

    public static string Sentence(MaintenanceStatus status) => status switch
    {
        MaintenanceStatus.Scheduled => "We will be undergoing scheduled maintenance during this time.",
        MaintenanceStatus.InProgress => "Scheduled maintenance is currently in progress. We will provide updates as necessary.",
        MaintenanceStatus.Verifying => "Verification is currently underway for the maintenance items.",
        _ => "The scheduled maintenance has been completed.",
    };
}
