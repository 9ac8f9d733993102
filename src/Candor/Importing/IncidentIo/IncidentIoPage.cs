using System.Collections.Immutable;
using Candor.Importing.Reading;

namespace Candor.Importing.IncidentIo;

/// <summary>Collects what the page's own data says: a summary with the structure, and incidents, some of them more than once.</summary>
internal sealed class IncidentIoPage(Warnings warnings)
{
    private readonly ComponentTree tree = new(warnings);
    private readonly Dictionary<string, (SourceValue Value, EmbeddedPages? Page)> incidents = [];
    private readonly Dictionary<string, string> links = [];
    private SourceValue summary;

    public void Add(EmbeddedPages? page, SourceValue json)
    {
        foreach (var found in page?.Objects() ?? EmbeddedPages.Walk(json))
        {
            if (found.HasAll("components", "structure") || found.HasAll("page_title", "ongoing_incidents"))
            {
                summary = summary.Says ? summary : found;
            }
            else if (found["id"].Text is { } id && found.Has("name") && IsIncident(found))
            {
                if (!incidents.TryGetValue(id, out var before) || before.Value["updates"].Items.Count() < found["updates"].Items.Count())
                {
                    incidents[id] = (found, page);
                }
            }
            else if (found["id"].Text is { } linked && found["permalink"].Line is { } link)
            {
                links[linked] = link;
            }
        }
    }

    public Imported Make(Imported also)
    {
        Components();
        var made = incidents.Values.Select(i => new IncidentIoIncident(i.Value, i.Page, tree, warnings)).ToList();
        var told = links.Keys.Except(incidents.Keys).Count();
        if (told > 0)
        {
            warnings.Add("the page", $"names {told} older incidents without their texts", "import the pages of its history as well");
        }

        return also with
        {
            PageName = summary.Any("name", "page_title").Line ?? also.PageName,
            PageUrl = summary.Any("public_url", "page_url").Line ?? also.PageUrl,
            Components = also.Components.IsEmpty ? tree.Make() : also.Components,
            Incidents = [.. also.Incidents, .. made.Where(i => !i.IsMaintenance).Select(i => i.Incident(Link(i.Key)))],
            Maintenances = [.. also.Maintenances, .. made.Where(i => i.IsMaintenance).Select(i => i.Maintenance(Link(i.Key)))],
        };
    }

    private string? Link(string key) => links.GetValueOrDefault(key);

    private static bool IsIncident(SourceValue found) =>
        (found.Has("published_at") && found.Has("updates")) || found.HasAll("status", "last_update_message") || found.HasAll("status", "starts_at", "ends_at");

    /// <summary>The structure has the order and the groups; what it leaves out is hidden from readers and imported all the same.</summary>
    private void Components()
    {
        var affected = summary["affected_components"].Items
            .Where(c => c["component_id"].Text is not null)
            .DistinctBy(c => c["component_id"].Text)
            .ToDictionary(c => c["component_id"].Text!, c => StatusWords.Component(c.Any("current_status", "status").Text));
        foreach (var item in summary["structure"]["items"].Items)
        {
            var group = item["group"];
            if (group["name"].Says)
            {
                tree.Add(group["id"].Text, group["name"].Text, isGroup: true, description: group["description"].Text);
            }

            foreach (var component in group["components"].Items.Append(item["component"]).Where(c => c["name"].Says))
            {
                Add(component, component["component_id"].Text, group["id"].Text);
            }
        }

        foreach (var component in summary["components"].Items.Where(c => !tree.Has(c["id"].Text)))
        {
            Add(component, component["id"].Text, null);
        }

        void Add(SourceValue component, string? id, string? group) => tree.Add(id, component["name"].Text, group,
            status: id is not null && affected.TryGetValue(id, out var status) ? status
                : summary["affected_components"].IsList ? State.ComponentStatus.Operational : null,
            description: component["description"].Text);
    }
}
