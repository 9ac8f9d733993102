using System.Globalization;
using System.Text;

namespace Candor.Importing.Monitors;

/// <summary>Writes one monitor as an entry of <c>candor.yaml</c>. What needs quotes gets them; secrets never get in.</summary>
internal sealed class MonitorYaml
{
    private readonly List<(string Key, string? Written, MonitorYaml? Inner)> lines = [];

    /// <summary>A key with a value; dots lead into maps: <c>expect.status</c>. Nothing where the value says nothing.</summary>
    public MonitorYaml Set(string key, string? value) =>
        string.IsNullOrEmpty(value) ? this : Put(key.Split('.'), Quoted(value));

    public MonitorYaml Set(string key, bool value) => Put(key.Split('.'), value ? "true" : "false");

    /// <summary>A list on one line.</summary>
    public MonitorYaml Set(string key, IReadOnlyCollection<string> values) =>
        values.Count == 0 ? this : Put(key.Split('.'), $"[{string.Join(", ", values.Select(Quoted))}]");

    /// <summary>A key of the owner's own choice within a map: a header's name, a path into JSON.</summary>
    public MonitorYaml SetIn(string map, string key, string? value) =>
        string.IsNullOrEmpty(value) ? this : Put([.. map.Split('.'), key], Quoted(value));

    /// <summary>Seconds as a duration within the limits of settings, for <c>every</c> and <c>timeout</c>.</summary>
    public MonitorYaml Time(string key, double? seconds, double least, double most) =>
        seconds is > 0 ? Set(key, Duration(Math.Clamp(seconds.Value, least, most))) : this;

    /// <summary>The lines in the order in which they were set.</summary>
    public override string ToString()
    {
        var yaml = new StringBuilder();
        Write(yaml, "");
        return yaml.ToString();
    }

    public static string Duration(double seconds)
    {
        if (seconds < 1)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{Math.Round(seconds * 1000)}ms");
        }

        var whole = (long)Math.Round(seconds);
        return whole % 86_400 == 0 ? $"{whole / 86_400}d" : whole % 3600 == 0 ? $"{whole / 3600}h" : whole % 60 == 0 && whole > 60 ? $"{whole / 60}m" : $"{whole}s";
    }

    private MonitorYaml Put(ReadOnlySpan<string> path, string written)
    {
        var at = lines.FindIndex(Named(path[0]));
        if (path.Length == 1)
        {
            if (at < 0)
            {
                lines.Add((path[0], written, null));
            }

            return this;
        }

        if (at < 0)
        {
            lines.Add((path[0], null, new MonitorYaml()));
            at = lines.Count - 1;
        }

        lines[at].Inner?.Put(path[1..], written);
        return this;
    }

    private static Predicate<(string Key, string? Written, MonitorYaml? Inner)> Named(string key) => line => line.Key == key;

    private void Write(StringBuilder yaml, string indent)
    {
        foreach (var (key, written, inner) in lines)
        {
            yaml.Append(indent).Append(Quoted(key)).Append(':').Append(written is null ? "" : " ").Append(written).Append('\n');
            inner?.Write(yaml, indent + "  ");
        }
    }

    private static string Quoted(string value)
    {
        if (IsPlain(value))
        {
            return value;
        }

        var quoted = new StringBuilder("\"");
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' or '\\' => quoted.Append('\\').Append(c),
                '\n' => quoted.Append("\\n"),
                '\t' => quoted.Append("\\t"),
                _ => quoted.Append(char.IsControl(c) || c == '\uFEFF' ? ' ' : c),
            };
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>What no reader of YAML takes for anything but this text.</summary>
    private static bool IsPlain(string value) =>
        value.Length > 0 && (char.IsAsciiLetterOrDigit(value[0]) || value[0] == '$') && value[^1] != ':'
        && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or ':' or '$' or '=' or '+')
        && value is not ("true" or "false" or "null" or "yes" or "no" or "on" or "off");
}
