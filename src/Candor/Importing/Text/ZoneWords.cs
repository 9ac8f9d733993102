using System.Collections.Frozen;

namespace Candor.Importing.Text;

/// <summary>Reads the zones that people write behind a time: UTC+2, PDT, "Eastern", US/Pacific, a city, "(GMT+3)".</summary>
internal static class ZoneWords
{
    // Letters that name a fixed offset name it also where the season is wrong: whoever writes PST means what PST means.
    private static readonly FrozenDictionary<string, double> Fixed = new Dictionary<string, double>(StringComparer.Ordinal)
    {
        ["UTC"] = 0, ["GMT"] = 0, ["Z"] = 0, ["WET"] = 0, ["WEST"] = 1, ["BST"] = 1, ["CET"] = 1, ["CEST"] = 2, ["MEZ"] = 1,
        ["MESZ"] = 2, ["SAST"] = 2, ["CAT"] = 2, ["EAT"] = 3, ["WAT"] = 1, ["MET"] = 1, ["MEST"] = 2, ["EET"] = 2, ["EEST"] = 3, ["MSK"] = 3, ["TRT"] = 3, ["GST"] = 4, ["PKT"] = 5, ["IST"] = 5.5,
        ["ICT"] = 7, ["WIB"] = 7, ["SGT"] = 8, ["HKT"] = 8, ["PHT"] = 8, ["MYT"] = 8, ["AWST"] = 8, ["JST"] = 9, ["KST"] = 9,
        ["ACST"] = 9.5, ["ACDT"] = 10.5, ["AEST"] = 10, ["AEDT"] = 11, ["NZST"] = 12, ["NZDT"] = 13, ["NDT"] = -2.5,
        ["NST"] = -3.5, ["BRT"] = -3, ["ART"] = -3, ["CLST"] = -3, ["CLT"] = -4, ["ADT"] = -3, ["AST"] = -4, ["EDT"] = -4, ["EST"] = -5,
        ["CDT"] = -5, ["CST"] = -6, ["MDT"] = -6, ["MST"] = -7, ["PDT"] = -7, ["PST"] = -8, ["AKDT"] = -8, ["AKST"] = -9,
        ["HST"] = -10,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Places = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["PT"] = "America/Los_Angeles", ["MT"] = "America/Denver", ["CT"] = "America/Chicago", ["ET"] = "America/New_York",
        ["Pacific"] = "America/Los_Angeles", ["Mountain"] = "America/Denver", ["Central"] = "America/Chicago",
        ["Eastern"] = "America/New_York",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Shared = FrozenSet.ToFrozenSet(["IST", "CST", "AST", "GST"], StringComparer.Ordinal);

    // Older names that people and vendors still write, and that the system knows but does not list.
    private static readonly string[] OlderNames =
        ["US/Pacific", "US/Mountain", "US/Central", "US/Eastern", "US/Alaska", "US/Hawaii", "US/Arizona", "Asia/Calcutta", "Asia/Saigon", "Europe/Kiev", "Canada/Eastern", "Canada/Pacific", "Etc/UTC", "Etc/GMT"];

    private static readonly Lazy<FrozenSet<string>> Names = new(() =>
        TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Concat(OlderNames).ToFrozenSet(StringComparer.Ordinal));

    // Cities by their last name; words that are zones but no cities ("Center", "Universal") are left out.
    private static readonly Lazy<FrozenDictionary<string, string>> Cities = new(() => TimeZoneInfo.GetSystemTimeZones()
        .Select(zone => zone.Id)
        .Where(id => id.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && id[..slash] is "Africa" or "America" or "Asia" or "Australia" or "Europe" or "Pacific")
        .Where(id => !id.EndsWith("/Center", StringComparison.Ordinal))
        .GroupBy(id => id[(id.LastIndexOf('/') + 1)..].Replace('_', ' '), StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(same => same.Key, same => same.First(), StringComparer.OrdinalIgnoreCase));

    /// <summary>A zone at the cursor, which then stands behind it; or null, and the cursor has not moved.</summary>
    public static SaidZone? Read(ref Cursor cursor)
    {
        var start = cursor.At;
        cursor.Spaces();
        var zone = cursor.Next == '(' ? InParentheses(ref cursor) : Word(ref cursor);
        if (zone is null)
        {
            cursor.At = start;
            return null;
        }

        // "PST (UTC-7)": the offset says what the letters were meant to say.
        var behind = cursor.At;
        cursor.Spaces();
        if (cursor.Next == '(' && InParentheses(ref cursor) is { Offset: not null } exact)
        {
            return exact;
        }

        cursor.At = behind;
        return zone;
    }

    /// <summary>The only zone that a line speaks of, wherever it stands in it: "(All times US/Pacific)".</summary>
    public static SaidZone? In(ReadOnlySpan<char> line)
    {
        SaidZone? found = null;
        for (var at = 0; at < line.Length; at++)
        {
            if (at > 0 && (char.IsLetterOrDigit(line[at - 1]) || line[at - 1] is '/' or '_'))
            {
                continue;
            }

            var cursor = new Cursor(line, at);
            if (Word(ref cursor) is not { } zone)
            {
                continue;
            }

            at = cursor.At - 1;
            if (found is null || (zone.Offset is not null && zone.Word.AsSpan().IndexOfAny('+', '-', '−') > 0))
            {
                found = zone;
            }
        }

        return found;
    }

    private static SaidZone? InParentheses(ref Cursor cursor)
    {
        var close = cursor.Rest.IndexOf(')');
        if (close is < 2 or > 60)
        {
            return null;
        }

        var inside = cursor.Rest[1..close];
        if (inside.IndexOfAnyInRange('0', '9') >= 0 && inside.IndexOf(':') > 0 && !inside.ContainsAny('+', '-', '−'))
        {
            return null;
        }

        if (In(inside) is not { } zone)
        {
            return null;
        }

        cursor.At += close + 1;
        return zone;
    }

    private static SaidZone? Word(ref Cursor cursor)
    {
        var start = cursor.At;
        var letters = cursor.Letters(14);
        if (letters.Length == 0)
        {
            return null;
        }

        if (Iana(ref cursor) is { } named)
        {
            return named;
        }

        var word = letters.ToString();
        if (char.IsLetterOrDigit(cursor.Peek(word.Length)))
        {
            return null;
        }

        if (word is "utc" or "gmt" or "Utc" or "Gmt")
        {
            word = word.ToUpperInvariant();
        }

        if (Fixed.TryGetValue(word, out var hours))
        {
            cursor.At = start + word.Length;
            var shift = word is "UTC" or "GMT" or "MSK" ? Shift(ref cursor) : TimeSpan.Zero;
            var written = cursor.Since(start);
            return new(written, TimeSpan.FromHours(hours) + shift, null, Shared.Contains(word));
        }

        return Region(ref cursor, word) ?? City(ref cursor);
    }

    private static SaidZone? Region(ref Cursor cursor, string word)
    {
        // "pt" and "central" are ordinary letters in a sentence; a zone is written large.
        if (!char.IsUpper(word[0]) || !Places.TryGetValue(word, out var place) || (word.Length == 2 && !char.IsUpper(word[1])))
        {
            return null;
        }

        var start = cursor.At;
        cursor.At += word.Length;
        foreach (var further in (ReadOnlySpan<string>)["Standard", "Daylight", "Time"])
        {
            var before = cursor.At;
            cursor.Spaces();
            if (!cursor.Take(further))
            {
                cursor.At = before;
            }
        }

        return new(cursor.Since(start), null, TimeZoneInfo.FindSystemTimeZoneById(place));
    }

    private static SaidZone? Iana(ref Cursor cursor)
    {
        var rest = cursor.Rest;
        var length = 0;
        while (length < Math.Min(rest.Length, 40) && (char.IsAsciiLetterOrDigit(rest[length]) || rest[length] is '/' or '_' or '-' or '+'))
        {
            length++;
        }

        var name = rest[..length].TrimEnd("-+");
        var slash = name.IndexOf('/');
        // Only names that are known are looked up: the system searches its disk for each that is not.
        if (slash < 2 || !char.IsAsciiLetterUpper(name[0]) || !Names.Value.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var id))
        {
            return null;
        }

        cursor.At += name.Length;
        return TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? new(id, null, zone) : null;
    }

    private static SaidZone? City(ref Cursor cursor)
    {
        var start = cursor.At;
        var rest = cursor.Rest;
        var most = Math.Min(rest.Length, 24);
        for (var length = most; length >= 4; length--)
        {
            var ends = length == rest.Length || !char.IsLetterOrDigit(rest[length]);
            if (!ends || rest[length - 1] == ' ' || !char.IsAsciiLetterUpper(rest[0]) || !Cities.Value.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(rest[..length], out var id))
            {
                continue;
            }

            // "Denver - …", "Denver time": a zone. "Denver office": a place where somebody sat.
            cursor.At = start + length;
            var behind = cursor.At;
            cursor.Spaces();
            var spoken = cursor.Take("time");
            if (!spoken)
            {
                cursor.At = behind;
            }

            if (spoken || cursor.Ended || cursor.Rest.TrimStart(' ') is [':' or '-' or '–' or '—' or ',' or ')' or ';' or '*', ..])
            {
                return new(cursor.Since(start), null, TimeZoneInfo.FindSystemTimeZoneById(id));
            }

            break;
        }

        cursor.At = start;
        return null;
    }

    /// <summary>"+2", "-07:00", "−4" behind UTC or GMT.</summary>
    public static TimeSpan Shift(ref Cursor cursor)
    {
        var start = cursor.At;
        var sign = cursor.Next switch { '+' => 1, '-' or '−' => -1, _ => 0 };
        if (sign == 0)
        {
            return TimeSpan.Zero;
        }

        cursor.At++;
        var digits = cursor.Digits(1, 4);
        if (digits is not { } number || number > 1400)
        {
            cursor.At = start;
            return TimeSpan.Zero;
        }

        var (hours, minutes) = number >= 100 ? (number / 100, number % 100) : (number, 0);
        if (number < 100 && cursor.Next == ':' && char.IsAsciiDigit(cursor.Peek(1)) && char.IsAsciiDigit(cursor.Peek(2)))
        {
            cursor.At++;
            minutes = cursor.Digits(2, 2) ?? 0;
        }

        if (hours > 14 || minutes > 59)
        {
            cursor.At = start;
            return TimeSpan.Zero;
        }

        return sign * new TimeSpan(hours, minutes, 0);
    }
}
