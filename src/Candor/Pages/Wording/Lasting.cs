using System.Globalization;

namespace Candor.Pages.Wording;

/// <summary>Durations as people say them: "40 s", "12 min", "6h 19m", "2 days 3h". Always cut, never rounded up.</summary>
internal static class Lasting
{
    private const int DaysOfYear = 365;

    public static string Words(TimeSpan duration)
    {
        var time = duration < TimeSpan.Zero ? TimeSpan.Zero : duration;
        return time switch
        {
            { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Seconds} s"),
            { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min"),
            { TotalDays: < 1, Minutes: 0 } => string.Create(CultureInfo.InvariantCulture, $"{time.Hours}h"),
            { TotalDays: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Hours}h {time.Minutes}m"),
            { Hours: 0 } => Days(time.Days),
            _ => string.Create(CultureInfo.InvariantCulture, $"{Days(time.Days)} {time.Hours}h"),
        };
    }

    /// <summary>"12 min ago", and "just now" for less than ten seconds, which nobody can act upon.</summary>
    public static string Ago(TimeSpan age) => age.TotalSeconds < 10 ? "just now" : $"{Coarse(age)} ago";

    /// <summary>"in 12 min", or "overdue by 3 min" once the time is over.</summary>
    public static string Due(TimeSpan left) => left < TimeSpan.Zero ? $"overdue by {Words(-left)}" : $"in {Words(left)}";

    /// <summary>One unit only, for ages: "3h", "2 days", "9 years".</summary>
    private static string Coarse(TimeSpan age) => age switch
    {
        { TotalHours: < 1 } => Words(age),
        { TotalDays: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{age.Hours}h"),
        { TotalDays: < 2 * DaysOfYear } => Days(age.Days),
        _ => string.Create(CultureInfo.InvariantCulture, $"{age.Days / DaysOfYear} years"),
    };

    private static string Days(int days) =>
        days == 1 ? "1 day" : string.Create(CultureInfo.InvariantCulture, $"{days} days");
}
