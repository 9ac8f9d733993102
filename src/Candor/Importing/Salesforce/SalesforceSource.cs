using System.Collections.Immutable;
using Candor.Importing.Reading;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Importing.Salesforce;

/// <summary>Salesforce Trust: the status of an instance, or a list of incidents. Nothing has a title: it is made of what is told.</summary>
internal sealed class SalesforceSource : IImportSource
{
    public string Name => "salesforce";

    public string Title => "Salesforce Trust";

    public bool Recognises(SourceFile file) => Instances(file.Json).Any(i => i.HasAll("Incidents", "Maintenances")) || Incidents(file.Json).Any(i => i.Has("IncidentEvents"));

    public Imported Read(ImmutableArray<SourceFile> files, Warnings warnings)
    {
        var instances = files.SelectMany(f => Instances(f.Json)).ToList();
        var services = instances.SelectMany(i => i["Services"].Items).Where(s => s["key"].Says).DistinctBy(s => s["key"].Text).OrderBy(s => s["order"].Number);
        var maintenances = instances.SelectMany(i => i["Maintenances"].Items).Concat(files.SelectMany(f => f.Json.Items).Where(i => i.Has("MaintenanceEvents")));
        return new()
        {
            PageName = instances.Select(i => i["key"].Line).FirstOrDefault(k => k is not null),
            Components = [.. services.Select(s => new ImportedComponent(s["key"].Line!, [s["key"].Line!]) { Order = (int?)s["order"].Number })],
            Incidents = [.. files.SelectMany(f => Incidents(f.Json)).Select(i => Incident(i, warnings)).DistinctBy(i => i.Key)],
            Maintenances = [.. maintenances.Select(Maintenance).DistinctBy(m => m.Key)],
        };
    }

    private static IEnumerable<SourceValue> Instances(SourceValue root) => root.IsList ? root.Items.Where(i => i.Has("Incidents")) : [root];

    private static IEnumerable<SourceValue> Incidents(SourceValue root) =>
        Instances(root).SelectMany(i => i["Incidents"].Items).Concat(root.Items.Where(i => i.Has("IncidentEvents")));

    private static ImportedIncident Incident(SourceValue incident, Warnings warnings)
    {
        var impacts = incident["IncidentImpacts"].Items.ToList();
        var updates = Chronicle.OldestFirst(incident["IncidentEvents"].Items, e => e["createdAt"].Time)
            .Select(e => new ImportedUpdate(e["createdAt"].Time, e["type"].Text == "resolved" ? IncidentStatus.Resolved : null, Body(e))).ToImmutableArray();
        var ended = impacts.Count > 0 && impacts.TrueForAll(i => i["endTime"].Says) ? impacts.Max(i => i["endTime"].Time) : null;
        if (ended is null && updates.Length > 0 && updates[^1].Body.Contains("resolved", StringComparison.OrdinalIgnoreCase))
        {
            warnings.Add($"incident {incident["id"].Text}", "has no end although its last words say that it is resolved", "resolve it after the import if that is so");
        }

        var kind = impacts.Select(i => i["type"].Line).FirstOrDefault(t => t is not null);
        var services = Services(incident);
        return new Telling(incident["id"].Text ?? SourceKeys.Of("", updates.Select(u => u.Body)), $"{Words(kind ?? "incident")}{Of(services)}", updates)
        {
            Began = impacts.Min(i => i["startTime"].Time) ?? incident["createdAt"].Time,
            Ended = ended,
            IsOver = updates.Any(u => u.Status == IncidentStatus.Resolved),
            Status = impacts.Select(i => i["severity"].Text).FirstOrDefault(s => s is not null) switch
            {
                "major" => ComponentStatus.MajorOutage, "minor" => ComponentStatus.DegradedPerformance, _ => null,
            },
            Affected = services,
        }.Make();
    }

    private static ImportedMaintenance Maintenance(SourceValue maintenance)
    {
        var impacts = maintenance["MaintenanceImpacts"].Items.ToList();
        var said = Chronicle.OldestFirst(maintenance["MaintenanceEvents"].Items, e => e["createdAt"].Time);
        return new(maintenance["id"].Text ?? "", maintenance["name"].Line ?? $"{Words(maintenance["message"]["maintenanceType"].Line ?? "maintenance")}{Of(Services(maintenance))}",
            maintenance["plannedStartTime"].Time ?? impacts.Min(i => i["startTime"].Time), maintenance["plannedEndTime"].Time ?? impacts.Max(i => i["endTime"].Time))
        {
            Description = Body(maintenance["additionalInformation"]),
            Updates = [.. said.Select(e => new ImportedMaintenanceUpdate(e["createdAt"].Time, StatusWords.Maintenance(e["type"].Text), Body(e)))],
            Affected = Services(maintenance),
        };
    }

    /// <summary>Line feeds come both as they are and as a backslash with an n.</summary>
    private static string Body(SourceValue told) =>
        SourceText.Body((told["message"].Text ?? told.Text)?.Replace("\\n", "\n", StringComparison.Ordinal));

    private static string Of(ImmutableArray<ImmutableArray<string>> services) => services.IsEmpty ? "" : $": {string.Join(", ", services.Select(s => s[0]))}";

    /// <summary>"performanceDegradation" is "Performance degradation".</summary>
    private static string Words(string camel) => string.Concat(camel.Take(80).Select((c, i) =>
        i == 0 ? $"{char.ToUpperInvariant(c)}" : char.IsAsciiLetterUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}"));

    private static ImmutableArray<ImmutableArray<string>> Services(SourceValue told) =>
        [.. told["serviceKeys"].Items.Select(s => s.Line).OfType<string>().Distinct().Select(s => ImmutableArray.Create(s))];
}
