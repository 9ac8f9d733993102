using System.Collections.Immutable;
using Candor.Importing.Reading;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Importing.Slack;

/// <summary>Slack: what is current (an object) and the history (a bare list).</summary>
internal sealed class SlackSource : IImportSource
{
    public string Name => "slack";

    public string Title => "Slack";

    public bool Recognises(SourceFile file) => file.Json.HasAll("active_incidents", "status")
        || (file.Json is { IsList: true, Says: true } list && list.Items.All(i => i.HasAll("id", "title", "notes", "services")));

    public Imported Read(ImmutableArray<SourceFile> files, Warnings warnings)
    {
        var all = files.SelectMany(f => f.Json.IsList ? f.Json.Items : f.Json["active_incidents"].Items).Where(i => i["title"].Says).ToList();
        return new()
        {
            PageName = "Slack",
            Incidents = [.. all.Where(i => i["type"].Text != "maintenance").Select(Incident).DistinctBy(i => i.Key)],
            Maintenances = [.. all.Where(i => i["type"].Text == "maintenance").Select(Maintenance).DistinctBy(m => m.Key)],
        };
    }

    private static ImportedIncident Incident(SourceValue incident)
    {
        var updates = Notes(incident).Select(n => new ImportedUpdate(n["date_created"].Time, null, Markup.ToMarkdown(n["body"].Text))).ToImmutableArray();
        return new Telling(incident["id"].Text ?? SourceKeys.Of(incident["title"].Line!, []), incident["title"].Line!, updates)
        {
            Url = incident["url"].Line,
            Began = incident["date_created"].Time,
            IsOver = incident["status"].Text is "resolved" or "completed" or "cancelled",
            Status = incident["type"].Text switch
            {
                "outage" => ComponentStatus.MajorOutage, "incident" => ComponentStatus.PartialOutage, "notice" => ComponentStatus.DegradedPerformance, _ => null,
            },
            Affected = Services(incident),
        }.Make();
    }

    private static ImportedMaintenance Maintenance(SourceValue incident) =>
        new(incident["id"].Text ?? SourceKeys.Of(incident["title"].Line!, []), incident["title"].Line!, incident["date_created"].Time, null)
        {
            Url = incident["url"].Line,
            Status = StatusWords.Maintenance(incident["status"].Text),
            Updates = [.. Notes(incident).Select(n => new ImportedMaintenanceUpdate(n["date_created"].Time, null, Markup.ToMarkdown(n["body"].Text)))],
            Affected = Services(incident),
        };

    private static List<SourceValue> Notes(SourceValue incident) => Chronicle.OldestFirst(incident["notes"].Items, n => n["date_created"].Time);

    private static ImmutableArray<ImmutableArray<string>> Services(SourceValue incident) =>
        [.. incident["services"].Items.Select(s => s.Line).OfType<string>().Distinct().Select(s => ImmutableArray.Create(s))];
}
