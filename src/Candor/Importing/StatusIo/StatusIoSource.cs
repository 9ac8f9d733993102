using System.Collections.Immutable;
using Candor.Importing.Reading;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Importing.StatusIo;

/// <summary>Status.io: the status answer, with what is open now. Trouble may be in one container (a place) of a component.</summary>
internal sealed class StatusIoSource : IImportSource
{
    public string Name => "statusio";

    public string Title => "Status.io";

    public bool Recognises(SourceFile file) => file.Json["result"].HasAll("status_overall", "status");

    public Imported Read(ImmutableArray<SourceFile> files, Warnings warnings)
    {
        var results = files.Select(f => f.Json["result"]).ToList();
        var tree = new ComponentTree(warnings);
        foreach (var component in results.SelectMany(r => r["status"].Items))
        {
            var containers = component["containers"].Items.ToList();
            if (containers.Count > 1)
            {
                warnings.Add($"component “{component["name"].Line}”", "stands there in several places, which are not carried; the worst of them counts", "add components for the places where readers know them");
            }

            tree.Add(component["id"].Text, component["name"].Text, status: containers.Append(component).Max(c => StatusOf(c["status_code"])));
        }

        var plans = results.Select(r => r["maintenance"]).SelectMany(m => m["active"].Items.Select(p => (p, "in_progress")).Concat(m["upcoming"].Items.Select(p => (p, "scheduled"))));
        warnings.Add("incidents", "that are over are not in this answer", "import the page's feed as well");
        return new()
        {
            Components = tree.Make(),
            Incidents = [.. results.SelectMany(r => r["incidents"].Items).Where(i => i["name"].Says).Select(i => Incident(i, tree))],
            Maintenances = [.. plans.Where(p => p.p["name"].Says).Select(p => Maintenance(p.p, p.Item2, tree))],
        };
    }

    /// <summary>600 is a security event: the worst there is, whatever else works.</summary>
    private static ComponentStatus? StatusOf(SourceValue code) => code.Text == "600" ? ComponentStatus.MajorOutage : StatusWords.Component(code.Text);

    private static IncidentStatus? StateOf(SourceValue state) => state.Text switch
    {
        "100" => IncidentStatus.Investigating,
        "200" => IncidentStatus.Identified,
        "300" => IncidentStatus.Monitoring,
        "400" => IncidentStatus.Resolved,
        var word => StatusWords.Incident(word),
    };

    private static ImportedIncident Incident(SourceValue incident, ComponentTree tree)
    {
        var messages = Messages(incident);
        return new Telling(incident.Any("_id", "id").Text ?? SourceKeys.Of(incident["name"].Line!, []), incident["name"].Line!,
            [.. messages.Select(m => new ImportedUpdate(m["datetime"].Time, StateOf(m["state"]), SourceText.Body(m["details"].Text)))])
        {
            Began = incident["datetime_open"].Time,
            Ended = incident["datetime_resolved"].Time,
            Status = messages.Max(m => StatusOf(m["status"])),
            Affected = Affected(incident, tree),
        }.Make();
    }

    private static ImportedMaintenance Maintenance(SourceValue plan, string status, ComponentTree tree) =>
        new(plan.Any("_id", "id").Text ?? SourceKeys.Of(plan["name"].Line!, []), plan["name"].Line!, plan["datetime_planned_start"].Time, plan["datetime_planned_end"].Time)
        {
            Status = status,
            Updates = [.. Messages(plan).Select(m => new ImportedMaintenanceUpdate(m["datetime"].Time, null, SourceText.Body(m["details"].Text)))],
            Affected = Affected(plan, tree),
        };

    private static List<SourceValue> Messages(SourceValue told) => Chronicle.OldestFirst(told["messages"].Items, m => m["datetime"].Time);

    private static ImmutableArray<ImmutableArray<string>> Affected(SourceValue told, ComponentTree tree) =>
        [.. told["components_affected"].Items.Select(c => tree.Find(c.Any("_id", "id").Text) ?? tree.FindByName(c["name"].Line)).OfType<ImmutableArray<string>>()];
}
