namespace Candor.Languages;

/// <summary>Durations and ages as people say them. Always cut, never rounded up.</summary>
/// <param name="space">Between a number and its unit, and between two of those.</param>
internal abstract class Spans(char space)
{
    /// <summary>A space at which no line ends.</summary>
    public const char NoBreak = '\u00A0';

    private const int DaysOfYear = 365;

    /// <summary>By itself: "40 s", "12 min", "6h 19m", "2 days 3h".</summary>
    public string Words(TimeSpan duration) => Whole(duration, Days);

    /// <summary>The same behind a preposition that may bend it: "after 2 days", "nach 2 Tagen".</summary>
    public string Bent(TimeSpan duration) => Whole(duration, BentDays);

    /// <summary>"12 min ago", and "just now" for less than ten seconds, which nobody can act upon.</summary>
    public string Ago(TimeSpan age) => age.TotalSeconds < 10 ? JustNow : Before(Coarse(age));

    /// <summary>"in 12 min", or "overdue by 3 min" once the time is over.</summary>
    public string Due(TimeSpan left) => left < TimeSpan.Zero ? Overdue(-left) : Within(left);

    protected char Space { get; } = space;

    protected abstract string JustNow { get; }

    /// <summary>"… ago" of an age that is <see cref="Bent"/>.</summary>
    protected abstract string Before(string age);

    protected abstract string Overdue(TimeSpan by);

    protected abstract string Within(TimeSpan left);

    protected abstract string Seconds(int seconds);

    protected abstract string Minutes(int minutes);

    protected abstract string Hours(int hours);

    /// <summary>Minutes are not zero.</summary>
    protected abstract string Hours(int hours, int minutes);

    protected abstract string Days(int days);

    protected abstract string BentDays(int days);

    protected abstract string BentYears(int years);

    /// <summary>One unit only, for ages: "3h", "2 days", "9 years".</summary>
    private string Coarse(TimeSpan age) => age switch
    {
        { TotalHours: < 1 } => Words(age),
        { TotalDays: < 1 } => Hours(age.Hours),
        { TotalDays: < 2 * DaysOfYear } => BentDays(age.Days),
        _ => BentYears(age.Days / DaysOfYear),
    };

    private string Whole(TimeSpan duration, Func<int, string> days)
    {
        var time = duration < TimeSpan.Zero ? TimeSpan.Zero : duration;
        return time switch
        {
            { TotalMinutes: < 1 } => Seconds(time.Seconds),
            { TotalHours: < 1 } => Minutes(time.Minutes),
            { TotalDays: < 1, Minutes: 0 } => Hours(time.Hours),
            { TotalDays: < 1 } => Hours(time.Hours, time.Minutes),
            { Hours: 0 } => days(time.Days),
            _ => $"{days(time.Days)}{Space}{Hours(time.Hours)}",
        };
    }
}
