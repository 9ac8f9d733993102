using System.Collections.Immutable;
using Candor.Importing.Reading;
using Candor.State;

namespace Candor.Importing.CState;

/// <summary>cState: its repository (<c>config.yml</c>, <c>content/issues/*.md</c>) where it is at hand, else its JSON.</summary>
internal sealed class CStateSource : IImportSource
{
    public string Name => "cstate";

    public string Title => "cState";

    public bool Recognises(SourceFile file) =>
        file.Ends(".md") ? file.Path.Contains("issues/", StringComparison.Ordinal) || file.Contains("section: issue"u8) || file.Contains("resolvedWhen:"u8)
        : IsYaml(file) ? file.Contains("systems:"u8) && SourceYaml.Read(file.Bytes).Value is var root && root["params"].Any("systems").IsList
        : file.Json.Has("cStateVersion") || (file.Json["is"].Text is "index" or "issue" or "issues" or "system" or "affected");

    public Imported Read(ImmutableArray<SourceFile> files, Warnings warnings)
    {
        var configurations = files.Where(IsYaml).Select(f => Configuration(f, warnings)).ToList();
        var indexes = files.Where(f => !IsYaml(f) && !f.Ends(".md")).Select(f => f.Json).ToList();
        var tree = new ComponentTree(warnings);
        foreach (var (categories, systems) in configurations.Select(c => (c["params"]["categories"], c["params"]["systems"]))
            .Concat(indexes.Select(i => (i["categories"], i["systems"]))))
        {
            Components(tree, categories, systems);
        }

        var issues = new CStateIssues(tree, SourceTimes.Zone(configurations.Select(c => c.Any("timeZone", "timezone").Text).FirstOrDefault(z => z is not null)), warnings);
        foreach (var file in files.Where(f => f.Ends(".md") && !f.Name.StartsWith('_')))
        {
            issues.AddMarkdown(file);
        }

        foreach (var issue in indexes.SelectMany(EmbeddedPages.Walk).Where(i => i.HasAll("title", "createdAt")))
        {
            issues.AddJson(issue);
        }

        var site = configurations.Concat(indexes).FirstOrDefault(s => s["title"].Says);
        return new()
        {
            PageName = site["title"].Line,
            PageUrl = site["baseURL"].Line,
            TimeZone = SourceTimes.Zone(site.Any("timeZone").Text)?.Id,
            Components = tree.Make(),
            Incidents = issues.Incidents,
            Maintenances = issues.Maintenances,
        };
    }

    public static ComponentStatus? Status(string? word) => word switch
    {
        "ok" => ComponentStatus.Operational,
        "notice" => ComponentStatus.DegradedPerformance,
        "disrupted" => ComponentStatus.PartialOutage,
        "down" => ComponentStatus.MajorOutage,
        _ => null,
    };

    private static bool IsYaml(SourceFile file) => file.Ends(".yml") || file.Ends(".yaml");

    private static SourceValue Configuration(SourceFile file, Warnings warnings)
    {
        var (root, fault) = SourceYaml.Read(file.Bytes);
        if (fault is not null)
        {
            warnings.Add(file.Path, fault, "mend the file and import it again");
        }

        return root;
    }

    /// <summary>Categories become groups when something lies in them; all of them are kept, as the page shows them.</summary>
    private static void Components(ComponentTree tree, SourceValue categories, SourceValue systems)
    {
        foreach (var category in categories.Items.Where(c => c["name"].Line is not null))
        {
            tree.Add($"category:{category["name"].Line}", category["name"].Text, isGroup: true, description: category["description"].Text);
        }

        foreach (var system in systems.Items)
        {
            var category = $"category:{system["category"].Line}";
            tree.Add(system["name"].Line, system["name"].Text, tree.Has(category) ? category : null,
                status: Status(system["status"].Text), description: system["description"].Text);
        }
    }
}
