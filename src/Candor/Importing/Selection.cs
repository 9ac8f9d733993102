using System.Collections.Immutable;
using Candor.State;
using Candor.State.Postmortems;

namespace Candor.Importing;

/// <summary>Takes some parts of what was read and leaves the others.</summary>
internal static class Selection
{
    public static Imported Of(Imported all, IReadOnlyCollection<ImportPart> parts) => all with
    {
        Components = parts.Contains(ImportPart.Components) ? all.Components : [],
        Maintenances = parts.Contains(ImportPart.Maintenances) ? all.Maintenances : [],
        Monitors = parts.Contains(ImportPart.Monitors) ? all.Monitors : [],
        Incidents = parts.Contains(ImportPart.Incidents) ? [.. all.Incidents.Select(incident => Of(incident, parts))] : [],
    };

    private static ImportedIncident Of(ImportedIncident incident, IReadOnlyCollection<ImportPart> parts)
    {
        var kept = parts.Contains(ImportPart.Intervals) ? incident : incident with { Intervals = [] };
        return parts.Contains(ImportPart.Postmortems) ? kept : WithoutPostmortem(kept);
    }

    private static ImportedIncident WithoutPostmortem(ImportedIncident incident)
    {
        ImmutableArray<ImportedUpdate> updates =
            [.. incident.Updates.Where(update => update.Status != IncidentStatus.Postmortem)];
        var status = incident.Status == IncidentStatus.Postmortem ? IncidentStatus.Resolved : incident.Status;
        return incident with { Postmortem = null, Updates = updates, Status = status };
    }
}
