using System.Collections.Frozen;
using System.Globalization;

namespace Candor.Importing.Reading;

/// <summary>Offsets of the short zone names that pages print. Names that mean several zones stand for the one met there.</summary>
internal static class ZoneNames
{
    private static readonly FrozenDictionary<string, double> Hours = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase)
    {
        ["UTC"] = 0, ["GMT"] = 0, ["Z"] = 0, ["WET"] = 0, ["WEST"] = 1, ["BST"] = 1, ["CET"] = 1, ["CEST"] = 2, ["MET"] = 1, ["MEST"] = 2,
        ["EET"] = 2, ["EEST"] = 3, ["SAST"] = 2, ["MSK"] = 3, ["IST"] = 5.5, ["SGT"] = 8, ["HKT"] = 8, ["AWST"] = 8, ["JST"] = 9,
        ["KST"] = 9, ["ACST"] = 9.5, ["ACDT"] = 10.5, ["AEST"] = 10, ["AEDT"] = 11, ["NZST"] = 12, ["NZDT"] = 13,
        ["NST"] = -3.5, ["NDT"] = -2.5, ["BRT"] = -3, ["AST"] = -4, ["ADT"] = -3, ["EST"] = -5, ["EDT"] = -4, ["CST"] = -6, ["CDT"] = -5,
        ["MST"] = -7, ["MDT"] = -6, ["PST"] = -8, ["PDT"] = -7, ["AKST"] = -9, ["AKDT"] = -8, ["HST"] = -10,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Of "PST", "UTC+2", "+0530", "-08:00"; null for a word that names no zone.</summary>
    public static TimeSpan? Offset(string name)
    {
        name = name.Trim('(', ')', '.', ',');
        if (Hours.TryGetValue(name, out var hours))
        {
            return TimeSpan.FromHours(hours);
        }

        name = name.StartsWith("UTC", StringComparison.OrdinalIgnoreCase) || name.StartsWith("GMT", StringComparison.OrdinalIgnoreCase) ? name[3..] : name;
        if (name is not (['+' or '-', _, ..] and { Length: <= 6 }))
        {
            return null;
        }

        var digits = name[1..].Replace(":", "", StringComparison.Ordinal);
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            return null;
        }

        var offset = digits.Length > 2 ? new TimeSpan(value / 100, value % 100, 0) : TimeSpan.FromHours(value);
        return offset > TimeSpan.FromHours(14) ? null : name[0] == '-' ? -offset : offset;
    }
}
