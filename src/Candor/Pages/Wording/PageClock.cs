using System.Collections.Frozen;
using System.Globalization;
using Candor.Languages;

namespace Candor.Pages.Wording;

/// <summary>
/// Instants as text in the page's zone, the fallback wherever the reader's own is not known. In English twelve hours
/// with AM and PM where the zone's people use them, twenty-four everywhere else.
/// </summary>
internal sealed class PageClock(string zoneName, Language language)
{
    private static readonly FrozenSet<string> TwelveHours = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "America/New_York", "America/Detroit", "America/Chicago", "America/Denver", "America/Boise", "America/Phoenix",
        "America/Los_Angeles", "America/Anchorage", "America/Juneau", "Pacific/Honolulu", "America/Puerto_Rico",
        "America/Toronto", "America/Vancouver", "America/Edmonton", "America/Winnipeg", "America/Halifax",
        "America/St_Johns", "America/Regina", "Australia/Sydney", "Australia/Melbourne", "Australia/Brisbane",
        "Australia/Perth", "Australia/Adelaide", "Australia/Hobart", "Australia/Darwin", "Pacific/Auckland",
        "Asia/Kolkata", "Asia/Calcutta", "Asia/Manila", "US/Eastern", "US/Central", "US/Mountain", "US/Pacific");

    private readonly bool twelveHours = TwelveHours.Contains(zoneName);

    public Language Language => language;

    public TimeZoneInfo Zone { get; } =
        TimeZoneInfo.TryFindSystemTimeZoneById(zoneName, out var found) ? found : TimeZoneInfo.Utc;

    public DateOnly DateOf(DateTimeOffset at) => DateOnly.FromDateTime(Local(at).DateTime);

    /// <summary>"09:54"</summary>
    public string Time(DateTimeOffset at) => language.Dates.Time(Local(at), twelveHours);

    /// <summary>"09:54 UTC"</summary>
    public string TimeAndZone(DateTimeOffset at) => $"{Time(at)} {ZoneAt(at)}";

    /// <summary>"Feb 29, 2024, 10:55 UTC"</summary>
    public string Exact(DateTimeOffset at) => $"{language.Dates.Short(Local(at))}, {TimeAndZone(at)}";

    /// <summary>"February 29, 2024"</summary>
    public string Day(DateTimeOffset at) => Day(DateOf(at));

    public string Day(DateOnly date) => language.Dates.Day(date);

    /// <summary>The shortest form that cannot be mistaken today: the time alone, else with its date and year.</summary>
    public string Short(DateTimeOffset at, DateTimeOffset now) => DateOf(at) == DateOf(now) ? TimeAndZone(at) : Exact(at);

    /// <summary>"2024-02-29T10:55:00Z", for machines.</summary>
    public static string Machine(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);

    // Abbreviations such as CST name several zones; an offset names one.
    public string ZoneAt(DateTimeOffset at)
    {
        var offset = Local(at).Offset;
        var form = offset.Minutes == 0 ? "%h" : @"h\:mm";
        return offset == TimeSpan.Zero
            ? "UTC"
            : $"UTC{(offset < TimeSpan.Zero ? '−' : '+')}{offset.ToString(form, CultureInfo.InvariantCulture)}";
    }
}
