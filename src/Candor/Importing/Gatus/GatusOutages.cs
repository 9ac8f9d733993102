using System.Collections.Immutable;
using Candor.Importing.Reading;
using Candor.State;

namespace Candor.Importing.Gatus;

/// <summary>From UNHEALTHY to HEALTHY is an outage. Gatus keeps no human text, so none is made up.</summary>
internal static class GatusOutages
{
    public static IEnumerable<ImportedIncident> Of(SourceValue endpoint, ImmutableArray<string> component)
    {
        DateTimeOffset? down = null;
        foreach (var (type, at) in endpoint["events"].Items.Select(e => (e["type"].Text, At: e["timestamp"].Time)).Where(e => e.At is not null).OrderBy(e => e.At))
        {
            if (type == "UNHEALTHY")
            {
                down ??= at;
            }
            else if (type == "HEALTHY" && down is { } from)
            {
                down = null;
                yield return Outage(from, at);
            }
        }

        if (down is { } still)
        {
            yield return Outage(still, null);
        }

        ImportedIncident Outage(DateTimeOffset from, DateTimeOffset? until) =>
            new($"{endpoint["key"].Line}/{from.ToUnixTimeSeconds()}", $"{endpoint["name"].Line} was down")
            {
                StartedAt = from,
                ResolvedAt = until,
                Impact = Impact.Critical,
                Status = until is null ? IncidentStatus.Investigating : IncidentStatus.Resolved,
                Intervals = component.IsEmpty ? [] : [new(component, ComponentStatus.MajorOutage, from, until)],
                Affected = component.IsEmpty ? [] : [component],
                Downtimes = [new(from, until)],
            };
    }
}
