using System.Collections.Immutable;
using Candor.Importing.Reading;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;
using Candor.State.Postmortems;

namespace Candor.Importing.Feeds;

/// <summary>RSS and Atom. Those that Statuspage and its likes write hold every update; others are one text for an entry.</summary>
internal sealed class FeedSource : IImportSource
{
    public string Name => "feed";

    public string Title => "RSS or Atom feed";

    public bool Recognises(SourceFile file) => file.IsMarkup && FeedReader.IsFeed(file.Text);

    public Imported Read(ImmutableArray<SourceFile> files, Warnings warnings)
    {
        var feeds = files.Select(f => FeedReader.Read(f.Text, f.Path, warnings)).OfType<Feed>().ToList();
        var entries = feeds.SelectMany(f => f.Entries).Select(e => (Entry: e, Updates: FeedUpdates.Read(e, warnings))).ToList();
        if (entries.Count > 0)
        {
            warnings.Add("the feed", "names neither components nor impact, and only the newest entries", "set them after the import, or import the page's API instead");
        }

        return new Imported
        {
            PageName = feeds.Select(f => PageName(f.Title)).FirstOrDefault(n => n is not null),
            PageUrl = feeds.Select(f => f.Link).FirstOrDefault(l => l is not null),
            Incidents = [.. entries.Where(e => !IsMaintenance(e.Entry, e.Updates)).Select(e => Incident(e.Entry, e.Updates)).DistinctBy(i => i.Key)],
            Maintenances = [.. entries.Where(e => IsMaintenance(e.Entry, e.Updates)).Select(e => Maintenance(e.Entry, e.Updates)).DistinctBy(m => m.Key)],
        };
    }

    /// <summary>"GitHub Status - Incident History" is the feed; the page is "GitHub Status".</summary>
    private static string? PageName(string? title) =>
        title?.Replace(" - Incident History", "", StringComparison.Ordinal) is { Length: > 0 } name ? name : null;

    private static bool IsMaintenance(FeedEntry entry, ImmutableArray<FeedUpdate> updates) =>
        updates.Any(u => u.Word is not null && StatusWords.Incident(u.Word) is null && StatusWords.Maintenance(u.Word) is not null)
        || updates.Any(u => u.Word is "Completed" or "Verifying")
        || (updates.All(u => u.Word is null) && FeedWords.IsMaintenance(entry.Title));

    private static ImportedIncident Incident(FeedEntry entry, ImmutableArray<FeedUpdate> updates)
    {
        var said = updates.Where(u => u.Status != IncidentStatus.Postmortem).ToList();
        var report = updates.LastOrDefault(u => u.Status == IncidentStatus.Postmortem);
        return new(entry.Key, entry.Title)
        {
            Url = entry.Link,
            StartedAt = said.Select(u => u.At).FirstOrDefault(t => t is not null) ?? entry.Published,
            ResolvedAt = said.LastOrDefault(u => u.Status == IncidentStatus.Resolved)?.At,
            Status = report is not null ? IncidentStatus.Postmortem : said.LastOrDefault(u => u.Status is not null)?.Status,
            Updates = [.. updates.Select(u => new ImportedUpdate(u.At, u.Status, u.Body))],
            Postmortem = report is null ? null : Postmortems.Make(report.Body, report.At),
        };
    }

    private static ImportedMaintenance Maintenance(FeedEntry entry, ImmutableArray<FeedUpdate> updates)
    {
        var begun = updates.FirstOrDefault(u => StatusWords.Maintenance(u.Word) == "in_progress")?.At;
        var ended = updates.LastOrDefault(u => StatusWords.Maintenance(u.Word) == "completed")?.At;
        return new(entry.Key, entry.Title, begun ?? updates.Select(u => u.At).FirstOrDefault(t => t is not null) ?? entry.Published, ended)
        {
            Url = entry.Link,
            Status = updates.Select(u => StatusWords.Maintenance(u.Word)).LastOrDefault(s => s is not null),
            Updates = [.. updates.Select(u => new ImportedMaintenanceUpdate(u.At, StatusWords.Maintenance(u.Word), u.Body))],
        };
    }
}
