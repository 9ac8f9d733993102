using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using Candor.Judging;

namespace Candor.Probing.Command;

/// <summary>What Nagios plugins print after the bar: <c>'label'=value[UOM];warn;crit;min;max</c>. Broken parts are left out.</summary>
internal static class Perfdata
{
    private const int MeasurementsMax = 50;
    private const int LabelMax = 60;
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.,-+eE");

    private static readonly (string Uom, string Unit, double Factor)[] Units =
    [
        ("us", "s", 1e-6), ("ms", "s", 1e-3), ("s", "s", 1), ("%", "%", 1), ("KB", "bytes", 1024), ("MB", "bytes", 1024d * 1024),
        ("GB", "bytes", 1024d * 1024 * 1024), ("TB", "bytes", 1024d * 1024 * 1024 * 1024), ("B", "bytes", 1), ("c", "", 1), ("", "", 1),
    ];

    /// <summary>The plugin's sentence and its numbers.</summary>
    public static (string Text, ImmutableArray<Measurement> Measurements) Read(string output)
    {
        var found = ImmutableArray.CreateBuilder<Measurement>();
        var text = "";
        var first = true;
        var onlyNumbers = false;
        foreach (var line in output.Split('\n'))
        {
            // The first line may carry numbers; of the long text after it, everything behind the next bar is numbers.
            var bar = onlyNumbers ? -1 : line.IndexOf('|', StringComparison.Ordinal);
            if (first)
            {
                text = (bar < 0 ? line : line[..bar]).Trim();
            }

            if (onlyNumbers || bar >= 0)
            {
                Parse(onlyNumbers ? line : line[(bar + 1)..], found);
                onlyNumbers |= !first;
            }

            first = false;
        }

        return (text, found.ToImmutable());
    }

    private static void Parse(string text, ImmutableArray<Measurement>.Builder into)
    {
        var at = 0;
        while (at < text.Length && into.Count < MeasurementsMax)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            if (!TryLabel(text, ref at, out var label))
            {
                return;
            }

            var end = text.AsSpan(at).IndexOfAny(" \t\r");
            var rest = end < 0 ? text[at..] : text.Substring(at, end);
            at += rest.Length;
            if (Value(rest.Split(';')[0]) is { } value && label.Length is > 0 and <= LabelMax)
            {
                into.Add(new(label, value.Number, value.Unit));
            }
        }
    }

    private static bool TryLabel(string text, ref int at, out string label)
    {
        label = "";
        if (text[at] != '\'')
        {
            var equals = text.IndexOf('=', at);
            label = equals < 0 ? "" : text[at..equals].Trim();
            at = equals + 1;
            return equals >= 0;
        }

        // '' inside quotes is one quote.
        var end = at + 1;
        while (end < text.Length && (text[end] != '\'' || (end + 1 < text.Length && text[end + 1] == '\'')))
        {
            end += text[end] == '\'' ? 2 : 1;
        }

        if (end + 1 >= text.Length || text[end + 1] != '=')
        {
            return false;
        }

        label = text[(at + 1)..end].Replace("''", "'", StringComparison.Ordinal);
        at = end + 2;
        return true;
    }

    private static (double Number, string Unit)? Value(string text)
    {
        var digits = text.AsSpan().IndexOfAnyExcept(NumberCharacters);
        var number = (digits < 0 ? text : text[..digits]).Replace(',', '.');
        var uom = digits < 0 ? "" : text[digits..];
        foreach (var (name, unit, factor) in Units)
        {
            if (name == uom && double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value))
            {
                return (value * factor, unit);
            }
        }

        return null;
    }
}
