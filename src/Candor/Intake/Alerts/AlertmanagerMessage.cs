using System.Collections.Immutable;
using System.Text.Json;
using Candor.State;

namespace Candor.Intake.Alerts;

/// <summary>An alert of Alertmanager's webhook (version 4), which Grafana sends too.</summary>
internal static class AlertmanagerMessage
{
    /// <summary>How Grafana names an alert when its own question got no answer.</summary>
    private static readonly ImmutableArray<string> Blind = ["DatasourceNoData", "DatasourceError"];

    public static ToldAlert Read(JsonElement alert)
    {
        var labels = AlertMessages.Labels(alert, "labels");
        var annotations = alert.TryGetProperty("annotations", out var found) && found.ValueKind == JsonValueKind.Object ? found : default;
        var name = labels.GetValueOrDefault("alertname");
        return new(
            AlertMessages.Text(alert, "fingerprint") ?? Fingerprint(labels),
            StatusOf(AlertMessages.Text(alert, "status"), name),
            AlertMessages.Name(name),
            labels,
            AlertMessages.Summary(annotations.ValueKind == JsonValueKind.Object
                ? AlertMessages.Text(annotations, "summary", 1_000) ?? AlertMessages.Text(annotations, "description", 1_000)
                : null),
            AlertMessages.Moment(alert, "startsAt"));
    }

    private static AlertStatus StatusOf(string? status, string? name) => status switch
    {
        "resolved" => AlertStatus.Resolved,
        "firing" when Blind.Contains(name ?? "") => AlertStatus.Unseen,
        "firing" => AlertStatus.Firing,
        _ => throw new FormatException("an alert's status is neither “firing” nor “resolved”"),
    };

    /// <summary>Older versions send none: the labels are what an alert is known by.</summary>
    private static string Fingerprint(ImmutableDictionary<string, string> labels) => labels.IsEmpty
        ? throw new FormatException("an alert has neither a fingerprint nor labels")
        : DerivedId.Of(string.Join('\n', labels.Select(static label => $"{label.Key}={label.Value}").Order(StringComparer.Ordinal)));
}
