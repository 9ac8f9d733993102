using System.Collections.Immutable;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Postmortems;

namespace Candor.Importing.Text;

internal sealed partial class Composer
{
    private static readonly TimeSpan SlipMax = TimeSpan.FromHours(6);

    private List<(Entry Entry, DateTimeOffset? At)>? ordered;
    private List<Stamp>? inLines;

    /// <summary>Every time in the text, in its order; looked for once, since a text may be long and several want them.</summary>
    private List<Stamp> InLines => inLines ??= [.. draft.Lines.SelectMany(line => StampScanner.All(line)).Select(found => found.Stamp)];

    /// <summary>All days that the text writes with their year, in its own order; the address of a post often has one too.</summary>
    private ImmutableArray<DateOnly> WrittenDays()
    {
        var found = new HashSet<DateOnly>();
        foreach (var stamp in InLines.Concat(In(manuscript.Front["date"])).Concat(In(outline.Title)))
        {
            if (stamp is { Year: { } year, HasDate: true, DayOrMonth: false } && found.Count < 200)
            {
                found.Add(new(year, stamp.Month, Math.Min(stamp.Day, DateTime.DaysInMonth(year, stamp.Month))));
            }
        }

        for (var at = 0; at < (manuscript.Url?.Length ?? 0); at++)
        {
            if (manuscript.Url![at] == '/' && StampScanner.Read(manuscript.Url, at + 1, out _) is { Year: { } year, HasDate: true } stamp)
            {
                found.Add(new(year, stamp.Month, stamp.Day));
            }
        }

        return [.. found];
    }

    /// <summary>"All times in PST (UTC-7)", "(Timezone MSK+0 / GMT+3)": the zone of every time that names none.</summary>
    private SaidZone? DeclaredZone()
    {
        foreach (var line in draft.Lines)
        {
            if (ZoneOfTimes(line) is { } named)
            {
                return named;
            }

            var isShort = line.Length is > 3 and < 120;
            if (isShort && (line.Contains("times ", StringComparison.OrdinalIgnoreCase) || line.Contains("timezone", StringComparison.OrdinalIgnoreCase) || line.Contains("time zone", StringComparison.OrdinalIgnoreCase))
                && (line.Contains("all times", StringComparison.OrdinalIgnoreCase) || line.Contains("zone", StringComparison.OrdinalIgnoreCase) || line.Contains("times are", StringComparison.OrdinalIgnoreCase) || line.Contains("times in", StringComparison.OrdinalIgnoreCase))
                && ZoneWords.In(line) is { } zone)
            {
                return zone;
            }
        }

        return null;
    }

    /// <summary>"(all times in this blog are UTC)" within a sentence, "| Time (UTC) |" over a table, "Timeline (UTC)" over notes.</summary>
    private static SaidZone? ZoneOfTimes(string line)
    {
        foreach (var (lead, behind) in (ReadOnlySpan<(string, int)>)[("all times", 60), ("time (", 24), ("timeline (", 40)])
        {
            var at = line.IndexOf(lead, StringComparison.OrdinalIgnoreCase);
            if (at >= 0 && ZoneWords.In(line.AsSpan(at + lead.Length, Math.Min(behind, line.Length - at - lead.Length))) is { } zone)
            {
                return zone;
            }
        }

        return null;
    }

    /// <summary>The zone that every time with a zone has: those without one are of the same hand.</summary>
    private SaidZone? SoleZone()
    {
        SaidZone? sole = null;
        foreach (var stamp in InLines)
        {
            if (stamp.Zone is { } zone && sole is not null && !string.Equals(sole.Word, zone.Word, StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }

            sole ??= stamp.Zone;
        }

        return sole;
    }

    /// <summary>The incident's day: of the field, the earliest entry, the words before the entries, the first day that is written anywhere.</summary>
    private DateOnly? FirstDay()
    {
        if (almanac.Day(outline.Started) is { } started)
        {
            return started;
        }

        var dated = reading.Entries.Select(entry => almanac.Day(entry.Stamp) ?? almanac.Day(entry.Under)).Where(day => day is not null).ToList();
        if (dated.Count > 0)
        {
            return dated.Min();
        }

        if (outline.StartedAgo is { } ago)
        {
            return null;
        }

        return In(outline.Title).Concat(InLines).Select(stamp => almanac.Day(stamp)).FirstOrDefault(day => day is not null);
    }

    private static IEnumerable<Stamp> In(string? text) => StampScanner.All(text ?? "").Select(found => found.Stamp);

    /// <summary>Entries oldest first, each with its instant where it has one.</summary>
    private List<(Entry Entry, DateTimeOffset? At)> Ordered()
    {
        if (ordered is not null)
        {
            return ordered;
        }

        var placed = Placed();
        var times = placed.Where(entry => entry.At is not null).Select(entry => entry.At!.Value).ToList();
        var newestFirst = times.Count > 1 ? times[0] > times[^1]
            : placed is [{ Entry.Label.Status: IncidentStatus.Resolved or IncidentStatus.Postmortem }, ..]
                || (placed is [var top, .., { Entry.Label.Status: IncidentStatus.Investigating }] && top.Entry.Label is { Status: not IncidentStatus.Investigating });
        if (newestFirst)
        {
            placed.Reverse();
        }

        // What has no time keeps its place behind what it followed.
        var last = DateTimeOffset.MinValue;
        ordered = [.. placed.Select(entry => (entry, Order: last = entry.At ?? last)).OrderBy(entry => entry.Order).Select(entry => entry.entry)];
        return ordered;
    }

    private List<(Entry Entry, DateTimeOffset? At)> Placed()
    {
        var placed = new List<(Entry, DateTimeOffset?)>(reading.Entries.Length);
        var (day, before, falling) = (almanac.Anchor, (TimeOnly?)null, IsFalling());
        Stamp? under = null;
        foreach (var entry in reading.Entries)
        {
            if (entry.Stamp is { Ago: { } ago, Clock: null, HasDate: false })
            {
                placed.Add((entry, null));
                continue;
            }

            if (entry.Under is not null && !ReferenceEquals(under, entry.Under))
            {
                (under, day, before) = (entry.Under, almanac.Day(entry.Under), null);
            }

            if (almanac.Day(entry.Stamp) is { } own)
            {
                (day, before) = (own, null);
            }
            else if (entry.Stamp?.Clock is { } clock && before is { } last && day is { } known)
            {
                // A few hours back are a slip in the notes; more than that on a clock that runs forward is the next morning.
                var wraps = falling ? clock.ToTimeSpan() - last.ToTimeSpan() > SlipMax : last.ToTimeSpan() - clock.ToTimeSpan() > SlipMax;
                day = wraps ? known.AddDays(falling ? -1 : 1) : day;
            }

            before = entry.Stamp?.Clock ?? before;
            placed.Add((entry, almanac.At(entry.Stamp, day)));
        }

        return placed;
    }

    private bool IsFalling()
    {
        var clocks = reading.Entries.Where(entry => entry.Stamp is { Clock: not null, HasDate: false }).Select(entry => entry.Stamp!.Clock!.Value).ToList();
        var falls = clocks.Zip(clocks.Skip(1)).Count(pair => pair.Second < pair.First);
        return falls > (clocks.Count - 1) / 2.0;
    }

    /// <summary>
    /// Intervals written without a day, "7:09 PM to 4:59 AM": each time is the first such after the one before it,
    /// beginning on the day that is given or that "about 24 hours ago" comes nearest to.
    /// </summary>
    private ImmutableArray<ImportedInterval> PlacedIntervals()
    {
        var placed = ImmutableArray.CreateBuilder<ImportedInterval>();
        foreach (var component in outline.Intervals.GroupBy(interval => string.Join('\u001f', interval.Component)))
        {
            DateTimeOffset? last = null;
            foreach (var said in component)
            {
                var from = last is { } before ? After(said.From, before) : Begin(said.From);
                var until = from is null || said.Until is null ? null : After(said.Until, from.Value);
                placed.Add(new(said.Component, said.Status, from, until) { Said = from is null ? said.Said : null });
                last = until ?? from;
            }
        }

        return placed.ToImmutable();
    }

    private DateTimeOffset? Begin(Stamp stamp)
    {
        if (stamp.HasDate || almanac.Anchor is not null)
        {
            return almanac.At(stamp, almanac.Anchor);
        }

        if (outline.StartedAgo is not { } ago || stamp.Clock is null)
        {
            almanac.Warn("day", stamp, "has no day", "give the day on which it began with --date 2026-03-04", assumes: false);
            return null;
        }

        var found = almanac.Near(stamp, hints.Now - ago)!.Value;
        almanac.Anchor = DateOnly.FromDateTime(found.DateTime);
        almanac.Warn(
            "day", stamp, $"has no day; counted back from now it was {almanac.Anchor:O}, if the text was copied just now",
            $"give the day with --date {almanac.Anchor:O}, or the right one", assumes: true);
        return found;
    }

    private DateTimeOffset? After(Stamp stamp, DateTimeOffset before)
    {
        if (stamp.HasDate)
        {
            return almanac.At(stamp, null);
        }

        var at = almanac.At(stamp, DateOnly.FromDateTime(before.DateTime));
        return at < before ? almanac.At(stamp, DateOnly.FromDateTime(before.DateTime).AddDays(1)) : at;
    }
}
