using System.Globalization;

namespace Candor.Importing.Reading;

/// <summary>Reads the times that were met: ISO with and without a zone, epochs, Go's and mail's forms. Never guesses a year.</summary>
internal static class SourceTimes
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <param name="zone">Where a time without a zone was written; UTC where nobody says.</param>
    public static DateTimeOffset? Read(string? text, TimeZoneInfo? zone = null)
    {
        text = text?.Trim();
        if (text is not { Length: >= 8 and <= 60 })
        {
            return null;
        }

        var time = text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0 ? Epoch(text)
            : text.Length > 4 && text[4] is '-' or '/' && char.IsAsciiDigit(text[0]) ? Iso(text, zone)
            : Mail(text, zone);

        // Programs write the first moment of their calendar where they mean none.
        return time is { Year: > 1971 and < 9000 } ? time.Value.ToUniversalTime() : null;
    }

    public static DateTimeOffset? Epoch(string digits) => digits.Length switch
    {
        >= 9 and <= 10 => DateTimeOffset.FromUnixTimeSeconds(long.Parse(digits, CultureInfo.InvariantCulture)),
        >= 12 and <= 13 => DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(digits, CultureInfo.InvariantCulture)),
        _ => null,
    };

    /// <summary>A local time in a zone. One that daylight saving skips is taken an hour on, one that comes twice is the first.</summary>
    public static DateTimeOffset InZone(DateTime local, TimeZoneInfo zone)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        local = zone.IsInvalidTime(local) ? local.AddHours(1) : local;
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new(local, offset);
    }

    public static TimeZoneInfo? Zone(string? name) =>
        name is { Length: > 0 and < 60 } && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;

    /// <summary>1 to 12 for "Jan" or "January"; null otherwise.</summary>
    public static int? Month(string name) =>
        name.Length >= 3 && Array.IndexOf(Months, name[..3].ToLowerInvariant()) is >= 0 and var index ? index + 1 : null;

    /// <summary>Also "2025-04-10 13:00:00 +0000 UTC", as Go prints it: after an offset the zone's name says nothing new.</summary>
    private static DateTimeOffset? Iso(string text, TimeZoneInfo? zone)
    {
        text = text.Replace('/', '-');
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length >= 3 && parts[2] is ['+' or '-', ..])
        {
            text = $"{parts[0]}T{parts[1]}{parts[2]}";
        }
        else if (parts.Length == 3 && ZoneNames.Offset(parts[2]) is { } named)
        {
            return DateTime.TryParse($"{parts[0]}T{Fraction(parts[1])}", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
                && InRange(at) ? new(at, named) : null;
        }

        text = Fraction(text);
        if (HasZone(text))
        {
            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var exact) ? exact : null;
        }

        return DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && InRange(local)
            ? InZone(local, zone ?? TimeZoneInfo.Utc) : null;
    }

    /// <summary>RFC 822 and its relatives: "Tue, 07 Dec 2021 10:00:00 PST", "9 January 2014 16:00 -0800".</summary>
    private static DateTimeOffset? Mail(string text, TimeZoneInfo? zone)
    {
        var parts = text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).AsSpan();
        parts = parts.Length > 0 && !char.IsAsciiDigit(parts[0][0]) && Month(parts[0]) is null ? parts[1..] : parts;
        if (parts.Length < 4)
        {
            return null;
        }

        var (day, month) = Month(parts[0]) is null ? (parts[0], parts[1]) : (parts[1], parts[0]);
        if (Month(month) is not { } m || !int.TryParse(day, CultureInfo.InvariantCulture, out var d) || !int.TryParse(parts[2], CultureInfo.InvariantCulture, out var y)
            || !TimeOnly.TryParse(parts[3], CultureInfo.InvariantCulture, out var clock)
            || y is < 1970 or > 9000 || d < 1 || d > DateTime.DaysInMonth(y, m))
        {
            return null;
        }

        var local = new DateOnly(y, m, d).ToDateTime(clock);
        return parts.Length > 4 && ZoneNames.Offset(parts[4]) is { } offset ? new(local, offset) : InZone(local, zone ?? TimeZoneInfo.Utc);
    }

    private static bool InRange(DateTime time) => time.Year is > 1971 and < 9000;

    private static bool HasZone(string text) =>
        text[^1] is 'Z' or 'z' || (text.Length > 10 && text.AsSpan(10).IndexOfAny('+', '-') >= 0);

    /// <summary>At most the seven digits that a date here can hold; nine are common elsewhere.</summary>
    private static string Fraction(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        if (point < 0)
        {
            return text;
        }

        var end = point + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end - point - 1 > 7 ? text[..(point + 8)] + text[end..] : text;
    }
}
