using System.Collections.Immutable;
using Candor.Importing.Reading;

namespace Candor.Importing.Statuspage;

/// <summary>
/// Atlassian Statuspage: the public pages under <c>api/v2</c> and the lists of management v1, alone or several together.
/// Other products answer in the same form; what they leave out is simply not there.
/// </summary>
internal sealed class StatuspageSource : IImportSource
{
    public string Name => "statuspage";

    public string Title => "Atlassian Statuspage";

    public bool Recognises(SourceFile file) => file.Json switch
    {
        { IsObject: true } root => IsPage(root) || IsIncident(root) || IsComponent(root) || root["incident"] is { IsObject: true } told && IsIncident(told)
            || root.HasAll("component", "component_update") || root.HasAll("id", "subdomain", "time_zone"),
        { IsList: true } list => list.Items.Any() && list.Items.All(i => IsIncident(i) || IsComponent(i) || IsGroup(i)),
        _ => false,
    };

    public Imported Read(ImmutableArray<SourceFile> files, Warnings warnings)
    {
        var roots = files.Select(f => f.Json).ToList();
        var components = new StatuspageComponents(warnings);
        components.Add(roots.SelectMany(ComponentsOf), roots.SelectMany(GroupsOf));

        var incidents = new StatuspageIncidents(components, warnings);
        foreach (var incident in roots.SelectMany(IncidentsOf))
        {
            incidents.Add(incident);
        }

        var page = roots.Select(r => r.HasAll("subdomain", "time_zone") ? r : r["page"]).FirstOrDefault(p => p["name"].Says);
        return new Imported
        {
            PageName = page["name"].Line,
            PageUrl = page.Any("url", "domain").Line,
            TimeZone = SourceTimes.Zone(page["time_zone"].Text)?.Id,
            Components = components.Make(),
            Incidents = incidents.Incidents,
            Maintenances = incidents.Maintenances,
        };
    }

    private static IEnumerable<SourceValue> ComponentsOf(SourceValue root) =>
        root.IsList ? root.Items.Where(i => IsComponent(i) && !IsGroup(i))
        : root.HasAll("component", "component_update") ? [root["component"]]
        : IsComponent(root) ? [root]
        : IsIncident(root) ? []
        : root["components"].Items;

    private static IEnumerable<SourceValue> GroupsOf(SourceValue root) =>
        (root.IsList ? root : root["component_groups"]).Items.Where(IsGroup);

    private static IEnumerable<SourceValue> IncidentsOf(SourceValue root) =>
        root.IsList ? root.Items.Where(IsIncident)
        : root["incident"].IsObject ? [root["incident"]]
        : IsIncident(root) ? [root]
        : root["incidents"].Items.Concat(root["scheduled_maintenances"].Items);

    /// <summary>A page with its id beside one of the lists: other products say "page" too, but not all of it.</summary>
    private static bool IsPage(SourceValue root) =>
        root["page"] is { IsObject: true } page && page.Has("id") && !page.Has("slug")
        && (root["status"]["indicator"].Says || root["components"].IsList || root["incidents"].IsList || root["scheduled_maintenances"].IsList);

    private static bool IsIncident(SourceValue value) => value.Has("name") && value.Has("status") && value.Has("incident_updates");

    private static bool IsComponent(SourceValue value) => value.HasAll("id", "name", "status", "page_id") && !value.Has("incident_updates");

    /// <summary>A group of management v1: its components are a list of ids.</summary>
    private static bool IsGroup(SourceValue value) => value.HasAll("id", "name", "components", "page_id") && !value.Has("status");
}
