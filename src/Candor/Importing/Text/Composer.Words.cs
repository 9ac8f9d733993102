using System.Collections.Immutable;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;
using Candor.State.Postmortems;

namespace Candor.Importing.Text;

internal sealed partial class Composer
{
    private ImmutableArray<ImportedUpdate> Updates()
    {
        var updates = ImmutableArray.CreateBuilder<ImportedUpdate>();
        var closed = false;
        var ended = almanac.At(outline.Ended, almanac.Anchor);
        foreach (var (entry, at) in Ordered())
        {
            if (entry.Body.Length == 0 && entry.Label is null)
            {
                continue;
            }

            var status = entry.Label is null && ended < at && entry.Body.Length > ReportMin / 2 && IsReport(entry.Body) ? IncidentStatus.Postmortem
                : entry.Label is null && reading.IsTimeline && TellsEnd(entry.Body) ? IncidentStatus.Resolved
                : StatusOf(entry, updates.Count == 0, closed);
            closed |= status == IncidentStatus.Resolved;
            // "Resolved 2021-07-13 11:49" among notes is a note of one word.
            var body = reading.IsTimeline && entry is { Body.Length: 0, Label.Word: var word } ? char.ToUpperInvariant(word[0]) + word[1..] : entry.Body;
            updates.Add(new(at, status, body) { Said = at is null ? entry.Stamp?.Said : null });
        }

        if (OnlyMessage() is { } message)
        {
            updates.Add(new(almanac.At(outline.Started, almanac.Anchor), IncidentStatus.Investigating, message));
        }

        var last = updates.ToList().FindLastIndex(update => update.Status == IncidentStatus.Postmortem);
        for (var at = 0; at < last; at++)
        {
            if (updates[at].Status == IncidentStatus.Postmortem)
            {
                updates[at] = updates[at] with { Status = null };
            }
        }

        return updates.ToImmutable();
    }

    /// <summary>Dashboards that tell health instead of a status: the first words investigate, a report after the end is the postmortem.</summary>
    private static IncidentStatus? StatusOf(Entry entry, bool isFirst, bool closed) => entry.Label?.Word switch
    {
        "available" when closed && IsReport(entry.Body) => IncidentStatus.Postmortem,
        "available" when closed => null,
        ['s', 'e', 'r', 'v', 'i', 'c', 'e', ..] when isFirst => IncidentStatus.Investigating,
        _ => entry.Label?.Status,
    };

    private static bool IsReport(string body)
    {
        var end = body.IndexOf('\n', StringComparison.Ordinal);
        var first = end < 0 ? body : body[..end];
        return first.Contains("incident report", StringComparison.OrdinalIgnoreCase) || first.Contains("postmortem", StringComparison.OrdinalIgnoreCase)
            || first.Contains("post-mortem", StringComparison.OrdinalIgnoreCase) || first.Contains("root cause", StringComparison.OrdinalIgnoreCase)
            || body.Split('\n').Any(static line => line.Trim(' ', '*', '#', ':').Equals("root cause", StringComparison.OrdinalIgnoreCase));
    }

    private ImportedPostmortem? Postmortem(ImmutableArray<ImportedUpdate> updates)
    {
        if (updates.LastOrDefault(update => update.Status == IncidentStatus.Postmortem) is { } posted)
        {
            if (posted.Body.Length > 0)
            {
                return new(posted.Body) { PublishedAt = posted.At, Sections = Sections.Of(posted.Body) };
            }

            warnings.Add(new("the postmortem", "is only linked, its words are not in the text", "open it and import its text as well, or write it on the incident's page"));
            return null;
        }

        if ((!reading.IsTimeline && reading.Entries.Length > 0) || OnlyMessage() is not null)
        {
            return null;
        }

        // A report: the whole of it, timeline and all. Notes with nothing around them are updates and no report.
        var body = draft.Text(Enumerable.Range(0, draft.Lines.Length));
        var noted = reading.From == int.MaxValue ? 0 : reading.Entries.Sum(entry => entry.Body.Length + (entry.Stamp?.Said.Length ?? 0));
        var isReport = body.Length - noted >= (reading.From == int.MaxValue ? 1 : ReportMin) || Rest.Sum(static line => line.Length) >= AroundMin;
        return !isReport ? null
            : new(body) { PublishedAt = PublishedAt(), Sections = Sections.Of(body) };
    }

    private DateTimeOffset? PublishedAt() =>
        StampScanner.Read(manuscript.Front["date"] ?? "", 0, out _) is { Clock: not null } stamp && outline.Started != stamp ? almanac.At(stamp, null) : null;

    private ImportedMaintenance Maintenance(ImportedIncident incident)
    {
        var window = Sentences.Of(draft).SelectMany(found => Spans.Pairs(found.Sentence)).FirstOrDefault();
        var from = almanac.At(window.From, almanac.Anchor);
        var until = window.Until is null ? null : almanac.At(window.Until, from is { } began ? DateOnly.FromDateTime(began.DateTime) : almanac.Anchor);
        var entries = Ordered();
        return new(incident.Key, incident.Title, from ?? incident.StartedAt, until < from ? until?.AddDays(1) : until ?? incident.ResolvedAt)
        {
            Url = incident.Url,
            Status = entries.LastOrDefault(entry => entry.Entry.Label?.Maintenance is not null).Entry?.Label?.Maintenance,
            Updates = [.. entries.Select(entry => new ImportedMaintenanceUpdate(entry.At, entry.Entry.Label?.Maintenance, entry.Entry.Body))],
            Affected = incident.Affected,
        };
    }
}
