using System.Collections.Immutable;
using Candor.Importing.Monitors;
using Candor.Importing.Reading;

namespace Candor.Importing.Upptime;

/// <summary>
/// Upptime, a repository: <c>.upptimerc.yml</c> (monitors), <c>history</c> (how things are), and its issues as the GitHub
/// API or <c>gh issue list --json</c> gives them (incidents and maintenances).
/// </summary>
internal sealed class UpptimeSource : IImportSource
{
    public string Name => "upptime";

    public string Title => "Upptime";

    public bool Recognises(SourceFile file) => file switch
    {
        _ when IsYaml(file) => file.Name.StartsWith(".upptimerc", StringComparison.Ordinal)
            || (file.Contains("responseTime:"u8) && file.Contains("lastUpdated:"u8) && file.Contains("startTime:"u8))
            || (file.Contains("sites:"u8) && file.Contains("status-website:"u8)),
        { Json: { IsList: true, Says: true } list } => list.Items.All(UpptimeIssues.IsIssue) || list.Items.All(IsSite),
        _ => false,
    };

    public Imported Read(ImmutableArray<SourceFile> files, Warnings warnings)
    {
        var sites = new UpptimeSites(new MonitorList(warnings), warnings);
        SourceValue website = default;
        foreach (var file in files.Where(IsYaml).OrderBy(f => !f.Name.StartsWith(".upptimerc", StringComparison.Ordinal)))
        {
            var (root, fault) = SourceYaml.Read(file.Bytes);
            if (fault is not null)
            {
                warnings.Add(file.Path, fault, "mend the file and import it again");
            }

            website = website.Says ? website : root["status-website"];
            sites.Configured(root["sites"]);
            if (root.HasAll("url", "status", "lastUpdated"))
            {
                sites.Seen(System.IO.Path.GetFileNameWithoutExtension(file.Name), root);
            }
        }

        var lists = files.Where(f => !IsYaml(f)).SelectMany(f => f.Json.Items).ToList();
        foreach (var site in lists.Where(IsSite))
        {
            sites.Summarised(site);
        }

        var issues = new UpptimeIssues(sites, warnings);
        foreach (var issue in lists.Where(UpptimeIssues.IsIssue))
        {
            issues.Add(issue);
        }

        return new()
        {
            PageName = website["name"].Line,
            PageUrl = website["cname"].Line is { } domain ? $"https://{domain}" : null,
            Components = sites.Components,
            Monitors = sites.Monitors(),
            Incidents = issues.Incidents,
            Maintenances = issues.Maintenances,
        };
    }

    private static bool IsYaml(SourceFile file) => file.Ends(".yml") || file.Ends(".yaml");

    private static bool IsSite(SourceValue site) => site.HasAll("name", "slug", "status", "uptime");
}
