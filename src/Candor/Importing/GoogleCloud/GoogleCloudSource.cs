using System.Collections.Immutable;
using Candor.Importing.Reading;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Postmortems;

namespace Candor.Importing.GoogleCloud;

/// <summary>
/// Google Cloud, Workspace and Firebase: <c>incidents.json</c>, of today and of before 2021. Updates bear a state of health,
/// not of the incident: the first bad one opens, AVAILABLE resolves, and what comes after with such a heading is the report.
/// </summary>
internal sealed class GoogleCloudSource : IImportSource
{
    public string Name => "google-cloud";

    public string Title => "Google Cloud";

    public bool Recognises(SourceFile file) => file.Json is { IsList: true, Says: true } list && list.Items.All(i => i.Has("external_desc") && i.Has("updates"));

    public Imported Read(ImmutableArray<SourceFile> files, Warnings warnings) => new()
    {
        PageName = "Google Cloud",
        Incidents = [.. files.SelectMany(f => f.Json.Items).Select(Incident).DistinctBy(i => i.Key)],
    };

    private static ImportedIncident Incident(SourceValue incident)
    {
        var updates = Chronicle.OldestFirst(incident["updates"].Items, TimeOf)
            .Select(u => new ImportedUpdate(TimeOf(u), StatusOf(u), SourceText.Body(u["text"].Text))).ToImmutableArray();
        var report = updates.Where(u => u.Status == IncidentStatus.Postmortem).MaxBy(u => u.Body.Length);
        var products = incident["affected_products"].Items.Select(p => p["title"].Line).Append(incident["affected_products"].Says ? null : incident["service_name"].Line);
        var made = new Telling(incident["id"].Line ?? $"{incident["service_key"].Line}/{incident["number"].Text}", incident["external_desc"].Line ?? "Untitled", updates)
        {
            Url = incident["uri"].Line is { } uri ? $"https://status.cloud.google.com/{uri.TrimStart('/')}" : null,
            Began = incident["begin"].Time ?? incident["created"].Time,
            Ended = incident["end"].Time,
            Status = HealthOf(incident["status_impact"].Text) ?? HealthOf(incident["severity"].Text),
            Affected = [.. products.OfType<string>().Distinct().Select(p => ImmutableArray.Create(p))],
        }.Make();
        return made with { StartedAt = incident["begin"].Time ?? made.StartedAt, Postmortem = report is null ? null : Postmortems.Make(report.Body, report.At) };
    }

    private static DateTimeOffset? TimeOf(SourceValue update) => update.Any("when", "created", "modified").Time;

    private static IncidentStatus? StatusOf(SourceValue update)
    {
        var first = (update["text"].Text ?? "").AsSpan().TrimStart();
        first = first[..(first.IndexOf('\n') is >= 0 and var end ? end : first.Length)];
        return first.Contains("incident report", StringComparison.OrdinalIgnoreCase) && first.Length < 100 ? IncidentStatus.Postmortem
            : update["status"].Text == "AVAILABLE" ? IncidentStatus.Resolved : null;
    }

    private static ComponentStatus? HealthOf(string? word) => word switch
    {
        "SERVICE_OUTAGE" or "high" => ComponentStatus.MajorOutage,
        "SERVICE_DISRUPTION" or "medium" => ComponentStatus.PartialOutage,
        "SERVICE_INFORMATION" or "low" => ComponentStatus.DegradedPerformance,
        "AVAILABLE" => ComponentStatus.Operational,
        _ => null,
    };
}
