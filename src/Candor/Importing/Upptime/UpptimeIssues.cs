using System.Collections.Immutable;
using Candor.Importing.Reading;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Importing.Upptime;

/// <summary>Issues as incidents: opened is the start, closed the end, comments are the updates.</summary>
internal sealed class UpptimeIssues(UpptimeSites sites, Warnings warnings)
{
    private readonly List<ImportedIncident> incidents = [];
    private readonly List<ImportedMaintenance> maintenances = [];

    public ImmutableArray<ImportedIncident> Incidents => [.. incidents.DistinctBy(i => i.Key)];

    public ImmutableArray<ImportedMaintenance> Maintenances => [.. maintenances.DistinctBy(m => m.Key)];

    public static bool IsIssue(SourceValue issue) => issue.HasAll("number", "title", "labels", "state");

    public void Add(SourceValue issue)
    {
        var labels = issue["labels"].Items.Select(l => l["name"].Line ?? l.Line ?? "").ToList();
        if (issue["pull_request"].Says || !(labels.Contains("status") || labels.Contains("maintenance") || labels.Exists(l => sites.Find(l) is not null)))
        {
            warnings.Add("issues", "that are not about the status (no label says so) were left out", "give them the label “status” there and import again");
            return;
        }

        if (issue["comments"].Number is > 0)
        {
            warnings.Add("issues", "come without their comments", "export them with: gh issue list --state all --json number,title,state,body,labels,createdAt,closedAt,comments,url");
        }

        var affected = labels.Select(sites.Find).OfType<ImmutableArray<string>>().ToImmutableArray();
        if (labels.Contains("maintenance"))
        {
            Maintenance(issue, affected);
        }
        else
        {
            Incident(issue, labels, affected);
        }
    }

    private void Incident(SourceValue issue, List<string> labels, ImmutableArray<ImmutableArray<string>> affected)
    {
        var (began, ended) = (issue.Any("created_at", "createdAt").Time, issue.Any("closed_at", "closedAt").Time);
        var degraded = labels.Contains("degraded") || (issue["title"].Text ?? "").Contains("degraded", StringComparison.OrdinalIgnoreCase);
        var status = degraded ? ComponentStatus.DegradedPerformance : ComponentStatus.MajorOutage;
        var updates = new List<ImportedUpdate>();
        if (SourceText.Body(issue["body"].Text) is { Length: > 0 } body)
        {
            updates.Add(new(began, IncidentStatus.Investigating, body));
        }

        foreach (var comment in Chronicle.OldestFirst(issue["comments"].Items, TimeOf))
        {
            var text = SourceText.Body(comment["body"].Text);
            updates.Add(new(TimeOf(comment), text.StartsWith("**Resolved", StringComparison.OrdinalIgnoreCase) ? IncidentStatus.Resolved : null, text));
        }

        incidents.Add(new(Key(issue), issue["title"].Line ?? "Untitled")
        {
            Url = issue.Any("html_url", "url").Line,
            StartedAt = began,
            ResolvedAt = ended,
            Status = ended is null && issue["state"].Text?.Equals("open", StringComparison.OrdinalIgnoreCase) is true ? Outcome.Newest(updates) ?? IncidentStatus.Investigating : IncidentStatus.Resolved,
            Impact = degraded ? Impact.Minor : Impact.Critical,
            Updates = [.. updates],
            Intervals = [.. affected.Select(a => new ImportedInterval(a, status, began, ended))],
            Affected = affected,
        });
    }

    private void Maintenance(SourceValue issue, ImmutableArray<ImmutableArray<string>> affected)
    {
        var body = issue["body"].Text ?? "";
        var (opens, closes) = (body.IndexOf("<!--", StringComparison.Ordinal), body.IndexOf("-->", StringComparison.Ordinal));
        var plan = opens >= 0 && closes > opens ? SourceYaml.Read(body[(opens + 4)..closes]).Value : default;
        var named = (plan.Any("expectedDown").Text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Concat((plan.Any("expectedDegraded").Text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Select(sites.Find).OfType<ImmutableArray<string>>();
        maintenances.Add(new(Key(issue), issue["title"].Line ?? "Untitled",
            plan["start"].Time ?? issue.Any("created_at", "createdAt").Time, plan["end"].Time ?? issue.Any("closed_at", "closedAt").Time)
        {
            Url = issue.Any("html_url", "url").Line,
            Status = issue.Any("closed_at", "closedAt").Time is null ? null : "completed",
            Description = SourceText.Body(closes > opens && opens >= 0 ? body[..opens] + body[(closes + 3)..] : body),
            Updates = [.. Chronicle.OldestFirst(issue["comments"].Items, TimeOf).Select(c => new ImportedMaintenanceUpdate(TimeOf(c), null, SourceText.Body(c["body"].Text)))],
            Affected = [.. affected.Concat(named).DistinctBy(ComponentTree.KeyOf)],
        });
    }

    private static string Key(SourceValue issue) => $"issue-{issue["number"].Text}";

    private static DateTimeOffset? TimeOf(SourceValue comment) => comment.Any("created_at", "createdAt").Time;
}
