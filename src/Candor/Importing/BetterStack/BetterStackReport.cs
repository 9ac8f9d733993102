using System.Collections.Immutable;
using Candor.Importing.Reading;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Importing.BetterStack;

/// <summary>A status report with those of its updates that are in the file.</summary>
internal sealed class BetterStackReport
{
    private readonly SourceValue says;
    private readonly ComponentTree tree;
    private readonly List<SourceValue> updates;

    public BetterStackReport(SourceValue report, Dictionary<string, SourceValue> all, ComponentTree tree, Warnings warnings)
    {
        (says, this.tree, Key) = (report["attributes"], tree, report["id"].Text!);
        var ids = report["relationships"]["status_updates"]["data"].Items.Select(d => d["id"].Text ?? "").ToList();
        updates = Chronicle.OldestFirst(ids.Where(all.ContainsKey).Select(id => all[id]["attributes"]), u => u["published_at"].Time);
        if (updates.Count < ids.Count)
        {
            warnings.Add($"report “{Title}”", $"{ids.Count - updates.Count} of its updates are not in the file", "fetch the page again, whole");
        }
    }

    public string Key { get; }

    public bool IsMaintenance => says["report_type"].Text == "maintenance";

    private string Title => says["title"].Line ?? "Untitled";

    private bool IsOver => says["aggregate_state"].Text is "resolved" or "operational";

    public ImportedIncident Incident()
    {
        var said = updates.Select((u, i) => new ImportedUpdate(u["published_at"].Time, StatusOf(u, i), SourceText.Body(u["message"].Text))).ToImmutableArray();
        var resolved = says["ends_at"].Time ?? (IsOver ? Outcome.ResolvedAt(said) : null);
        var changes = Changes();
        return new(Key, Title)
        {
            StartedAt = says["starts_at"].Time ?? said.Select(u => u.At).FirstOrDefault(),
            ResolvedAt = resolved,
            Impact = Outcome.ImpactOf(updates.SelectMany(u => u["affected_resources"].Items).Concat(says["affected_resources"].Items)
                .Select(r => BetterStackSource.Status(r["status"]))),
            Status = IsOver ? IncidentStatus.Resolved : Outcome.Newest(said),
            Updates = said,
            Intervals = changes.Make(resolved),
            Affected = changes.Affected,
        };
    }

    public ImportedMaintenance Maintenance() => new(Key, Title, says["starts_at"].Time, says["ends_at"].Time)
    {
        Status = IsOver ? "completed" : null,
        Updates = [.. updates.Select(u => new ImportedMaintenanceUpdate(u["published_at"].Time, null, SourceText.Body(u["message"].Text)))],
        Affected = Changes().Affected,
    };

    private static IncidentStatus? StatusOf(SourceValue update, int index)
    {
        var resources = update["affected_resources"].Items.ToList();
        return resources.Count > 0 && resources.TrueForAll(r => r["status"].Text is "resolved" or "operational") ? IncidentStatus.Resolved
            : index == 0 ? IncidentStatus.Investigating : null;
    }

    private Intervals Changes()
    {
        var changes = new Intervals();
        foreach (var (update, resource) in updates.SelectMany(u => u["affected_resources"].Items.Select(r => (u, r))))
        {
            if (tree.Find(resource["status_page_resource_id"].Text) is { } path)
            {
                changes.Change(path, BetterStackSource.Status(resource["status"]), update["published_at"].Time);
            }
        }

        foreach (var path in says["affected_resources"].Items.Select(r => tree.Find(r["status_page_resource_id"].Text)).OfType<ImmutableArray<string>>())
        {
            changes.Name(path);
        }

        return changes;
    }
}
