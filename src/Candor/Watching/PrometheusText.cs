using System.Globalization;
using System.Text;

namespace Candor.Watching;

/// <summary>Prometheus's text format: names, labels and numbers as its exposition-format page has them.</summary>
internal static class PrometheusText
{
    /// <summary><c>candor.probe.duration</c> in <c>s</c> becomes <c>candor_probe_duration_seconds</c>.</summary>
    public static string NameOf(string name, string? unit, string kind)
    {
        var text = new StringBuilder(name.Length + 10);
        foreach (var letter in name)
        {
            text.Append(char.IsAsciiLetterOrDigit(letter) ? letter : '_');
        }

        var suffix = unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        text.Append(suffix.Length > 0 && !EndsWith(text, suffix) ? suffix : "");
        text.Append(kind == "counter" && !EndsWith(text, "_total") ? "_total" : "");
        return text.ToString();
    }

    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return "";
        }

        var text = new StringBuilder();
        foreach (var (name, value) in tags)
        {
            text.Append(text.Length > 0 ? "," : "");
            text.Append(NameOf(name, null, "")).Append("=\"");
            Escape(text, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
            text.Append('"');
        }

        return text.ToString();
    }

    /// <summary>All series of one name.</summary>
    public static void Family(StringBuilder text, IReadOnlyList<MetricSeries> family)
    {
        Head(text, family[0].Name, family[0].Help, family[0].Kind);
        foreach (var one in family)
        {
            var (value, count, buckets) = one.Read();
            if (buckets is null)
            {
                Line(text, one.Name, one.Labels, value);
                continue;
            }

            long soFar = 0;
            for (var i = 0; i < buckets.Length; i++)
            {
                soFar += buckets[i];
                var bound = i < one.Bounds.Count ? Number(one.Bounds[i]) : "+Inf";
                Line(text, one.Name + "_bucket", $"{one.Labels}{(one.Labels.Length > 0 ? "," : "")}le=\"{bound}\"", soFar);
            }

            Line(text, one.Name + "_sum", one.Labels, value);
            Line(text, one.Name + "_count", one.Labels, count);
        }
    }

    public static void Counter(StringBuilder text, string name, string help, double value)
    {
        Head(text, name, help, "counter");
        Line(text, name, "", value);
    }

    private static void Head(StringBuilder text, string name, string help, string kind) => text
        .Append("# HELP ").Append(name).Append(' ').Append(help.Replace("\\", "\\\\").Replace("\n", "\\n")).Append('\n')
        .Append("# TYPE ").Append(name).Append(' ').Append(kind).Append('\n');

    private static void Line(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static void Escape(StringBuilder text, string value)
    {
        foreach (var letter in value)
        {
            _ = letter switch
            {
                '\\' => text.Append(@"\\"),
                '"' => text.Append("\\\""),
                '\n' => text.Append("\\n"),
                _ => text.Append(letter),
            };
        }
    }

    private static bool EndsWith(StringBuilder text, string suffix) =>
        text.Length >= suffix.Length && text.ToString(text.Length - suffix.Length, suffix.Length) == suffix;
}
