using System.Collections.Immutable;
using System.Globalization;

namespace Candor.State.Maintenances;

/// <summary>How often: the unit in which a rule repeats.</summary>
internal enum Frequency
{
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// <summary>A weekday, or (with an ordinal) the n-th of its month or year: 2TU, and -1SU counted from the end.</summary>
internal readonly record struct NthDay(int? Ordinal, DayOfWeek Day);

/// <summary>
/// A part of RFC 5545's recurrence rules: FREQ, INTERVAL, BYDAY, BYMONTHDAY, BYMONTH, COUNT and UNTIL, in local time. What
/// it repeats are wall clocks; <see cref="LocalTime"/> says which instants they are. A rule never runs on without end: one
/// that finds no day for <see cref="YearsMax"/> years is over.
/// </summary>
internal sealed record Recurrence(Frequency Frequency)
{
    private const int YearsMax = 30;

    public int Interval { get; init; } = 1;

    public ImmutableArray<NthDay> ByDay { get; init; } = [];

    public ImmutableArray<int> ByMonthDay { get; init; } = [];

    public ImmutableArray<int> ByMonth { get; init; } = [];

    public int? Count { get; init; }

    /// <summary>The last local moment that may occur, or null.</summary>
    public DateTime? Until { get; init; }

    /// <summary>Reads "FREQ=MONTHLY;BYDAY=2TU"; null and a sentence that names the remedy where it cannot.</summary>
    public static (Recurrence? Rule, string? Fault) Read(string text) => RecurrenceText.Read(text);

    public override string ToString() => RecurrenceText.Write(this);

    /// <summary>The local moments at which it occurs, from the first that fits at or after <paramref name="start"/>.</summary>
    public IEnumerable<DateTime> From(DateTime start)
    {
        var found = 0;
        var seen = start;
        for (long period = 0; ; period += Interval)
        {
            if (PeriodOf(start, period) is not var (first, days) || (first - seen).TotalDays > YearsMax * 366)
            {
                yield break;
            }

            foreach (var date in Fitting(start, first, days))
            {
                var moment = date + start.TimeOfDay;
                if (moment < start)
                {
                    continue;
                }

                if (moment > Until || found == Count)
                {
                    yield break;
                }

                found++;
                seen = moment;
                yield return moment;
            }
        }
    }

    /// <summary>The days of the n-th day, week, month or year from the start's on; null beyond the calendar.</summary>
    private (DateTime First, int Days)? PeriodOf(DateTime start, long n)
    {
        var monday = start.Date.AddDays(-(((int)start.DayOfWeek + 6) % 7));
        if (start.Year + n / (Frequency switch { Frequency.Daily => 366, Frequency.Weekly => 53, Frequency.Monthly => 12, _ => 1 }) >= 9_500)
        {
            return null;
        }

        return Frequency switch
        {
            Frequency.Daily => (start.Date.AddDays(n), 1),
            Frequency.Weekly => (monday.AddDays(7 * n), 7),
            Frequency.Monthly => Month(new DateTime(start.Year, start.Month, 1).AddMonths((int)n)),
            _ => (new(start.Year + (int)n, 1, 1), DateTime.IsLeapYear(start.Year + (int)n) ? 366 : 365),
        };

        static (DateTime, int) Month(DateTime first) => (first, DateTime.DaysInMonth(first.Year, first.Month));
    }

    private IEnumerable<DateTime> Fitting(DateTime start, DateTime first, int days) => Enumerable.Range(0, days)
        .Select(day => first.AddDays(day))
        .Where(date => ByMonth.IsEmpty || ByMonth.Contains(date.Month))
        .Where(date => ByMonthDay.IsEmpty || ByMonthDay.Any(day => day == date.Day || day == date.Day - DateTime.DaysInMonth(date.Year, date.Month) - 1))
        .Where(date => ByDay.IsEmpty || ByDay.Any(day => Is(day, date)))
        .Where(date => !ByDay.IsEmpty || !ByMonthDay.IsEmpty || FitsTheStart(start, date));

    /// <summary>Without BYDAY and BYMONTHDAY it is the start itself that says which day.</summary>
    private bool FitsTheStart(DateTime start, DateTime date) => Frequency switch
    {
        Frequency.Daily => true,
        Frequency.Weekly => date.DayOfWeek == start.DayOfWeek,
        Frequency.Monthly => date.Day == start.Day,
        _ => date.Day == start.Day && (date.Month == start.Month || !ByMonth.IsEmpty),
    };

    private bool Is(NthDay wanted, DateTime date)
    {
        if (date.DayOfWeek != wanted.Day)
        {
            return false;
        }

        var inYear = Frequency == Frequency.Yearly && ByMonth.IsEmpty;
        var (place, length) = inYear
            ? (date.DayOfYear, DateTime.IsLeapYear(date.Year) ? 366 : 365)
            : (date.Day, DateTime.DaysInMonth(date.Year, date.Month));
        return wanted.Ordinal switch
        {
            null => true,
            > 0 and var nth => (place - 1) / 7 + 1 == nth,
            var last => (length - place) / 7 + 1 == -last,
        };
    }
}
