using System.Collections.Immutable;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Postmortems;

namespace Candor.Importing.Entering;

/// <summary>
/// The words of an incident with a moment for each, as history needs them. A word without a time of its own stands
/// between those around it, the first no earlier than the start, "resolved" at the end where the end is known.
/// </summary>
internal sealed record PastWords(DateTimeOffset StartedAt, ImmutableArray<PastUpdate> Updates, PastPostmortem? Postmortem)
{
    /// <summary>Said where a source knows that an incident ended and has no words for it.</summary>
    private const string OnlyEnd = "Resolved, as the record that this comes from has it.";

    /// <summary>Null where nothing in the incident has a day.</summary>
    public static PastWords? Of(ImportedIncident incident)
    {
        var first = incident.Updates.FirstOrDefault(update => update.At is not null)?.At;
        var started = incident.StartedAt ?? first ?? incident.ResolvedAt
            ?? (incident.Day is { } day ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero) : (DateTimeOffset?)null);
        if (started is not { } from)
        {
            return null;
        }

        var sections = incident.Postmortem is { } report ? LongText.Sections(report) : null;
        var updates = Said(incident, from, withReport: sections is null).ToList();
        if (updates.Count == 0)
        {
            updates.Add(new(from, null, LongText.Pieces(incident.Title).FirstOrDefault() ?? LongText.Title("")));
        }

        End(incident, from, updates);
        var published = incident.Postmortem?.PublishedAt ?? incident.ResolvedAt ?? updates[^1].At;
        var start = updates[0].At < from ? updates[0].At : from;
        return new(start, [.. updates], sections is { } parts ? new(published, parts) : null);
    }

    /// <summary>What was said, oldest first.</summary>
    private static IEnumerable<PastUpdate> Said(ImportedIncident incident, DateTimeOffset from, bool withReport)
    {
        var (said, last) = (new List<PastUpdate>(), from);

        // A title that is cut for its line is told whole in the first words.
        var whole = LongText.IsCut(incident.Title) ? incident.Title.Trim() + "\n\n" : "";
        foreach (var update in incident.Updates.Where(update => withReport || update.Status != IncidentStatus.Postmortem))
        {
            var ends = update.Status is IncidentStatus.Resolved or IncidentStatus.Postmortem;
            last = update.At ?? (ends && incident.ResolvedAt > last ? incident.ResolvedAt.Value : last);
            said.AddRange(Pieces(last, update.Status, (said.Count == 0 ? whole : "") + Body(update)));
        }

        if (withReport && incident.Postmortem is { } report && !incident.Updates.Any(update => update.Status == IncidentStatus.Postmortem))
        {
            said.AddRange(Pieces(report.PublishedAt ?? incident.ResolvedAt ?? last, IncidentStatus.Postmortem, report.Body));
        }

        return said.OrderBy(update => update.At);
    }

    /// <summary>A change of status without words has its own name for words.</summary>
    private static string Body(ImportedUpdate update) =>
        !string.IsNullOrWhiteSpace(update.Body) ? update.Body : update.Status is { } status ? $"{status}." : "";

    private static IEnumerable<PastUpdate> Pieces(DateTimeOffset at, IncidentStatus? status, string body) =>
        LongText.Pieces(body).Select((piece, i) => new PastUpdate(at, i == 0 ? status : null, piece));

    /// <summary>What its source says is over is over here too.</summary>
    private static void End(ImportedIncident incident, DateTimeOffset from, List<PastUpdate> updates)
    {
        var isOver = incident.ResolvedAt is not null || incident.Postmortem is not null || incident.Status is IncidentStatus.Resolved or IncidentStatus.Postmortem;
        if (!isOver || updates.Any(update => update.Status is IncidentStatus.Resolved or IncidentStatus.Postmortem))
        {
            return;
        }

        var last = updates[^1];
        var end = incident.ResolvedAt ?? (incident.Lasted is { } lasted ? from + lasted : last.At);
        if (end <= last.At && last.Status is null)
        {
            updates[^1] = last with { Status = IncidentStatus.Resolved };
        }
        else
        {
            updates.Add(new(end < last.At ? last.At : end, IncidentStatus.Resolved, OnlyEnd));
        }
    }
}
