using System.Collections.Immutable;
using Candor.Importing.Reading;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Importing.Oracle;

/// <summary>Oracle Cloud: at Statuspage's addresses, in a form of its own. A service is the same in each region: both are the key.</summary>
internal sealed class OracleSource : IImportSource
{
    public string Name => "oracle";

    public string Title => "Oracle Cloud";

    public bool Recognises(SourceFile file) => file.Json["regionHealthReports"].IsList
        || (file.Json["page"].Has("name") && !file.Json["page"].Has("id") && file.Json["status"]["indicator"].Says);

    public Imported Read(ImmutableArray<SourceFile> files, Warnings warnings)
    {
        var tree = new ComponentTree(warnings);
        var incidents = new List<ImportedIncident>();
        foreach (var region in files.SelectMany(f => f.Json["regionHealthReports"].Items))
        {
            var key = region.Any("regionId", "regionCanonicalName", "regionName").Line ?? "";
            tree.Add(key, region["regionName"].Text, isGroup: true, description: region["geographicAreaName"].Text);
            foreach (var service in region["serviceHealthReports"].Items)
            {
                var id = $"{key}/{service.Any("serviceId", "serviceName").Line}";
                tree.Add(id, service["serviceName"].Text, key, status: Status(service["serviceStatus"].Text));
                incidents.AddRange(service["incidents"].Items.Where(i => i.IsObject).Select(i => Incident(i, tree.Find(id) ?? [])));
            }
        }

        return new()
        {
            PageName = files.Select(f => f.Json["page"]["name"].Line).FirstOrDefault(n => n is not null),
            Components = tree.Make(),
            Incidents = [.. incidents.GroupBy(i => i.Key).Select(g => g.First() with { Affected = [.. g.SelectMany(i => i.Affected)] })],
        };
    }

    private static ComponentStatus? Status(string? word) => word switch
    {
        "NormalPerformance" => ComponentStatus.Operational,
        "ServiceDegradation" or "ServiceDegraded" => ComponentStatus.DegradedPerformance,
        "ServiceDisruption" or "ServiceDisrupted" => ComponentStatus.PartialOutage,
        "ServiceOutage" => ComponentStatus.MajorOutage,
        _ => StatusWords.Component(word),
    };

    private static ImportedIncident Incident(SourceValue incident, ImmutableArray<string> component)
    {
        var updates = Chronicle.OldestFirst(incident.Any("updates", "incidentUpdates").Items, u => u.Any("createdAt", "timeCreated", "postedAt").Time)
            .Select(u => new ImportedUpdate(u.Any("createdAt", "timeCreated", "postedAt").Time, StatusWords.Incident(u["status"].Text), Markup.ToMarkdown(u.Any("body", "message", "description").Text)));
        var title = incident.Any("title", "name", "summary", "incidentTitle").Line ?? "Untitled";
        return new Telling(incident.Any("id", "incidentId", "incidentNumber").Text ?? SourceKeys.Of(title, []), title, [.. updates])
        {
            Began = incident.Any("startTime", "createdAt", "timeStarted").Time,
            Ended = incident.Any("endTime", "resolvedAt", "timeResolved").Time,
            Affected = component.IsEmpty ? [] : [component],
        }.Make();
    }
}
