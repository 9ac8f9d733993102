using System.Collections.Immutable;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;
using Candor.State.Postmortems;

namespace Candor.Intake.Statuspage;

/// <summary>Statuspage's words.</summary>
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
}
