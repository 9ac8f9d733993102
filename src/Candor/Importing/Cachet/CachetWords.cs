using Candor.Importing.Reading;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Importing.Cachet;

/// <summary>Cachet's numbers; 0 and 5 are "we do not know".</summary>
internal static class CachetWords
{
    public static ComponentStatus? Component(SourceValue status) => status.Text switch
    {
        "1" => ComponentStatus.Operational,
        "2" => ComponentStatus.DegradedPerformance,
        "3" => ComponentStatus.PartialOutage,
        "4" => ComponentStatus.MajorOutage,
        "6" => ComponentStatus.UnderMaintenance,
        "0" or "5" => null,
        var word => StatusWords.Component(word),
    };

    public static IncidentStatus? Incident(SourceValue status) => status.Text switch
    {
        "1" => IncidentStatus.Investigating,
        "2" => IncidentStatus.Identified,
        "3" => IncidentStatus.Monitoring,
        "4" => IncidentStatus.Resolved,
        "0" => null,
        var word => StatusWords.Incident(word),
    };

    public static string? Schedule(SourceValue status) => status.Text switch
    {
        "0" => "scheduled",
        "1" => "in_progress",
        "2" => "completed",
        var word => StatusWords.Maintenance(word),
    };
}
