using System.Collections.Immutable;
using Candor.Importing.Reading;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;
using Candor.State.Postmortems;

namespace Candor.Importing.IncidentIo;

/// <summary>One incident or maintenance of the page's own data.</summary>
internal sealed class IncidentIoIncident(SourceValue incident, EmbeddedPages? page, ComponentTree tree, Warnings warnings)
{
    private readonly List<SourceValue> updates = Chronicle.OldestFirst(incident["updates"].Items, u => u["published_at"].Time);

    public string Key => incident["id"].Text!;

    public bool IsMaintenance => incident["type"].Text == "maintenance" || incident["status"].Text?.StartsWith("maintenance", StringComparison.Ordinal) is true
        || incident.Has("starts_at") || incident.Has("scheduled_end_at");

    public ImportedIncident Incident(string? link)
    {
        var said = updates.Select(u => new ImportedUpdate(u["published_at"].Time, StatusWords.Incident(u["to_status"].Text), Body(u))).ToImmutableArray();
        if (said.IsEmpty && Text(incident["last_update_message"]) is { Length: > 0 } last)
        {
            said = [new(incident["last_update_at"].Time, StatusWords.Incident(incident["status"].Text), last)];
            warnings.Add($"incident “{Title}”", "is told with its newest update only", "import the page's own HTML, which has all");
        }

        var status = StatusWords.Incident(incident["status"].Text);
        var changes = Changes();
        return new(Key, Title)
        {
            Url = incident["url"].Line ?? link,
            StartedAt = Chronicle.Least(incident["published_at"].Time, said.Select(u => u.At).FirstOrDefault(t => t is not null)),
            ResolvedAt = status is IncidentStatus.Resolved or IncidentStatus.Postmortem ? Outcome.ResolvedAt(said) : null,
            Impact = Outcome.ImpactOf(incident["component_impacts"].Items.Concat(incident["affected_components"].Items)
                .Select(c => StatusWords.Component(c["status"].Text)).Append(StatusWords.Component(incident["current_worst_impact"].Text))),
            Status = status ?? Outcome.Newest(said),
            Updates = said,
            Intervals = [.. Impacts()],
            Affected = changes,
            Postmortem = Report(),
        };
    }

    public ImportedMaintenance Maintenance(string? link)
    {
        var impacts = incident["component_impacts"].Items.ToList();
        return new(Key, Title,
            incident.Any("starts_at", "started_at", "scheduled_start_at").Time ?? impacts.Select(i => i["start_at"].Time).Min()
                ?? updates.Select(u => u["published_at"].Time).FirstOrDefault(),
            incident.Any("ends_at", "scheduled_end_at").Time ?? impacts.Select(i => i["end_at"].Time).Max())
        {
            Url = incident["url"].Line ?? link,
            Status = StatusWords.Maintenance(incident["status"].Text),
            Updates = [.. updates.Select(u => new ImportedMaintenanceUpdate(u["published_at"].Time, StatusWords.Maintenance(u["to_status"].Text), Body(u)))],
            Affected = Changes(),
        };
    }

    private string Title => SourceText.Line(Text(incident["name"])) is { Length: > 0 } title ? title : "Untitled";

    private string? Text(SourceValue value) => page is null ? value.Text : page.Text(value);

    private string Body(SourceValue update)
    {
        var plain = SourceText.Body(Text(update["message_string"]));
        return page is null && EditorText.ToMarkdown(update["message"]) is { Length: > 0 } tree ? tree
            : plain.Length > 0 ? plain : EditorText.ToMarkdown(update["message"]);
    }

    private ImmutableArray<ImmutableArray<string>> Changes()
    {
        var changes = new Intervals();
        foreach (var named in incident["affected_components"].Items.Concat(incident["component_impacts"].Items)
            .Concat(updates.SelectMany(u => u["component_statuses"].Items)))
        {
            if (PathOf(named) is { } path)
            {
                changes.Name(path);
            }
        }

        return changes.Affected;
    }

    private IEnumerable<ImportedInterval> Impacts() =>
        from impact in incident["component_impacts"].Items
        let path = PathOf(impact)
        let status = StatusWords.Component(impact["status"].Text)
        where path is not null && status is not null and not ComponentStatus.Operational
        orderby impact["start_at"].Time
        select new ImportedInterval(path.Value, status.Value, impact["start_at"].Time, impact["end_at"].Time);

    private ImmutableArray<string>? PathOf(SourceValue named)
    {
        var component = named["component"];
        var id = named["component_id"].Text ?? component["id"].Text;
        return tree.Find(id) ?? ((component.Any("name").Line ?? named["name"].Line) is { } name ? tree.FindByName(name) ?? [name] : null);
    }

    private ImportedPostmortem? Report()
    {
        var contents = incident["write_up_contents"];
        var body = contents.IsObject ? EditorText.ToMarkdown(contents) : SourceText.Body(Text(contents));
        if (body.Length == 0 && Text(incident["write_up_url"]) is { Length: > 0 } url)
        {
            warnings.Add($"incident “{Title}”", $"has its report elsewhere: {url}", "copy it into the postmortem by hand");
        }

        return body.Length == 0 ? null : Postmortems.Make(body, null);
    }
}
