using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Candor.State;

namespace Candor.Intake.Alerts;

/// <summary>From the bytes that a tool sends to the alerts in them. Members that are not known are let be; sizes are bounded.</summary>
internal static class AlertMessages
{
    private const int AlertsMax = 1_000;
    private const int LabelsMax = 64;
    private const int NameLengthMax = 200;
    private const int ValueLengthMax = 500;
    private const int SummaryLengthMax = 1_000;
    private const int DepthMax = 16;

    public static AlertTool? ToolOf(string word) => word switch
    {
        "alertmanager" => AlertTool.Alertmanager,
        "grafana" => AlertTool.Grafana,
        "datadog" => AlertTool.Datadog,
        "generic" => AlertTool.Generic,
        _ => null,
    };

    /// <summary>Throws <see cref="JsonException"/> or, with what is wrong, <see cref="FormatException"/>.</summary>
    public static IReadOnlyList<ToldAlert> Read(AlertTool tool, byte[] body)
    {
        var root = JsonText.Parse(body, DepthMax);
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("it is no object");
        }

        return tool switch
        {
            AlertTool.Datadog => [DatadogMessage.Read(root)],
            AlertTool.Generic => Each(root, GenericMessage.Read),
            _ => Each(root, AlertmanagerMessage.Read),
        };
    }

    /// <summary>A member that is a text or a number, shortened to what is kept; null where it is absent or empty.</summary>
    public static string? Text(JsonElement map, string member, int most = ValueLengthMax) =>
        map.TryGetProperty(member, out var found)
            ? found.ValueKind switch
            {
                JsonValueKind.String => Short(found.GetString()!.Trim(), most) is { Length: > 0 } text ? text : null,
                JsonValueKind.Number => Short(found.GetRawText(), most),
                _ => null,
            }
            : null;

    public static string Name(string? text) => text is null ? "alert" : Short(text, NameLengthMax);

    public static string Summary(string? text) => text is null ? "" : Short(text, SummaryLengthMax);

    /// <summary>Texts by name; anything else among them is let be.</summary>
    public static ImmutableDictionary<string, string> Labels(JsonElement map, string member)
    {
        var labels = ImmutableDictionary.CreateBuilder<string, string>();
        if (map.TryGetProperty(member, out var found) && found.ValueKind == JsonValueKind.Object)
        {
            foreach (var one in found.EnumerateObject().Where(static one => one.Value.ValueKind == JsonValueKind.String).Take(LabelsMax))
            {
                labels[Short(one.Name, NameLengthMax)] = Short(one.Value.GetString()!, ValueLengthMax);
            }
        }

        return labels.ToImmutable();
    }

    /// <summary>A moment; null for one that is absent, unreadable, or Go's "never" (year 1).</summary>
    public static DateTimeOffset? Moment(JsonElement map, string member) =>
        DateTimeOffset.TryParse(Text(map, member), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at.Year > 1
            ? at.ToUniversalTime()
            : null;

    /// <summary>One line: nobody is there who could take out what is not shown.</summary>
    public static string Short(string text, int most) =>
        Unshown.Without(text) is var line && line.Length <= most ? line : string.Concat(line.AsSpan(0, most - 1), "…");

    private static List<ToldAlert> Each(JsonElement root, Func<JsonElement, ToldAlert> read)
    {
        if (!root.TryGetProperty("alerts", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException("it has no list of “alerts”");
        }

        if (list.GetArrayLength() > AlertsMax)
        {
            throw new FormatException($"it has more than {AlertsMax} alerts");
        }

        return [.. list.EnumerateArray().Select(one => one.ValueKind == JsonValueKind.Object ? read(one) : throw new FormatException("an alert is no object"))];
    }
}
