using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Languages;

internal sealed class EnglishNames : StateNames
{
    public override string Unknown => "Unknown";

    public override string Update => "Update";

    public override string Removed => "Removed";

    public override string Merged => "Merged";

    public override string CalledOff => "Called off";

    public override string Of(ComponentStatus status) => status switch
    {
        ComponentStatus.Operational => "Operational",
        ComponentStatus.UnderMaintenance => "Under maintenance",
        ComponentStatus.DegradedPerformance => "Degraded performance",
        ComponentStatus.PartialOutage => "Partial outage",
        _ => "Major outage",
    };

    public override string Of(IncidentStatus status) => status switch
    {
        IncidentStatus.Investigating => "Investigating",
        IncidentStatus.Identified => "Identified",
        IncidentStatus.Monitoring => "Monitoring",
        IncidentStatus.Resolved => "Resolved",
        _ => "Postmortem",
    };

    public override string Of(MaintenanceStatus status) => status switch
    {
        MaintenanceStatus.Scheduled => "Scheduled",
        MaintenanceStatus.InProgress => "In progress",
        MaintenanceStatus.Verifying => "Verifying",
        _ => "Completed",
    };

    public override string Of(Impact impact) => impact switch
    {
        Impact.None => "notice",
        Impact.Minor => "minor",
        Impact.Major => "major",
        _ => "critical",
    };

    public override string Of(StillAnswers layers) => layers switch
    {
        StillAnswers.Cache => "the cache still answers, the origin does not",
        StillAnswers.Reading => "reading still works, writing does not",
        _ => "reads are still answered, perhaps by a cache; what is written does not come back",
    };

    public override string Within(string name) => name.ToLowerInvariant();
}
