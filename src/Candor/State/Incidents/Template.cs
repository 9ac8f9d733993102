using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Candor.State.Incidents;

/// <summary>
/// Texts with placeholders: <c>{{component}} has not answered since {{since | time}}</c>. A name, and at most one of five
/// formatters; no expressions, loops, includes or reflection, so that nothing an operator or an attacker writes can do
/// more than stand there. One pass: what a value brings in is never looked at again. What is not a known placeholder
/// stays as it was written.
/// </summary>
internal static class Template
{
    /// <summary>Longest text that comes out; the rest is cut with an ellipsis.</summary>
    public const int LimitChars = 25_000;

    private static readonly FrozenDictionary<string, Func<TemplateValue, TemplateClock, string>> Formatters =
        new Dictionary<string, Func<TemplateValue, TemplateClock, string>>
        {
            ["upper"] = (value, clock) => value.Plain(clock).ToUpperInvariant(),
            ["lower"] = (value, clock) => value.Plain(clock).ToLowerInvariant(),
            ["time"] = (value, clock) => value.At is { } at ? clock.Time(at) : value.Plain(clock),
            ["date"] = (value, clock) => value.At is { } at ? clock.Local(at, "D") : value.Plain(clock),
            ["list"] = (value, clock) => value.Plain(clock).Replace("\n", ", ", StringComparison.Ordinal),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> FormatterNames => Formatters.Keys.Order(StringComparer.Ordinal);

    /// <param name="words">Of the page: dates are written as it speaks.</param>
    public static string Render(string template, IReadOnlyDictionary<string, TemplateValue> values, TimeZoneInfo zone, StoredWords words)
    {
        var clock = new TemplateClock(zone, words.Dates);
        var written = new StringBuilder(Math.Min(template.Length * 2, LimitChars));
        foreach (var (literal, name, formatter) in Parts(template))
        {
            var known = name is not null && values.TryGetValue(name, out _)
                && (formatter is null || Formatters.ContainsKey(formatter));
            written.Append(known ? Value(values[name!], formatter, clock) : literal);
            if (written.Length > LimitChars)
            {
                written.Length = LimitChars - 1;
                return written.Append('…').ToString();
            }
        }

        return written.ToString();
    }

    /// <summary>What is wrong with a template, in sentences that name the remedy; empty where all is well.</summary>
    public static IReadOnlyList<string> FaultsOf(string template, IEnumerable<string> names)
    {
        var known = names.ToHashSet(StringComparer.Ordinal);
        var faults = new List<string>();
        foreach (var (literal, name, formatter) in Parts(template))
        {
            if (name is not null && !known.Contains(name))
            {
                faults.Add($"“{literal}” is no placeholder here: write one of {string.Join(", ", known.Order(StringComparer.Ordinal).Select(one => $"{{{{{one}}}}}"))}");
            }
            else if (formatter is not null && !Formatters.ContainsKey(formatter))
            {
                faults.Add($"“{formatter}” is no formatter: write one of {string.Join(", ", FormatterNames)}");
            }
        }

        return faults;
    }

    /// <summary>Splits a text into literals and placeholders; a placeholder's literal is how it was written.</summary>
    private static IEnumerable<(string Literal, string? Name, string? Formatter)> Parts(string template)
    {
        var from = 0;
        while (true)
        {
            var open = template.IndexOf("{{", from, StringComparison.Ordinal);
            var close = open < 0 ? -1 : template.IndexOf("}}", open + 2, StringComparison.Ordinal);
            if (close < 0)
            {
                yield return (template[from..], null, null);
                yield break;
            }

            yield return (template[from..open], null, null);
            var inside = template[(open + 2)..close].Split('|', 2, StringSplitOptions.TrimEntries);
            yield return (template[open..(close + 2)], inside[0], inside.Length > 1 ? inside[1] : null);
            from = close + 2;
        }
    }

    private static string Value(TemplateValue value, string? formatter, TemplateClock clock) =>
        formatter is null ? value.Plain(clock) : Formatters[formatter](value, clock);
}

/// <summary>How instants are written in a text: "D" is a day, "g" a day and a time.</summary>
internal readonly record struct TemplateClock(TimeZoneInfo Zone, DateTimeFormatInfo Dates)
{
    public string Time(DateTimeOffset at)
    {
        // A clock without its zone would be true for some readers only.
        var offset = Zone.GetUtcOffset(at);
        return Local(at, "HH:mm") + " UTC" + offset switch
        {
            { Ticks: 0 } => "",
            { Minutes: 0 } => string.Create(CultureInfo.InvariantCulture, $"{offset.Hours:+0;-0}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{offset.Hours:+0;-0}:{Math.Abs(offset.Minutes):00}"),
        };
    }

    public string Local(DateTimeOffset at, string format) => TimeZoneInfo.ConvertTime(at, Zone).ToString(format, Dates);
}

/// <summary>What a placeholder stands for: a text, or an instant.</summary>
internal readonly record struct TemplateValue(string? Text, DateTimeOffset? At)
{
    public static implicit operator TemplateValue(string text) => new(text, null);

    public static implicit operator TemplateValue(DateTimeOffset at) => new(null, at);

    public string Plain(TemplateClock clock) => Text ?? (At is { } at ? clock.Local(at, "g") : "");
}
