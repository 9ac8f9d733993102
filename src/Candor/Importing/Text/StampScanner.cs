namespace Candor.Importing.Text;

/// <summary>
/// Reads one time, in any of the ways people and pages write it, where the cursor stands: "Feb 16, 2021 - 10:18 UTC",
/// "22nd of January this year (2025)", "2021-11-23T02:29:31+00:00", "7:09 PM", "Tue, 16 November 2021 at 09:35 PT".
/// </summary>
internal static partial class StampScanner
{
    private const int WordsBetweenMax = 6;

    // What may stand between a day and a time of day, or before either.
    private static readonly string[] Between =
        ["at", "on", "of", "the", "from", "between", "about", "around", "circa", "ca.", "approximately", "approx.", "this year", "de", "um", "à", "a las"];

    public static Stamp? Read(ReadOnlySpan<char> text, int at, out int end)
    {
        var cursor = new Cursor(text, at);
        Stamp? stamp = null;
        end = at;
        for (var gaps = 0; gaps <= WordsBetweenMax; gaps++)
        {
            if (Part(ref cursor, stamp ?? new()) is { } more)
            {
                stamp = more;
                end = cursor.At;
                gaps = 0;
            }

            if (stamp is null || !Gap(ref cursor, stamp))
            {
                break;
            }
        }

        return stamp is { HasDate: true } or { Clock: not null } ? stamp with { Said = text[at..end].ToString() } : null;
    }

    /// <summary>Every time in a line, in order, each with its place.</summary>
    public static IEnumerable<(int At, int End, Stamp Stamp)> All(string line)
    {
        for (var at = 0; at < line.Length; at++)
        {
            if (MayBegin(line, at) && Read(line, at, out var end) is { } stamp)
            {
                yield return (at, end, stamp);
                at = end - 1;
            }
        }
    }

    /// <summary>Cheap enough to be asked of every character of a long text.</summary>
    private static bool MayBegin(string line, int at)
    {
        var first = line[at];
        if (!char.IsAsciiDigit(first) && first is not ('J' or 'F' or 'M' or 'A' or 'S' or 'O' or 'N' or 'D' or 'T' or 'W'))
        {
            return false;
        }

        // "10:00-12:00" is a range; "cve-2024-12-31" is a name.
        return at == 0 || !(char.IsLetterOrDigit(line[at - 1]) || line[at - 1] is ':' or '.' or '/' or '_' or '#' or '$' or '='
            || (line[at - 1] == '-' && !(at > 1 && char.IsAsciiDigit(line[at - 2]))));
    }

    private static Stamp? Part(ref Cursor cursor, Stamp so)
    {
        if (char.IsAsciiDigit(cursor.Next))
        {
            return (so.HasDate ? null : NumericDate(ref cursor, so) ?? DayMonth(ref cursor, so))
                ?? (so.Clock is null ? ReadClock(ref cursor, so) : null)
                ?? (so is { HasDate: true, Year: null } ? YearAlone(ref cursor, so) : null);
        }

        if (cursor.Next == '(' && so is { HasDate: true, Year: null })
        {
            return YearAlone(ref cursor, so);
        }

        return char.IsAsciiLetterUpper(cursor.Next)
            ? (so.HasDate ? null : MonthDay(ref cursor, so)) ?? (so.Weekday is null ? ReadWeekday(ref cursor, so) : null)
            : null;
    }

    /// <summary>Goes over what may stand between two parts; false where nothing further can belong to this time.</summary>
    private static bool Gap(ref Cursor cursor, Stamp so)
    {
        if (so is { HasDate: true, Clock: not null, Year: not null } or { Clock: not null, HasDate: false, Weekday: null } && !MayHaveDateBehind(cursor))
        {
            return false;
        }

        cursor.Spaces();
        if (cursor.Next == 'T' && char.IsAsciiDigit(cursor.Peek(1)))
        {
            cursor.At++;
            return true;
        }

        if (cursor.Next is ',' or '-' or '–' or '—' or '·' or '|' or '@' or '•')
        {
            cursor.At++;
            cursor.Spaces();
            return true;
        }

        foreach (var word in Between)
        {
            if (cursor.Take(word))
            {
                // What follows is looked at before it is asked whether anything may: "09:15 UTC on 12 March 2026".
                cursor.Spaces();
                return true;
            }
        }

        return !cursor.Ended;
    }

    // "10:15 UTC on February 16", "10:32 AM, May 3": a day may follow a time of day, but never behind a dash: that is a range.
    private static bool MayHaveDateBehind(Cursor cursor)
    {
        cursor.Spaces();
        return cursor.Next == ',' || cursor.Take("on") || char.IsAsciiLetterUpper(cursor.Next);
    }
}
