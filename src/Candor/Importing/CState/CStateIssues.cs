using System.Collections.Immutable;
using Candor.Importing.Reading;
using Candor.State;

namespace Candor.Importing.CState;

/// <summary>Issues, from their source in Markdown or from the JSON that was made of it. The source wins, it has the text.</summary>
internal sealed class CStateIssues(ComponentTree tree, TimeZoneInfo? zone, Warnings warnings)
{
    private readonly Dictionary<string, ImportedIncident> incidents = [];
    private readonly Dictionary<string, ImportedMaintenance> maintenances = [];

    public ImmutableArray<ImportedIncident> Incidents => [.. incidents.Values];

    public ImmutableArray<ImportedMaintenance> Maintenances => [.. maintenances.Values];

    public void AddMarkdown(SourceFile file)
    {
        if (FrontMatter.Read(file.Text) is not { } issue || issue.Head["title"].Line is null)
        {
            warnings.Add(file.Path, "has no head in YAML with a title and was left out", "write the head between two lines of “---”");
            return;
        }

        if (issue.Fault is { } fault)
        {
            warnings.Add(file.Path, fault, "mend the head and import it again");
        }

        var head = issue.Head;
        Add(head, System.IO.Path.GetFileNameWithoutExtension(file.Name), SourceTimes.Read(head["date"].Text, zone),
            SourceTimes.Read(head["resolvedWhen"].Text, zone), issue.Body, null);
    }

    public void AddJson(SourceValue issue)
    {
        var link = issue["permalink"].Line;
        var key = issue["filename"].Line is { } name ? System.IO.Path.GetFileNameWithoutExtension(name)
            : link?.Trim('/').Split('/')[^1] ?? SourceKeys.Of(issue["title"].Line ?? "", [issue["createdAt"].Text]);
        if (!incidents.ContainsKey(key) && !maintenances.ContainsKey(key))
        {
            Add(issue, key, SourceTimes.Read(issue["createdAt"].Text, zone), SourceTimes.Read(issue["resolvedAt"].Text, zone), issue.Any("body", "content").Text ?? "", link);
        }
    }

    private void Add(SourceValue head, string key, DateTimeOffset? began, DateTimeOffset? ended, string body, string? link)
    {
        var title = head["title"].Line!;
        var affected = head["affected"].Items.Select(a => a.Line).OfType<string>().Select(a => tree.FindByName(a) ?? [a]).ToImmutableArray();
        var updates = CStateUpdates.Read(body, began, zone);
        var resolved = head["resolved"].Truth is true || ended is not null;
        if (resolved && ended is null)
        {
            warnings.Add($"issue “{title}”", "is resolved without saying when; its last update's time is taken", "write resolvedWhen into its head");
        }

        if (head["informational"].Truth is true && ended is not null)
        {
            maintenances[key] = new(key, title, began, ended)
            {
                Url = link,
                Status = resolved ? "completed" : null,
                Updates = [.. updates.Select(u => new ImportedMaintenanceUpdate(u.At, null, u.Body))],
                Affected = affected,
            };
            return;
        }

        var end = resolved ? ended ?? Outcome.ResolvedAt(updates) ?? updates.LastOrDefault()?.At : null;
        var status = CStateSource.Status(head["severity"].Text);
        incidents[key] = new(key, title)
        {
            Url = link,
            StartedAt = began,
            ResolvedAt = end,
            Status = resolved ? IncidentStatus.Resolved : Outcome.Newest(updates),
            Impact = head["informational"].Truth is true ? Impact.None : Outcome.ImpactOf([status]),
            Updates = updates,
            Intervals = status is { } bad and not ComponentStatus.Operational && head["informational"].Truth is not true
                ? [.. affected.Select(a => new ImportedInterval(a, bad, began, end))] : [],
            Affected = affected,
        };
    }
}
