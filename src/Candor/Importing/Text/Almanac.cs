using System.Collections.Immutable;

namespace Candor.Importing.Text;

/// <summary>
/// Places written times in real time, from what the text says elsewhere, what a person gave, and last from the present;
/// whatever it had to assume, it says.
/// </summary>
internal sealed class Almanac(ImportHints hints, ImmutableArray<DateOnly> written, SaidZone? declared, SaidZone? sole)
{
    // A text that names a day names others of the same months; further away, another year is as likely.
    private const int NearDays = 200;

    private readonly Dictionary<(int Month, int Day, DayOfWeek? Weekday), DateOnly?> years = [];
    private readonly Dictionary<string, ImportWarning> warnings = new(StringComparer.Ordinal);

    /// <summary>A year that was assumed is best settled by the day on which it all began.</summary>
    public ImmutableArray<ImportWarning> Warnings => [.. warnings.Select(warning => warning.Key != "year" || Anchor is not { } began
        ? warning.Value : warning.Value with { Remedy = $"give the day on which it began with --date {began:O}, or that of the right year" })];

    /// <summary>The day on which the incident began, as far as anything says it.</summary>
    public DateOnly? Anchor { get; set; } = hints.Date;

    /// <summary>The day that a time names, with the year it must mean; null where it names none.</summary>
    public DateOnly? Day(Stamp? stamp)
    {
        if (stamp is not { HasDate: true })
        {
            return null;
        }

        if (stamp.DayOrMonth)
        {
            stamp = InOrder(stamp);
        }

        return stamp.Year is { } year ? Of(year, stamp) : YearFor(stamp);
    }

    /// <summary>"03/04/2025" in the order that comes nearer to the day that a person gave; without one, as month and day, and that is said.</summary>
    private Stamp InOrder(Stamp stamp)
    {
        var other = stamp with { Month = stamp.Day, Day = stamp.Month, DayOrMonth = false };
        if (hints.Date is { } given)
        {
            return Nearest(stamp, given) is { } asRead && Nearest(other, given) is { } turned && Distance(turned, given) < Distance(asRead, given) ? other : stamp;
        }

        var year = stamp.Year ?? hints.Now.Year;
        var tomorrow = DateOnly.FromDateTime(hints.Now.UtcDateTime).AddDays(1);
        if (stamp.Year is not null && Of(year, stamp) > tomorrow && Of(year, other) <= tomorrow)
        {
            // What has happened lies in the past, so only one order is left.
            return other;
        }

        Warn(
            "order", stamp, $"could be day/month or month/day; read as month {stamp.Month}, day {stamp.Day}",
            $"give the day on which it began, with --date {Of(year, stamp):O} or --date {Of(year, other):O}", assumes: true);
        return stamp;
    }

    /// <summary>The instant of a time of day on a day that is known; null without a time of day or a day.</summary>
    public DateTimeOffset? At(Stamp? stamp, DateOnly? day) =>
        stamp?.Clock is { } clock && (Day(stamp) ?? day) is { } known ? ZoneOf(stamp).At(known, clock) : null;

    /// <summary>The instant of a time that has no day of its own and lies nearest to another instant.</summary>
    public DateTimeOffset? Near(Stamp stamp, DateTimeOffset other)
    {
        if (stamp.Clock is not { } clock || stamp.HasDate)
        {
            return At(stamp, null);
        }

        var zone = ZoneOf(stamp);
        var day = DateOnly.FromDateTime(other.UtcDateTime);
        return Enumerable.Range(-1, 3).Select(shift => zone.At(day.AddDays(shift), clock)).MinBy(at => (at - other).Duration());
    }

    public void Warn(string key, Stamp stamp, string what, string remedy, bool assumes) =>
        warnings.TryAdd(key, new($"“{stamp.Said.Trim()}”", what, remedy) { Assumes = assumes });

    public SaidZone ZoneOf(Stamp stamp)
    {
        if (stamp.Zone is { } own)
        {
            if (own.Ambiguous)
            {
                var offset = own.Offset!.Value;
                Warn("zone " + own.Word, stamp, $"{own.Word} is the name of several zones; read as UTC{(offset < TimeSpan.Zero ? '−' : '+')}{offset:hh\\:mm}", "write the offset into the text, as in 10:00 UTC+2, where another is meant", assumes: false);
            }

            return own;
        }

        if ((declared ?? (hints.Zone is { } given ? new SaidZone(given.Id, null, given) : sole)) is { } known)
        {
            return known;
        }

        Warn("zone", stamp, $"has no zone; read as {hints.PageZone.Id}, the page's own", "give the zone with --zone Europe/Paris", assumes: true);
        return new(hints.PageZone.Id, null, hints.PageZone);
    }

    private DateOnly? YearFor(Stamp stamp)
    {
        var said = (stamp.Month, stamp.Day, stamp.Weekday);
        if (!years.TryGetValue(said, out var known))
        {
            years.Add(said, known = FindYear(stamp));
        }

        return known;
    }

    private DateOnly? FindYear(Stamp stamp)
    {
        if (hints.Date is { } given)
        {
            return Nearest(stamp, given);
        }

        var near = written.Select(day => (Day: Nearest(stamp, day), Written: day)).Where(found => found.Day is not null)
            .OrderBy(found => Distance(found.Day!.Value, found.Written)).FirstOrDefault();
        if (near.Day is { } told && Distance(told, near.Written) <= NearDays)
        {
            return told;
        }

        var today = DateOnly.FromDateTime(hints.Now.UtcDateTime);
        var past = Enumerable.Range(0, 8).Select(back => Of(today.Year - back, stamp)).Where(day => day is { } d && d <= today.AddDays(1)).ToList();
        var assumed = past.Find(day => stamp.Weekday is null || day!.Value.DayOfWeek == stamp.Weekday) ?? past.FirstOrDefault();
        if (assumed is { } day)
        {
            Warn("year", stamp, $"has no year; read as {day.Year}, the last time there was such a day", $"give the day with --date {day:O}, or that of the right year", assumes: true);
        }

        return assumed;
    }

    private static DateOnly? Nearest(Stamp stamp, DateOnly to) => Enumerable.Range(to.Year - 1, 3).Select(year => Of(year, stamp))
        .Where(day => day is not null).OrderBy(day => Distance(day!.Value, to)).FirstOrDefault();

    private static int Distance(DateOnly a, DateOnly b) => Math.Abs(a.DayNumber - b.DayNumber);

    private static DateOnly? Of(int year, Stamp stamp) =>
        DateTime.DaysInMonth(year, stamp.Month) >= stamp.Day ? new DateOnly(year, stamp.Month, stamp.Day) : null;
}
