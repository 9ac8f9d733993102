using System.Collections.Immutable;
using System.Globalization;

namespace Candor.State.Maintenances;

/// <summary>Recurrence rules as RFC 5545 writes them.</summary>
internal static class RecurrenceText
{
    private const int LimitChars = 500;
    private const int IntervalMost = 1_000;
    private const int CountMost = 10_000;
    private static readonly ImmutableArray<string> Days = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
    private static readonly ImmutableArray<string> UntilForms = ["yyyyMMdd'T'HHmmss", "yyyyMMdd'T'HHmmss'Z'"];

    public static (Recurrence? Rule, string? Fault) Read(string text)
    {
        if (text.Length > LimitChars)
        {
            return (null, $"The rule has {text.Length} characters; write at most {LimitChars}.");
        }

        Recurrence? rule = null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var bare = text.Trim().StartsWith("RRULE:", StringComparison.OrdinalIgnoreCase) ? text.Trim()[6..] : text.Trim();
        foreach (var part in bare.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = part.Split('=', 2, StringSplitOptions.TrimEntries) is [var n, var v] ? (n.ToUpperInvariant(), v.ToUpperInvariant()) : (part, "");
            if (!seen.Add(name))
            {
                return (null, $"The rule says {name} twice; say it once.");
            }

            if ((rule is null) != (name == "FREQ"))
            {
                return (null, "The rule begins with FREQ; write one such as FREQ=WEEKLY;BYDAY=SU.");
            }

            if (Part(rule ?? new(Frequency.Daily), name, value) is not { } read)
            {
                return (null, Remedy(name, value));
            }

            rule = read;
        }

        return rule is null ? (null, "The rule is empty; write one such as FREQ=WEEKLY;BYDAY=SU.") : (rule, Contradiction(rule));
    }

    public static string Write(Recurrence rule)
    {
        var parts = new List<string> { "FREQ=" + rule.Frequency.ToString().ToUpperInvariant() };
        void Add(string name, string? value) => parts.AddRange(string.IsNullOrEmpty(value) ? [] : [$"{name}={value}"]);
        Add("INTERVAL", rule.Interval == 1 ? null : Number(rule.Interval));
        Add("BYMONTH", string.Join(',', rule.ByMonth.Select(Number)));
        Add("BYMONTHDAY", string.Join(',', rule.ByMonthDay.Select(Number)));
        Add("BYDAY", string.Join(',', rule.ByDay.Select(day => (day.Ordinal is { } nth ? Number(nth) : "") + Days[(int)day.Day])));
        Add("COUNT", rule.Count is { } count ? Number(count) : null);
        Add("UNTIL", rule.Until?.ToString(UntilForms[0], CultureInfo.InvariantCulture));
        return string.Join(';', parts);
    }

    private static Recurrence? Part(Recurrence rule, string name, string value) => name switch
    {
        "FREQ" => Enum.GetNames<Frequency>().Any(known => known.Equals(value, StringComparison.OrdinalIgnoreCase))
            ? rule with { Frequency = Enum.Parse<Frequency>(value, ignoreCase: true) }
            : null,
        "INTERVAL" => Whole(value, 1, IntervalMost) is { } interval ? rule with { Interval = interval } : null,
        "COUNT" => Whole(value, 1, CountMost) is { } count ? rule with { Count = count } : null,
        "UNTIL" => Moment(value) is { } until ? rule with { Until = until } : null,
        "BYMONTH" => List(value, item => Whole(item, 1, 12)) is { } months ? rule with { ByMonth = months } : null,
        "BYMONTHDAY" => List(value, item => Whole(item, -31, 31) is { } day and not 0 ? day : (int?)null) is { } days
            ? rule with { ByMonthDay = days }
            : null,
        "BYDAY" => List(value, Day) is { } weekdays ? rule with { ByDay = weekdays } : null,
        // The only start of a week that is counted with; saying so changes nothing.
        "WKST" => value == "MO" ? rule : null,
        _ => null,
    };

    private static string Remedy(string name, string value) => name switch
    {
        "FREQ" => $"FREQ is “{value}”; write DAILY, WEEKLY, MONTHLY or YEARLY.",
        "INTERVAL" => $"INTERVAL is “{value}”; write a whole number from 1 to {IntervalMost}.",
        "COUNT" => $"COUNT is “{value}”; write a whole number from 1 to {CountMost}.",
        "UNTIL" => $"UNTIL is “{value}”; write a local date such as 20271231 or a moment such as 20271231T235959.",
        "BYMONTH" => $"BYMONTH is “{value}”; write months from 1 to 12.",
        "BYMONTHDAY" => $"BYMONTHDAY is “{value}”; write days from 1 to 31, or from -1 to -31 counted from the end.",
        "BYDAY" => $"BYDAY is “{value}”; write days such as MO,TU or 2TU or -1SU.",
        "WKST" => "WKST is not counted with unless it is MO; leave it out.",
        _ => $"“{name}” is not understood; write FREQ, INTERVAL, BYDAY, BYMONTHDAY, BYMONTH, COUNT or UNTIL.",
    };

    private static string? Contradiction(Recurrence rule) => rule switch
    {
        { Count: not null, Until: not null } => "COUNT and UNTIL exclude each other; keep one.",
        { Frequency: Frequency.Daily or Frequency.Weekly } when rule.ByDay.Any(day => day.Ordinal is not null) =>
            "2TU and the like belong to months and years; write FREQ=MONTHLY, or the day alone.",
        { Frequency: Frequency.Weekly, ByMonthDay.IsEmpty: false } => "BYMONTHDAY does not go with weeks; write FREQ=MONTHLY.",
        { Frequency: Frequency.Monthly } when rule.ByDay.Any(day => day.Ordinal is > 5 or < -5) =>
            "No month has a sixth of any weekday; write an ordinal from 1 to 5 or -1 to -5.",
        _ => null,
    };

    private static ImmutableArray<T>? List<T>(string value, Func<string, T?> read)
        where T : struct
    {
        var items = value.Split(',', StringSplitOptions.TrimEntries).Select(read).ToList();
        return items.TrueForAll(item => item is not null) ? [.. items.Select(item => item!.Value).Distinct()] : null;
    }

    private static NthDay? Day(string text)
    {
        if (text.Length < 2 || Days.IndexOf(text[^2..]) is not (>= 0 and var day))
        {
            return null;
        }

        return text.Length == 2 ? new(null, (DayOfWeek)day)
            : Whole(text[..^2], -53, 53) is { } nth and not 0 ? new(nth, (DayOfWeek)day)
            : null;
    }

    private static int? Whole(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most
            ? number
            : null;

    /// <summary>A date alone means its whole day. A "Z" is dropped: the rule is in the zone of the maintenance.</summary>
    private static DateTime? Moment(string text)
    {
        if (DateTime.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date + new TimeSpan(23, 59, 59);
        }

        return DateTime.TryParseExact(text, [.. UntilForms], CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? moment
            : null;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
