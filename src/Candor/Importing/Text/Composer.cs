using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;
using Candor.State.Postmortems;

namespace Candor.Importing.Text;

/// <summary>Puts together what the outline and the best layout found: places times, orders updates, and says what is missing.</summary>
internal sealed partial class Composer
{
    private const int FirstSentenceMax = 120;
    private const int ReportMin = 400;

    private static readonly string[] ByMachine = ["was automatically created", "was created automatically", "was automatically resolved", "detected automatically", "wurde automatisch erkannt.", "(automatisch erkannt)"];

    private readonly Manuscript manuscript;
    private readonly Outline outline;
    private readonly Draft draft;
    private readonly Reading reading;
    private readonly ImportHints hints;
    private readonly Almanac almanac;
    private readonly List<ImportWarning> warnings = [];

    public Composer(Manuscript manuscript, Outline outline, Draft draft, Reading reading, ImportHints hints)
    {
        (this.manuscript, this.outline, this.draft, this.reading, this.hints) = (manuscript, outline, draft, reading, hints);
        almanac = new(hints, WrittenDays(), DeclaredZone(), SoleZone());
    }

    public Imported Compose()
    {
        almanac.Anchor ??= FirstDay();
        var intervals = PlacedIntervals();
        var updates = Updates();
        var incident = Incident(updates, intervals);
        if (outline.IsMaintenance || reading.Entries.Count(entry => entry.Label?.Maintenance is not null) > reading.Entries.Length / 2)
        {
            return Whole() with { Maintenances = [Maintenance(incident)], Warnings = [.. outline.Warnings, .. almanac.Warnings, .. warnings] };
        }

        return Whole() with { Incidents = [incident], Warnings = [.. outline.Warnings, .. almanac.Warnings, .. warnings] };
    }

    private Imported Whole() => new()
    {
        PageName = outline.PageName,
        Components = [.. Components()],
    };

    private IEnumerable<ImportedComponent> Components()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in outline.Affected)
        {
            for (var depth = 1; depth <= path.Length; depth++)
            {
                var own = path[..depth];
                var key = string.Join(" > ", own);
                if (seen.Add(key))
                {
                    yield return new(key, own) { IsGroup = depth < path.Length };
                }
            }
        }
    }

    private ImportedIncident Incident(ImmutableArray<ImportedUpdate> updates, ImmutableArray<ImportedInterval> intervals)
    {
        var postmortem = Postmortem(updates);
        var downtimes = Downtimes();
        var started = Started(downtimes, intervals);
        var length = outline.Lasted ?? TotalInWords();
        var resolved = End(started)
            ?? updates.LastOrDefault(update => update.Status == IncidentStatus.Resolved)?.At
            ?? intervals.Where(interval => interval.Status != ComponentStatus.Operational).Max(interval => interval.Until)
            ?? ((reading.IsTimeline || reading.Entries.All(static entry => entry.Label is null)) && downtimes is [.., var last] ? last.Ended : null)
            ?? (hints.Clock is not null && started is { } from && length is { } lasted ? from + lasted : (DateTimeOffset?)null)
            ?? LastWord(updates, postmortem);
        var day = started is null && updates.All(update => update.At is null) ? almanac.Anchor : null;
        var title = Title(updates, postmortem);
        Missing(updates, started, resolved, day);
        Unsaid(hasWhole: (reading.IsTimeline || reading.Entries.Length == 0) && updates.All(static update => update.Status != IncidentStatus.Postmortem) && (postmortem is not null || OnlyMessage() is not null));
        return new(KeyOf(title, updates, postmortem), title)
        {
            Url = manuscript.Url,
            StartedAt = started,
            ResolvedAt = resolved,
            Day = day,
            Lasted = length,
            Automatic = updates.Any(update => Array.Exists(ByMachine, words => update.Body.Contains(words, StringComparison.OrdinalIgnoreCase))),
            Impact = outline.Severity ?? ImpactOfLabels(),
            Status = postmortem is not null ? IncidentStatus.Postmortem : resolved is not null ? IncidentStatus.Resolved : outline.Status ?? updates.LastOrDefault(update => update.Status is not null)?.Status,
            Updates = updates,
            Intervals = intervals,
            Affected = outline.Affected,
            Downtimes = downtimes,
            Postmortem = postmortem,
        };
    }

    /// <summary>"Unavailable for a total of 1 hour": a length that the words give.</summary>
    private TimeSpan? TotalInWords()
    {
        const string total = "for a total of ";
        foreach (var line in draft.Lines)
        {
            if (line.IndexOf(total, StringComparison.OrdinalIgnoreCase) is var at and >= 0)
            {
                var cursor = new Cursor(line, at + total.Length);
                return StampLead.Length(ref cursor);
            }
        }

        return null;
    }

    private Impact? ImpactOfLabels() => reading.Entries.Select(entry => entry.Label?.Word switch
    {
        "service_outage" => Impact.Critical,
        "service_disruption" => Impact.Major,
        "service_information" => Impact.None,
        _ => (Impact?)null,
    }).Max();

    private ImmutableArray<Downtime> Downtimes()
    {
        var anchor = Ordered().Select(placed => placed.At).FirstOrDefault(at => at is not null)
            ?? (almanac.Anchor is { } day ? new DateTimeOffset(day, new TimeOnly(12, 0), TimeSpan.Zero) : (DateTimeOffset?)null);
        var stretches = new List<(DateTimeOffset, DateTimeOffset)>();
        if (outline is { Started: not null, Ended: not null } && reading.Entries.Length == 0
            && almanac.At(outline.Started, almanac.Anchor) is { } started && almanac.At(outline.Ended, almanac.Anchor) is { } ended)
        {
            stretches.Add((started, ended));
        }

        foreach (var (from, until) in Spans.In(Sentences.Of(draft).Select(found => found.Sentence)))
        {
            if (anchor is { } near && (from.HasDate ? almanac.At(from, null) : almanac.Near(from, near)) is { } began)
            {
                var over = until.HasDate ? almanac.At(until, null) : almanac.At(until, DateOnly.FromDateTime(TimeIn(from, began)));
                stretches.Add((began, over < began ? over.Value.AddDays(1) : over ?? began));
            }
        }

        return [.. Spans.Merge(stretches)];
    }

    private static DateTime TimeIn(Stamp said, DateTimeOffset at) => said.Zone?.Place is { } place ? TimeZoneInfo.ConvertTime(at, place).DateTime : at.DateTime;

    private string Title(ImmutableArray<ImportedUpdate> updates, ImportedPostmortem? postmortem)
    {
        if ((hints.Title ?? outline.Title) is { Length: > 0 } title)
        {
            return title;
        }

        var words = updates is [{ Body.Length: > 0 } first, ..] ? first.Body : postmortem?.Body ?? "Incident";
        var line = words.AsSpan().IndexOf('\n') is var cut and >= 0 ? cut : words.Length;
        var stop = words.AsSpan(0, line).IndexOf(". ");
        var end = stop >= 0 ? stop : line;
        var sentence = (end > 0 ? words[..end] : words).Trim(' ', '*', '#').TrimEnd('.');
        sentence = sentence.Length > FirstSentenceMax ? sentence[..FirstSentenceMax].TrimEnd() + "…" : sentence;
        warnings.Add(new("the text", $"has no title; the first words stand for it: “{sentence}”", "give one with --title \"…\"") { Assumes = true });
        return sentence;
    }

    /// <summary>The same for the same incident, also when it is copied again with more updates: address, or title and first words.</summary>
    private string KeyOf(string title, ImmutableArray<ImportedUpdate> updates, ImportedPostmortem? postmortem)
    {
        var words = manuscript.Url ?? $"{title}\n{(updates is [var first, ..] ? first.Body : postmortem?.Body)}";
        return "text:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(words)).AsSpan(0, 12));
    }
}
