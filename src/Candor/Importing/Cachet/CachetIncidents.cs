using System.Collections.Immutable;
using Candor.Importing.Reading;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Importing.Cachet;

/// <summary>
/// An incident's own message is its first update, and its own status the first one; what came later is in its updates.
/// </summary>
internal sealed class CachetIncidents(CachetComponents components, ILookup<string, CachetRecord> updates, Warnings warnings)
{
    public ImportedIncident Incident(CachetRecord incident)
    {
        var first = incident.Says("occurred_at", "occurred", "created_at", "created").Time;
        var said = Said(incident).Select(u => new ImportedUpdate(TimeOf(u), CachetWords.Incident(u.Says("status")), SourceText.Body(u.Says("message").Text)));
        var own = SourceText.Body(incident.Says("message").Text);
        ImmutableArray<ImportedUpdate> all = own.Length == 0 ? [.. said] : [new(first, CachetWords.Incident(incident.Says("status")), own), .. said];
        var over = incident.Says("is_resolved").Truth;
        var status = CachetWords.Incident(incident.Says("latest_status")) ?? (over is true ? IncidentStatus.Resolved : Outcome.Newest(all));
        if (incident.Says("visible").Text is "0" or "false")
        {
            warnings.Add($"incident “{Title(incident)}”", "is hidden there", "delete it here after the import if it should stay hidden");
        }

        return new(Key(incident), Title(incident))
        {
            Url = incident.Says("permalink").Line,
            StartedAt = first ?? all.Select(u => u.At).FirstOrDefault(t => t is not null),
            ResolvedAt = status == IncidentStatus.Resolved ? Outcome.ResolvedAt(all) ?? incident.Says("updated_at", "updated").Time : null,
            Status = status,
            Updates = all,
            Affected = Affected(incident),
        };
    }

    public ImportedMaintenance Maintenance(CachetRecord schedule) =>
        new(Key(schedule), Title(schedule), schedule.Says("scheduled_at", "scheduled").Time, schedule.Says("completed_at", "completed").Time)
        {
            Status = CachetWords.Schedule(schedule.Says("status")),
            Description = SourceText.Body(schedule.Says("message").Text),
            Updates = [.. Said(schedule).Select(u => new ImportedMaintenanceUpdate(TimeOf(u), CachetWords.Schedule(u.Says("status")), SourceText.Body(u.Says("message").Text)))],
            Affected = Affected(schedule),
        };

    private List<CachetRecord> Said(CachetRecord of) =>
        Chronicle.OldestFirst(of.Inner("updates").Concat(updates[of.Id ?? ""]).DistinctBy(u => u.Id), TimeOf);

    private static DateTimeOffset? TimeOf(CachetRecord update) => update.Says("created_at", "created").Time;

    private static string Title(CachetRecord of) => of.Says("name").Line ?? "Untitled";

    private static string Key(CachetRecord of) => of.Id ?? SourceKeys.Of(Title(of), [of.Says("message").Text]);

    private ImmutableArray<ImmutableArray<string>> Affected(CachetRecord of)
    {
        var named = of.Inner("components").Select(c => c.Says("component_id").Text ?? c.Id)
            .Concat(of.Relations["components"]["data"].Items.Select(c => c["id"].Text))
            .Prepend(of.Says("component_id").Text).Distinct();
        return [.. named.Select(components.Find).OfType<ImmutableArray<string>>()];
    }
}
