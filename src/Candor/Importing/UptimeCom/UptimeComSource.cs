using System.Collections.Immutable;
using Candor.Importing.Reading;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Importing.UptimeCom;

/// <summary>Uptime.com: what its status pages fetch for their history.</summary>
internal sealed class UptimeComSource : IImportSource
{
    public string Name => "uptimecom";

    public string Title => "Uptime.com";

    public bool Recognises(SourceFile file) => Body(file) is var data && (data["past_incidents"].IsList || data["active_incidents"].IsList)
        && (data.Has("component_history") || data.Has("global_metrics") || data["past_incidents"].Items.All(i => i.Has("incident_type")));

    public Imported Read(ImmutableArray<SourceFile> files, Warnings warnings)
    {
        var all = files.Select(Body).SelectMany(d => d["active_incidents"].Items.Concat(d["past_incidents"].Items)
            .Concat(d["scheduled_maintenances"].Items).Concat(d["upcoming_maintenance"].Items).Concat(d["scheduled_maintenance"].Items))
            .Where(i => i["name"].Says).DistinctBy(i => i["id"].Text ?? i["name"].Text).ToList();
        return new()
        {
            Incidents = [.. all.Where(i => !IsPlanned(i)).Select(Incident)],
            Maintenances = [.. all.Where(IsPlanned).Select(Maintenance)],
        };
    }

    private static SourceValue Body(SourceFile file) => file.Json["data"].IsObject ? file.Json["data"] : file.Json;

    private static bool IsPlanned(SourceValue incident) => incident["incident_type"].Text == "SCHEDULED_MAINTENANCE";

    private static ImportedIncident Incident(SourceValue incident)
    {
        var named = incident["affected_components"].Items.Where(c => c["name"].Line is not null).DistinctBy(c => c["name"].Line).ToList();
        var ended = incident["ends_at"].Time;
        var made = new Telling(Key(incident), incident["name"].Line!,
            [.. Said(incident).Select(u => new ImportedUpdate(u["updated_at"].Time, StatusWords.Incident(u["incident_state"].Text), SourceText.Body(u["description"].Text)))])
        {
            Began = incident["starts_at"].Time,
            Ended = ended,
            Status = named.Max(c => StatusWords.Component(c["status"].Text)),
        }.Make();
        return made with
        {
            Affected = [.. named.Select(c => ImmutableArray.Create(c["name"].Line!))],
            Intervals = [.. named.Where(c => StatusWords.Component(c["status"].Text) is not null and not ComponentStatus.Operational)
                .Select(c => new ImportedInterval([c["name"].Line!], StatusWords.Component(c["status"].Text)!.Value, made.StartedAt, ended))],
        };
    }

    private static ImportedMaintenance Maintenance(SourceValue plan) => new(Key(plan), plan["name"].Line!, plan["starts_at"].Time, plan["ends_at"].Time)
    {
        Updates = [.. Said(plan).Select(u => new ImportedMaintenanceUpdate(u["updated_at"].Time,
            u["incident_state"].Text == "maintenance" ? "scheduled" : StatusWords.Maintenance(u["incident_state"].Text), SourceText.Body(u["description"].Text)))],
        Affected = [.. plan["affected_components"].Items.Select(c => c["name"].Line).OfType<string>().Distinct().Select(n => ImmutableArray.Create(n))],
    };

    private static List<SourceValue> Said(SourceValue told) => Chronicle.OldestFirst(told["updates"].Items, u => u["updated_at"].Time);

    private static string Key(SourceValue told) => told["id"].Text ?? SourceKeys.Of(told["name"].Line!, []);
}
