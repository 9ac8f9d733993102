using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Importing.Text;

/// <summary>When the incident began and ended, and what is said where a text leaves that open.</summary>
internal sealed partial class Composer
{
    /// <summary>Nothing that was said so long ago, without a word of how it stands, goes on now.</summary>
    private static readonly TimeSpan LongAgo = TimeSpan.FromDays(2);

    /// <summary>"Since" in later words is of this incident only where it is not much older than its first word.</summary>
    private static readonly TimeSpan SinceMax = TimeSpan.FromDays(2);

    private DateTimeOffset? Started(ImmutableArray<Downtime> downtimes, ImmutableArray<ImportedInterval> intervals)
    {
        if (hints is { Date: { } day, Clock: { } clock })
        {
            return almanac.ZoneOf(new Stamp { Clock = clock, Said = clock.ToString("HH:mm", CultureInfo.InvariantCulture) }).At(day, clock);
        }

        return almanac.At(outline.Started, almanac.Anchor)
            ?? intervals.Where(interval => interval.Status != ComponentStatus.Operational).Min(interval => interval.From)
            ?? (downtimes is [var first, ..] ? first.Began : (DateTimeOffset?)null)
            ?? Since();
    }

    /// <summary>"… since August 14th, 12:10 CEST" in the words that were posted, where it is before all of them.</summary>
    private DateTimeOffset? Since()
    {
        var posted = Ordered().Where(placed => placed.At is not null).ToList();
        for (var i = 0; i < posted.Count; i++)
        {
            if (SinceIn(posted[i].Entry.Body, posted[i].At!.Value) is { } since && since <= posted[0].At && (i == 0 || posted[0].At - since < SinceMax))
            {
                return since;
            }
        }

        return null;
    }

    private DateTimeOffset? SinceIn(string words, DateTimeOffset posted)
    {
        foreach (var word in (ReadOnlySpan<string>)[" since ", "beginning at ", "starting at ", "started at "])
        {
            var at = words.IndexOf(word, StringComparison.OrdinalIgnoreCase);
            if (at >= 0 && StampScanner.Read(words, at + word.Length, out _) is { Clock: not null } stamp
                && almanac.Near(stamp, posted) is { } since && since <= posted)
            {
                return since;
            }
        }

        return null;
    }

    /// <summary>The end that a field names. On a clock without a day, one before the start is of the next day.</summary>
    private DateTimeOffset? End(DateTimeOffset? started)
    {
        var ended = almanac.At(outline.Ended, almanac.Anchor);
        if (ended is not { } end || started is not { } began || end >= began)
        {
            return ended;
        }

        if (outline.Ended is { HasDate: false } && end.AddDays(1) is var next)
        {
            almanac.Warn("end", outline.Ended, $"is before the start; read as of the next day, {next.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}", "write the day beside the time where it is another", assumes: true);
            return next;
        }

        almanac.Warn("end", outline.Ended!, "is before the start, so it was left out", "mend the start or the end in the text", assumes: true);
        return null;
    }

    /// <summary>Of a text without a word of how it stands, long past: over at its last word, or it would be open on the page today.</summary>
    private DateTimeOffset? LastWord(ImmutableArray<ImportedUpdate> updates, ImportedPostmortem? postmortem)
    {
        var hasStatus = outline.Status is not null || postmortem is not null || updates.Any(update => update.Status is not null) || reading.Entries.Any(static entry => entry.Label?.Maintenance is not null);
        if (hasStatus || updates.Max(update => update.At) is not { } last || hints.Now - last < LongAgo)
        {
            return null;
        }

        warnings.Add(new(
            "the text", $"does not say that it ended; read as over at its last word, {last.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC",
            "write \"Resolved\" over the words that ended it, or \"Investigating\" over its first where it goes on") { Assumes = true });
        return last;
    }

    private void Missing(ImmutableArray<ImportedUpdate> updates, DateTimeOffset? started, DateTimeOffset? resolved, DateOnly? day)
    {
        var timeless = updates.Count(update => update.At is null);
        if (started is null && resolved is null && day is null && timeless == updates.Length)
        {
            warnings.Add(new("the text", "names no day anywhere", "give the day on which it began with --date 2026-03-04"));
        }
        else if (started is null && day is { } known && timeless == updates.Length)
        {
            warnings.Add(new(known.ToString("d MMMM yyyy", CultureInfo.InvariantCulture), "is the day; the text gives no time of day", $"give the start with --date {known:O}T14:05 where it is known"));
        }

        if (updates.FirstOrDefault(update => update.At is null && Markup.ItemMark(LastLine(update.Body)) == 0 && NoTime().IsMatch(LastLine(update.Body))) is { } slip)
        {
            warnings.Add(new($"“{LastLine(slip.Body)}”", "stands where a time does and is none that exists", "write the right one there, as in Mar 4, 2026 - 14:05 UTC"));
        }

        if (timeless > 0 && updates.Length > 0)
        {
            var said = updates.FirstOrDefault(update => update.At is null && update.Said is not null)?.Said?.Trim();
            warnings.Add(new(
                said is null ? "the text" : $"“{said}”",
                said is null ? $"gives no time for {timeless} of {updates.Length} updates" : $"{(timeless == 1 ? "is" : $"and {timeless - 1} more of {updates.Length} times are")} no day and time of day together",
                said is null || almanac.Anchor is not null ? "they keep their order, between the start and the end" : "give the day with --date 2026-03-04"));
        }
    }

    private static string LastLine(string body) => body[(body.LastIndexOf('\n') + 1)..].Trim();

    /// <summary>A line that ends with something like a time of day: "Feb 30, 2026 25:61 UTC".</summary>
    [GeneratedRegex(@"^[^.!?]{0,40}\b\d{1,2}:\d{2}(:\d{2})?( ?[AaPp]\.?[Mm]\.?)?( [A-Z]{2,5})?$", RegexOptions.ExplicitCapture, 500)]
    private static partial Regex NoTime();
}
