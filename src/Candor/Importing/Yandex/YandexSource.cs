using System.Collections.Immutable;
using Candor.Importing.Reading;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Postmortems;

namespace Candor.Importing.Yandex;

/// <summary>Yandex Cloud: incidents with comments and, later, a report in HTML; and the list of services.</summary>
internal sealed class YandexSource : IImportSource
{
    public string Name => "yandex-cloud";

    public string Title => "Yandex Cloud";

    public bool Recognises(SourceFile file) => Incidents(file.Json).Any()
        || (file.Json is { IsList: true, Says: true } list && list.Items.All(s => s.HasAll("name", "slug", "iamFlag")));

    public Imported Read(ImmutableArray<SourceFile> files, Warnings warnings)
    {
        var tree = new ComponentTree(warnings);
        foreach (var service in files.SelectMany(f => f.Json.Items).Where(s => s.HasAll("slug", "name")))
        {
            tree.Add(service["id"].Text, service["name"].Text, description: service["description"].Text);
        }

        return new()
        {
            PageName = "Yandex Cloud",
            Components = tree.Make(),
            Incidents = [.. files.SelectMany(f => Incidents(f.Json)).Select(Incident).DistinctBy(i => i.Key)],
        };
    }

    private static IEnumerable<SourceValue> Incidents(SourceValue root) =>
        (root["items"].IsList ? root["items"].Items : root.IsList ? root.Items : [root]).Where(i => i.HasAll("levelId", "startDate", "comments"));

    private static ImportedIncident Incident(SourceValue incident)
    {
        var comments = Chronicle.OldestFirst(incident["comments"].Items, c => c["createdAt"].Time)
            .Select(c => new ImportedUpdate(c["createdAt"].Time, c["type"].Text == "update" ? null : StatusWords.Incident(c["type"].Text), Markup.ToMarkdown(c["content"].Text)));
        var report = incident["isReportPublished"].Truth is true ? Markup.ToMarkdown(incident["report"].Text) : "";
        var made = new Telling(incident["id"].Text ?? SourceKeys.Of(incident["title"].Line ?? "", []), incident["title"].Line ?? "Untitled", [.. comments])
        {
            Began = incident["startDate"].Time,
            Ended = incident["endDate"].Time,
            IsOver = incident["status"].Text == "resolved",
            Status = incident["level"]["theme"].Text switch { "danger" => ComponentStatus.MajorOutage, "warning" => ComponentStatus.DegradedPerformance, _ => null },
            Affected = [.. incident["services"].Items.Select(s => s["name"].Line).OfType<string>().Distinct().Select(s => ImmutableArray.Create(s))],
        }.Make();
        return report.Length == 0 ? made : made with { Postmortem = Postmortems.Make(report, incident["reportPublishedTime"].Time) };
    }
}
