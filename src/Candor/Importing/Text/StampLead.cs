namespace Candor.Importing.Text;

/// <summary>The words that pages put before and behind a time: "Posted 3 years ago. ", "(2 weeks ago)", a footnote's mark.</summary>
internal static class StampLead
{
    private static readonly string[] Leads =
        ["Posted", "Published", "Last updated", "Updated", "Edited", "Created", "Reported", "Date", "Time", "on", "at", "by", "ca.", "~", ":", "(", "["];

    private static readonly (string Name, double Days)[] Units =
        [("second", 1 / 86400.0), ("minute", 1 / 1440.0), ("hour", 1 / 24.0), ("day", 1), ("week", 7), ("month", 30.44), ("year", 365.25)];

    /// <summary>The place where the time itself begins.</summary>
    public static int Skip(string text, out bool posted, out TimeSpan? ago)
    {
        var cursor = new Cursor(text, 0);
        (posted, ago) = (false, null);
        for (var moved = true; moved;)
        {
            cursor.Spaces();
            moved = false;
            foreach (var lead in Leads)
            {
                var word = lead.Length > 1;
                if (word ? cursor.Take(lead) : cursor.Take(lead[0]))
                {
                    posted |= word && lead is "Posted" or "Published";
                    moved = true;
                    break;
                }
            }

            if (Ago(ref cursor) is { } age)
            {
                (ago, moved) = (age, true);
                cursor.Take('.');
                cursor.Take(',');
            }
        }

        return cursor.At;
    }

    /// <summary>"(2 weeks ago)", "[^3]", "]": what belongs to the time although it stands behind it.</summary>
    public static int SkipBehind(string text, int end)
    {
        while (end < text.Length)
        {
            var rest = text.AsSpan(end).TrimStart();
            var close = rest is ['(' or '[', ..] ? rest.IndexOfAny(')', ']') : -1;
            var taken = rest is [']' or ')' or '.' or '*', ..] && (rest.Length == 1 || rest[0] is not '.') ? 1
                : rest.StartsWith("[^") && close > 0 ? close + 1
                : close > 0 && (rest[..close].EndsWith("ago") || rest[..close].EndsWith("earlier") || rest[..close].EndsWith("later") || rest[1..close].TrimStart().StartsWith("Time", StringComparison.OrdinalIgnoreCase)) ? close + 1
                : 0;
            if (taken == 0)
            {
                break;
            }

            end = text.Length - rest.Length + taken;
        }

        return end;
    }

    /// <summary>"about 24 hours ago", "an hour ago", "less than a minute ago".</summary>
    public static TimeSpan? Ago(ref Cursor cursor)
    {
        var start = cursor.At;
        if (Length(ref cursor) is { } length)
        {
            cursor.Spaces();
            if (cursor.Take("ago") || TakeRunTogether(ref cursor))
            {
                return length;
            }
        }

        cursor.At = start;
        return null;
    }

    /// <summary>"about 10 hours", "6h 19m", "1 hour and 53 minutes", "1 hour, 54 minutes".</summary>
    public static TimeSpan? Length(ref Cursor cursor)
    {
        foreach (var vague in (ReadOnlySpan<string>)["about", "over", "almost", "around", "approximately", "less than", "roughly", "a total of"])
        {
            cursor.Spaces();
            cursor.Take(vague);
        }

        var (total, found, behind) = (TimeSpan.Zero, false, cursor.At);
        while (One(ref cursor) is { } part)
        {
            (total, found, behind) = (total + part, true, cursor.At);
            cursor.Spaces();
            cursor.Take(',');
            cursor.Spaces();
            cursor.Take("and");
        }

        cursor.At = behind;
        return found ? total : null;
    }

    private static TimeSpan? One(ref Cursor cursor)
    {
        var start = cursor.At;
        cursor.Spaces();
        var number = cursor.Take("an") || cursor.Take("a") || cursor.Take("one") ? 1 : cursor.Digits(1, 5);
        if (number is { } count)
        {
            cursor.Spaces();
            cursor.Take('-');
            var letters = cursor.Letters(16);
            foreach (var (name, days) in Units)
            {
                var isUnit = letters.StartsWith(name, StringComparison.OrdinalIgnoreCase) && letters.Length - name.Length is 0 or 1
                    || letters.Equals(name.AsSpan(0, 1), StringComparison.OrdinalIgnoreCase) || letters is "min" or "mins" && name == "minute"
                    || letters is "hr" or "hrs" && name == "hour" || letters is "sec" && name == "second";
                if (isUnit && !(letters.Length == 1 && name is "month" or "week" or "year"))
                {
                    cursor.At += letters.Length;
                    return TimeSpan.FromDays(count * days) is var exact && count * days < 36_500 ? Whole(exact) : null;
                }
            }
        }

        cursor.At = start;
        return null;
    }

    // "1 minute" is 1/1440 of a day and must come out as sixty seconds.
    private static TimeSpan Whole(TimeSpan exact) => TimeSpan.FromSeconds(Math.Round(exact.TotalSeconds, MidpointRounding.AwayFromZero));

    // Copied pages run words together: "Started about 24 hours agoLasted about 10 hours".
    private static bool TakeRunTogether(ref Cursor cursor)
    {
        if (!cursor.Rest.StartsWith("ago", StringComparison.Ordinal) || !char.IsUpper(cursor.Peek(3)))
        {
            return false;
        }

        cursor.At += 3;
        return true;
    }
}
