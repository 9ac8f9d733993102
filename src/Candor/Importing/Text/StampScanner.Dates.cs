using System.Globalization;

namespace Candor.Importing.Text;

internal static partial class StampScanner
{
    private static readonly string[] Months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    // German, French and Spanish, where they are not the English words: read only behind a day, "12. März", "12 de marzo".
    private static readonly (string Name, int Month)[] OtherMonths =
    [
        ("januar", 1), ("februar", 2), ("märz", 3), ("mai", 5), ("juni", 6), ("juli", 7), ("oktober", 10), ("dezember", 12),
        ("janvier", 1), ("février", 2), ("mars", 3), ("avril", 4), ("juin", 6), ("juillet", 7), ("août", 8), ("septembre", 9), ("octobre", 10),
        ("novembre", 11), ("décembre", 12),
        ("enero", 1), ("febrero", 2), ("marzo", 3), ("abril", 4), ("mayo", 5), ("junio", 6), ("julio", 7), ("agosto", 8), ("septiembre", 9),
        ("octubre", 10), ("noviembre", 11), ("diciembre", 12),
    ];

    private static readonly string[] Weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    /// <summary>2021-11-23, 2021/11/23, 23.11.2021, 11/23/2021.</summary>
    private static Stamp? NumericDate(ref Cursor cursor, Stamp so)
    {
        var start = cursor.At;
        var first = cursor.Digits(1, 4);
        var separator = cursor.Next;
        if (first is not { } a || separator is not ('-' or '/' or '.'))
        {
            cursor.At = start;
            return null;
        }

        cursor.At++;
        var b = cursor.Digits(1, 2) ?? 0;
        var last = cursor.Take(separator) ? cursor.Digits(1, 4) ?? 0 : 0;
        // A further number means a version or an address, not a date.
        if (cursor.Next == separator && char.IsAsciiDigit(cursor.Peek(1)))
        {
            last = 0;
        }

        var (year, month, day) = (a >= 1000, separator, a > 12, b > 12) switch
        {
            (true, _, _, _) => (a, b, last),
            (_, '-', _, _) => (0, 0, 0),
            (_, '.', _, _) or (_, _, true, _) => (last, b, a),
            _ => (last, a, b),
        };
        if (!IsDay(year, month, day))
        {
            cursor.At = start;
            return null;
        }

        return so with
        {
            Year = year, Month = month, Day = day, DayOrMonth = separator == '/' && a < 13 && b < 13 && a != b,
        };
    }

    /// <summary>16 November 2021, 22nd of January.</summary>
    private static Stamp? DayMonth(ref Cursor cursor, Stamp so)
    {
        var start = cursor.At;
        var day = cursor.Digits(1, 2);
        Ordinal(ref cursor);
        var dotted = cursor.Next == '.' && cursor.Peek(1) == ' ' && cursor.Take('.');
        cursor.Spaces();
        if (cursor.Take("of") || cursor.Take("de"))
        {
            cursor.Spaces();
        }

        cursor.Take('-');
        if (day is not { } d || (MonthHere(ref cursor) ?? OtherMonth(ref cursor)) is not { } month || (dotted && !HasYearBehind(cursor)) || !IsDay(2000, month, d))
        {
            cursor.At = start;
            return null;
        }

        return so with { Month = month, Day = d };
    }

    /// <summary>Feb 29, November 8th. A year behind it is read as a part of its own.</summary>
    private static Stamp? MonthDay(ref Cursor cursor, Stamp so)
    {
        var start = cursor.At;
        if (MonthHere(ref cursor) is not { } month)
        {
            return null;
        }

        cursor.Spaces();
        var day = cursor.Digits(1, 2);
        if (day is not { } d || cursor.Next == ':' || !IsDay(2000, month, d))
        {
            cursor.At = start;
            return null;
        }

        Ordinal(ref cursor);
        return so with { Month = month, Day = d };
    }

    private static Stamp? YearAlone(ref Cursor cursor, Stamp so)
    {
        var start = cursor.At;
        var closed = cursor.Take('(');
        var year = cursor.Digits(4, 4);
        if (year is not (>= 1990 and < 2100) || cursor.Next == ':' || char.IsLetter(cursor.Next) || (closed && !cursor.Take(')')))
        {
            cursor.At = start;
            return null;
        }

        return so with { Year = year };
    }

    private static Stamp? ReadWeekday(ref Cursor cursor, Stamp so)
    {
        var word = cursor.Letters();
        var found = word.Length < 3 ? -1 : Index(Weekdays, word, ["tues", "wednes", "thur", "thurs"]);
        if (found < 0)
        {
            return null;
        }

        cursor.At += word.Length;
        cursor.Take('.');
        return so with { Weekday = (DayOfWeek)found };
    }

    private static int? MonthHere(ref Cursor cursor)
    {
        var word = cursor.Letters();
        var found = word.Length < 3 || !char.IsAsciiLetterUpper(word[0]) ? -1 : Index(Months, word, ["sept"]);
        if (found < 0)
        {
            return null;
        }

        cursor.At += word.Length;
        cursor.Take('.');
        return found + 1;
    }

    // "3. May be late" is the third item of a list.
    private static bool HasYearBehind(Cursor cursor)
    {
        cursor.Spaces();
        return cursor.Digits(4, 4) is >= 1990 and < 2100;
    }

    private static int? OtherMonth(ref Cursor cursor)
    {
        foreach (var (name, month) in OtherMonths)
        {
            if (cursor.Take(name))
            {
                return month;
            }
        }

        return null;
    }

    /// <summary>A name in full, by its first three letters, or by one of the other usual short forms.</summary>
    private static int Index(string[] names, ReadOnlySpan<char> word, ReadOnlySpan<string> shortForms)
    {
        for (var i = 0; i < names.Length; i++)
        {
            var usual = word.Length == 3 || word.Length == names[i].Length;
            foreach (var form in shortForms)
            {
                usual |= word.Equals(form, StringComparison.OrdinalIgnoreCase);
            }

            if (usual && names[i].AsSpan().StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }

    private static void Ordinal(ref Cursor cursor)
    {
        if (cursor.Letters(2) is "st" or "nd" or "rd" or "th")
        {
            cursor.At += 2;
        }
    }

    private static bool IsDay(int year, int month, int day) =>
        year is >= 1990 and < 2100 && month is >= 1 and <= 12 && day >= 1
        && day <= CultureInfo.InvariantCulture.Calendar.GetDaysInMonth(year, month);
}
