using System.Collections.Immutable;
using Candor.Importing.Reading;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Importing.Instatus;

/// <summary>Collects the parts, wherever they lie: the site with its components, notices open and past, and their outages.</summary>
internal sealed class InstatusPage(Warnings warnings)
{
    private readonly ComponentTree tree = new(warnings);
    private readonly Dictionary<string, SourceValue> notices = [];
    private readonly Dictionary<string, string> names = [];
    private readonly List<(string Component, SourceValue Outage)> outages = [];
    private SourceValue site;

    public void Add(SourceValue found)
    {
        site = site.Says || !(found["site"]["components"].IsList || found["page"]["name"].Says) ? site : found.Any("site", "page");
        Components(found["site"]["components"], null);
        Components(found["components"].Items.Any(c => c["status"].Text is not null && c.Has("group")) ? found["components"] : default, null);
        foreach (var notice in found["activeIncidents"].Items.Concat(found["activeMaintenances"].Items)
            .Concat(found["notices"].Values).Concat(found["dailyGroupedNotices"].Items.SelectMany(d => d["notices"].Items)))
        {
            if (notice.IsObject && (notice["id"].Text is null || Says(notice["name"]) is null))
            {
                warnings.Add($"notice {notice["id"].Line ?? Says(notice["name"])}", "has no id or no name and was left out", "give it one there and import again");
            }
            else if (notice["id"].Text is { } id
                && (!notices.TryGetValue(id, out var before) || before["updates"].Items.Count() < notice["updates"].Items.Count()))
            {
                notices[id] = notice;
            }
        }

        outages.AddRange(found["componentsUptime"].Members.SelectMany(c => c.Value["outages"].Items.Select(o => (c.Name, o))));
    }

    public Imported Make()
    {
        var made = notices.Values.Select(n => new InstatusNotice(n, tree, warnings)).ToList();
        return new()
        {
            PageName = Says(site["name"]),
            PageUrl = site["url"].Line ?? (site["customDomain"].Line is { } domain ? $"https://{domain}" : null),
            TimeZone = SourceTimes.Zone(site["timezone"].Text)?.Id,
            Components = tree.Make(),
            Incidents = [.. made.Where(n => !n.IsMaintenance).Select(n => n.Incident(outages))],
            Maintenances = [.. made.Where(n => n.IsMaintenance).Select(n => n.Maintenance())],
        };
    }

    /// <summary>Texts are maps by language: the default first, else the first that says something.</summary>
    public static string? Says(SourceValue text) => text.IsObject
        ? text["default"].Line ?? text.Values.Select(v => v.Line).FirstOrDefault(l => l is not null)
        : text.Line;

    private void Components(SourceValue list, string? parent, int depth = 0)
    {
        foreach (var component in list.Items.OrderBy(c => c["order"].Number ?? 0))
        {
            var id = component["id"].Text;
            var group = component["group"];
            var children = component["children"].Items.Any();
            tree.Add(id, Says(component["name"]), parent ?? group["id"].Text, children || component["isParent"].Truth is true,
                StatusWords.Component(component["status"].Text), Says(component["description"]), (int?)component["order"].Number);
            names.TryAdd(group["id"].Text ?? "", group["name"].Line ?? "");
            if (depth < SourceLimits.TreeDepthMax)
            {
                Components(component["children"], id, depth + 1);
            }
        }

        // A child may carry a copy of a group that the list itself leaves out.
        foreach (var (id, name) in names.Where(n => n.Key.Length > 0 && !tree.Has(n.Key)).ToList())
        {
            tree.Add(id, name, isGroup: true);
        }
    }
}
