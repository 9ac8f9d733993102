using System.Collections.Immutable;
using Candor.Importing.Reading;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Importing.BetterStack;

/// <summary>
/// Better Stack: <c>index.json</c> in JSON:API's form. It has no words like "investigating": the first update is that, the
/// one whose resources are all resolved ends it, and those between keep the status.
/// </summary>
internal sealed class BetterStackSource : IImportSource
{
    public string Name => "betterstack";

    public string Title => "Better Stack";

    public bool Recognises(SourceFile file) => file.IsMarkup
        ? file.Contains("status-pages-v2--"u8) || file.Contains("betteruptime"u8)
        : file.Json["data"]["type"].Text == "status_page" || file.Json["included"].Items.Any(i => i["type"].Text is "status_page_resource" or "status_report");

    public Imported Read(ImmutableArray<SourceFile> files, Warnings warnings)
    {
        foreach (var page in files.Where(f => f.IsMarkup))
        {
            warnings.Add(page.Path, "is the page for readers, which holds no data", "import its index.json: the page's address with /index.json behind it");
        }

        var roots = files.Where(f => !f.IsMarkup).Select(f => f.Json).ToList();
        var included = roots.SelectMany(r => r["included"].Items).ToList();
        var site = roots.Select(r => r["data"]["attributes"]).FirstOrDefault(a => a.Says);
        var tree = Components(included, warnings);
        var updates = included.Where(i => i["type"].Text == "status_update" && i["id"].Text is not null)
            .DistinctBy(i => i["id"].Text).ToDictionary(i => i["id"].Text!);
        var reports = included.Where(i => i["type"].Text == "status_report" && i["id"].Text is not null).DistinctBy(i => i["id"].Text)
            .Select(r => new BetterStackReport(r, updates, tree, warnings)).ToList();
        return new()
        {
            PageName = site["company_name"].Line,
            PageUrl = site["custom_domain"].Line is { } domain ? $"https://{domain}"
                : site["subdomain"].Line is { } sub ? $"https://{sub}.betteruptime.com" : null,
            TimeZone = SourceTimes.Zone(site["timezone"].Text)?.Id,
            Components = tree.Make(),
            Incidents = [.. reports.Where(r => !r.IsMaintenance).Select(r => r.Incident())],
            Maintenances = [.. reports.Where(r => r.IsMaintenance).Select(r => r.Maintenance())],
        };
    }

    /// <summary>"resolved" is how an update says operational; "not_monitored" says nothing.</summary>
    public static ComponentStatus? Status(SourceValue word) => StatusWords.Component(word.Text);

    private static ComponentTree Components(List<SourceValue> included, Warnings warnings)
    {
        var tree = new ComponentTree(warnings);
        foreach (var section in Of("status_page_section"))
        {
            tree.Add($"section-{section["id"].Text}", section["attributes"]["name"].Text, isGroup: true, order: (int?)section["attributes"]["position"].Number);
        }

        foreach (var resource in Of("status_page_resource"))
        {
            var says = resource["attributes"];
            var section = $"section-{says["status_page_section_id"].Text}";
            tree.Add(resource["id"].Text, says["public_name"].Text, tree.Has(section) ? section : null, status: Status(says["status"]),
                description: says["explanation"].Text, order: (int?)says["position"].Number);
        }

        return tree;

        IEnumerable<SourceValue> Of(string type) =>
            included.Where(i => i["type"].Text == type).OrderBy(i => i["attributes"]["position"].Number ?? 0);
    }
}
