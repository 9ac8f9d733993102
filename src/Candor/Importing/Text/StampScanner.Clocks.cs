namespace Candor.Importing.Text;

internal static partial class StampScanner
{
    private static Stamp? ReadClock(ref Cursor cursor, Stamp so)
    {
        var start = cursor.At;
        var time = WithColon(ref cursor) ?? WholeHour(ref cursor) ?? Military(ref cursor) ?? (so.HasDate ? WithDot(ref cursor) : null);
        if (time is not { } clock)
        {
            cursor.At = start;
            return null;
        }

        // "16:40 Uhr MEZ".
        var behind = cursor.At;
        cursor.Spaces();
        cursor.At = cursor.Take("Uhr") ? cursor.At : behind;

        // Seconds, or a T before the time, are a machine's: there a minus begins an offset and not a range.
        var exact = so.HasDate && (behind - start > 5 || cursor.Before(start) == 'T');
        return so with { Clock = clock, Zone = Offset(ref cursor, exact) ?? ZoneWords.Read(ref cursor) };
    }

    /// <summary>10:18, 5:42AM, 17:05:09.123, 8:23 A.M.</summary>
    private static TimeOnly? WithColon(ref Cursor cursor)
    {
        var start = cursor.At;
        var hour = cursor.Digits(1, 2);
        if (hour is null || !(cursor.Take(':') || (cursor.Next == 'h' && char.IsAsciiDigit(cursor.Peek(1)) && cursor.Take('h'))) || cursor.Digits(2, 2) is not { } minute)
        {
            cursor.At = start;
            return null;
        }

        var second = cursor.Next == ':' && char.IsAsciiDigit(cursor.Peek(1)) && cursor.Take(':') ? cursor.Digits(2, 2) ?? 0 : 0;
        if (cursor.Next is '.' && char.IsAsciiDigit(cursor.Peek(1)))
        {
            cursor.At++;
            while (char.IsAsciiDigit(cursor.Next))
            {
                cursor.At++;
            }
        }

        return Of(hour.Value, minute, second, HalfOfDay(ref cursor));
    }

    /// <summary>15.26, right behind a day: anywhere else it is a number.</summary>
    private static TimeOnly? WithDot(ref Cursor cursor)
    {
        var start = cursor.At;
        if (cursor.Before(start) == ' ' && char.IsAsciiDigit(cursor.Before(start - 1)) && cursor.Digits(2, 2) is { } hour && cursor.Take('.') && cursor.Digits(2, 2) is { } minute && !char.IsLetterOrDigit(cursor.Next) && cursor.Next is not ('.' or '%'))
        {
            return Of(hour, minute, 0, null);
        }

        cursor.At = start;
        return null;
    }

    /// <summary>7 PM.</summary>
    private static TimeOnly? WholeHour(ref Cursor cursor)
    {
        var start = cursor.At;
        if (cursor.Digits(1, 2) is { } hour && HalfOfDay(ref cursor) is { } half)
        {
            return Of(hour, 0, 0, half);
        }

        cursor.At = start;
        return null;
    }

    /// <summary>1428 UTC: four digits are a time only where a zone says so.</summary>
    private static TimeOnly? Military(ref Cursor cursor)
    {
        var start = cursor.At;
        if (cursor.Digits(4, 4) is { } digits)
        {
            var ahead = cursor;
            if (ahead.Next == 'Z' || (ahead.Take(' ') && ZoneWords.Read(ref ahead) is { Word.Length: <= 4 }))
            {
                return Of(digits / 100, digits % 100, 0, null);
            }
        }

        cursor.At = start;
        return null;
    }

    /// <summary>False for AM, true for PM, null for neither.</summary>
    private static bool? HalfOfDay(ref Cursor cursor)
    {
        var start = cursor.At;
        cursor.Spaces();
        var letter = char.ToLowerInvariant(cursor.Next);
        if (letter is 'a' or 'p')
        {
            var dots = cursor.Peek(1) == '.';
            var m = char.ToLowerInvariant(cursor.Peek(dots ? 2 : 1));
            var length = dots ? 3 : 2;
            if (m == 'm' && !char.IsLetterOrDigit(cursor.Peek(length)))
            {
                cursor.At += length;
                if (dots)
                {
                    cursor.Take('.');
                }

                return letter == 'p';
            }
        }

        cursor.At = start;
        return null;
    }

    private static TimeOnly? Of(int hour, int minute, int second, bool? afternoon)
    {
        if (afternoon is not null && hour is < 1 or > 12)
        {
            // "13:10 PM" is written by people who mean 13:10.
            afternoon = hour is > 12 and < 24 ? null : afternoon;
        }

        var shifted = afternoon switch { true => (hour % 12) + 12, false => hour % 12, null => hour };
        return shifted < 24 && minute < 60 && second < 60 ? new TimeOnly(shifted, minute, second) : null;
    }

    /// <summary>"+00:00", "-0500", "Z" right behind the time.</summary>
    private static SaidZone? Offset(ref Cursor cursor, bool exact)
    {
        var start = cursor.At;
        if (cursor.Next == 'Z' && !char.IsLetterOrDigit(cursor.Peek(1)))
        {
            cursor.At++;
            return SaidZone.Utc;
        }

        cursor.Spaces();
        if ((cursor.Next == '+' || (exact && cursor.Next is '-' or '−')) && char.IsAsciiDigit(cursor.Peek(1)) && char.IsAsciiDigit(cursor.Peek(2)))
        {
            var at = cursor.At;
            var shift = ZoneWords.Shift(ref cursor);
            if (cursor.At > at + 3)
            {
                return new(cursor.Since(at), shift, null);
            }
        }

        cursor.At = start;
        return null;
    }
}
