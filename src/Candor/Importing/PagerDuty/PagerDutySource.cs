using System.Collections.Immutable;
using Candor.Importing.Reading;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Postmortems;

namespace Candor.Importing.PagerDuty;

/// <summary>PagerDuty's status pages: an island of JSON in the HTML. An incident has neither impact nor start of its own.</summary>
internal sealed class PagerDutySource : IImportSource
{
    public string Name => "pagerduty";

    public string Title => "PagerDuty";

    public bool Recognises(SourceFile file) => file.IsMarkup
        ? file.Contains("application/json"u8) && file.Contains("resolved_incidents"u8) && file.Contains("post_status_page_services"u8)
        : file.Json.Any("summary").HasAll("open_incidents", "resolved_incidents") || file.Json.HasAll("open_incidents", "resolved_incidents");

    public Imported Read(ImmutableArray<SourceFile> files, Warnings warnings)
    {
        var roots = files.SelectMany(f => f.IsMarkup ? EmbeddedPages.Read(f).Roots : [f.Json]).Select(r => (Root: r, Summary: r["summary"].IsObject ? r["summary"] : r)).ToList();
        var incidents = roots.SelectMany(r => r.Summary["open_incidents"].Items.Concat(r.Summary["resolved_incidents"].Items)).Where(i => i["title"].Says);
        if (roots.Any(r => r.Summary["posts"].Says))
        {
            warnings.Add("posts", "of the newer kind are not carried", "import the page's feed as well");
        }

        return new()
        {
            PageName = roots.Select(r => r.Root["layout"]["layout_settings"]["name"].Line).FirstOrDefault(n => n is not null),
            Incidents = [.. incidents.Select(Incident).DistinctBy(i => i.Key)],
        };
    }

    private static ComponentStatus? Status(SourceValue severity) => severity.Text switch
    {
        "all_good" => ComponentStatus.Operational,
        "minor" => ComponentStatus.DegradedPerformance,
        "major" => ComponentStatus.PartialOutage,
        "outage" => ComponentStatus.MajorOutage,
        _ => null,
    };

    private static ImportedIncident Incident(SourceValue incident)
    {
        var updates = Chronicle.OldestFirst(incident["updates"].Items, TimeOf);
        var said = updates.Select(u => new ImportedUpdate(TimeOf(u), StatusWords.Incident(u["status"].Text), Markup.ToMarkdown(u["message"].Text))).ToImmutableArray();
        var ended = Outcome.ResolvedAt(said);
        var changes = new Intervals();
        foreach (var (update, service) in updates.SelectMany(u => u["impacted_business_services"].Items.Select(s => (u, s))))
        {
            if (service["name"].Line is { } name)
            {
                changes.Change([name], update["status"].Text == "resolved" ? ComponentStatus.Operational : Status(service["severity"]), TimeOf(update));
            }
        }

        var report = incident["postmortem"];
        return new(incident["id"].Text ?? SourceKeys.Of(incident["title"].Line!, said.Select(u => u.Body)), incident["title"].Line!)
        {
            StartedAt = said.Select(u => u.At).FirstOrDefault(t => t is not null),
            ResolvedAt = ended,
            Impact = Outcome.ImpactOf(updates.Select(u => Status(u["severity"]))),
            Status = Outcome.Newest(said),
            Updates = said,
            Intervals = changes.Make(ended),
            Affected = changes.Affected,
            Postmortem = Markup.ToMarkdown(report.Text ?? report.Any("message", "body").Text) is { Length: > 0 } body
                ? Postmortems.Make(body, report.Any("reported_at", "created_at").Time) : null,
        };
    }

    private static DateTimeOffset? TimeOf(SourceValue update) => update.Any("reported_at", "created_at").Time;
}
