using System.Text.Json.Serialization;
using Candor.Settings.Entries;
using Candor.Settings.Forms;
using Candor.State;

namespace Candor.Probing.Alert;

/// <summary><c>alert: { labels: { service: mail }, tool: alertmanager, heard_within: 15m, as: degraded }</c>: told by another tool.</summary>
/// <param name="Labels">What an alert must carry to be meant; of each, one of these values.</param>
internal sealed record AlertCheck(SortedDictionary<string, string[]> Labels) : ICheckOptions
{
    private const int LabelsMax = 20;
    private const int ValueLengthMax = 200;
    private const int SaysLengthMax = 100;
    private static readonly TimeSpan LongestSilence = TimeSpan.FromDays(31);

    /// <summary>Only alerts of this tool; null: of any.</summary>
    public AlertTool? Tool { get; init; }

    /// <summary>Silence of the tool for longer than this means that we cannot see; null: silence says nothing.</summary>
    public TimeSpan? HeardWithin { get; init; }

    /// <summary>An alert means "degraded", not "down".</summary>
    public bool Degrades { get; init; }

    /// <summary>What readers are told while an alert fires; null: that there is one.</summary>
    public string? Says { get; init; }

    [JsonIgnore]
    public string Target => "alerts with " + string.Join(", ", Labels.Select(static label => $"{label.Key}={string.Join('|', label.Value)}"));

    public static AlertCheck? Read(Entry monitor, Faults faults)
    {
        if (monitor.Map("alert", faults) is not { } entry)
        {
            return null;
        }

        // Every key is asked for even where one is wrong: a key that nobody asked for is reported as unknown.
        var labels = ReadLabels(entry, faults);
        AlertTool? tool = entry.Find("tool") is { } named && named.Read(
            Words.Of(
                ("alertmanager", AlertTool.Alertmanager), ("grafana", AlertTool.Grafana), ("datadog", AlertTool.Datadog), ("generic", AlertTool.Generic)),
            faults, out var known) ? known : null;
        TimeSpan? within = entry.Find("heard_within") is { } written
            && written.Read(Durations.Between(TimeSpan.FromSeconds(10), LongestSilence), faults, out var read) ? read : null;
        var degrades = entry.Value("as", Words.Of(("down", false), ("degraded", true)), fallback: false, faults);
        var says = entry.Find("says") is { } words && words.Read(Texts.UpTo(SaysLengthMax), faults, out var text) ? text : null;
        return labels is null ? null : new(labels) { Tool = tool, HeardWithin = within, Degrades = degrades, Says = says };
    }

    public bool Means(AlertTool tool, IReadOnlyDictionary<string, string> labels) =>
        (Tool is null || Tool == tool)
        && Labels.All(wanted => labels.TryGetValue(wanted.Key, out var value) && wanted.Value.Contains(value, StringComparer.Ordinal));

    private static SortedDictionary<string, string[]>? ReadLabels(Entry entry, Faults faults)
    {
        if (entry.Find("labels") is not { } map)
        {
            faults.Add(entry, "has no “labels”", "add “labels: { service: mail }”: what an alert must carry to be meant");
            return null;
        }

        var labels = new SortedDictionary<string, string[]>(StringComparer.Ordinal);
        var members = map.Members(faults);
        if (members.Count is 0 or > LabelsMax)
        {
            if (map.Shape is Shape.Map)
            {
                faults.Add(map, members.Count == 0 ? "is empty" : $"has more than {LabelsMax} labels", $"name 1 to {LabelsMax} labels, such as {{ service: mail }}");
            }

            return null;
        }

        foreach (var (key, values) in members.Select(member => (member.Key, ReadValues(member, faults))))
        {
            if (values.Length == 0)
            {
                return null;
            }

            labels[key] = values;
        }

        return labels;
    }

    /// <summary>One value, or a list of which any will do.</summary>
    private static string[] ReadValues(Member member, Faults faults)
    {
        var items = member.Entry.Shape is Shape.List ? member.Entry.Items(faults) : [member.Entry];
        if (items.Count == 0)
        {
            faults.Add(member.Entry, "is an empty list", "name at least one value");
        }

        return [.. items.Select(item => item.Read(Texts.UpTo(ValueLengthMax), faults, out var value) ? value : null).OfType<string>()];
    }
}
