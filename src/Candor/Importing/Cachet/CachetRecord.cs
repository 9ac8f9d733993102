using Candor.Importing.Reading;

namespace Candor.Importing.Cachet;

/// <summary>One record, whatever version wrote it: 1 and 2 flat, 3 with attributes whose values may be {human, value}.</summary>
internal sealed class CachetRecord(SourceValue record)
{
    private readonly SourceValue says = record["attributes"] is { IsObject: true } attributes ? attributes : record;

    public string? Id => record["id"].Text ?? says["id"].Text;

    /// <summary>component, group, incident, update or schedule; null where it is none.</summary>
    public string? Kind => record.Has("attributes")
        ? record["type"].Text switch
        {
            "components" => "component",
            "componentGroups" or "component_groups" or "component-groups" => "group",
            "incidents" => "incident",
            "updates" or "incidentUpdates" or "incident_updates" or "incident-updates" => "update",
            "schedules" => "schedule",
            _ => null,
        }
        : !says.Has("id") || !says.Has("created_at") ? null
        : says.Has("scheduled_at") && says.Has("name") ? "schedule"
        : says.Has("incident_id") && says.Has("message") ? "update"
        : says.HasAll("name", "message", "status") ? "incident"
        : says.Has("enabled_components") || says.HasAll("name", "collapsed") ? "group"
        : says.HasAll("name", "status") && (says.Has("group_id") || says.Has("link")) ? "component"
        : null;

    public SourceValue Relations => record["relationships"];

    public static IEnumerable<CachetRecord> All(SourceValue root) =>
        (root["data"] is { IsObject: true } one ? [one] : root["data"].Items).Concat(root["included"].Items)
            .Where(r => r.IsObject).Select(r => new CachetRecord(r));

    /// <summary>The first of the members that says something, out of its wrapping.</summary>
    public SourceValue Says(params ReadOnlySpan<string> names) =>
        says.Any(names) is { IsObject: true } wrapped && (wrapped.Has("value") || wrapped.Has("string")) ? wrapped.Any("value", "string") : says.Any(names);

    public IEnumerable<CachetRecord> Inner(string name) => says[name].Values.Where(v => v.IsObject).Select(v => new CachetRecord(v));
}
