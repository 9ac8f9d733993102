using System.Collections.Immutable;
using System.Text.Json;
using Candor.State;

namespace Candor.Intake.Alerts;

/// <summary>A Datadog webhook with the payload that docs/alerts.md gives: Datadog sends whatever its owner writes.</summary>
internal static class DatadogMessage
{
    public static ToldAlert Read(JsonElement root)
    {
        var id = AlertMessages.Text(root, "alert_id") ?? throw new FormatException("it has no “alert_id”; use the payload of docs/alerts.md");
        var labels = Tags(root);
        var scope = AlertMessages.Text(root, "scope");
        return new(
            scope is null ? id : $"{id}/{scope}",
            StatusOf(AlertMessages.Text(root, "transition")),
            AlertMessages.Name(AlertMessages.Text(root, "title")),
            labels,
            AlertMessages.Summary(AlertMessages.Text(root, "text", 1_000)),
            StartsAt: null);
    }

    private static AlertStatus StatusOf(string? transition) => transition switch
    {
        "Triggered" or "Re-Triggered" or "Warn" or "Re-Warn" or "Renotify" => AlertStatus.Firing,
        "Recovered" or "Warn Recovered" or "No Data Recovered" => AlertStatus.Resolved,
        "No Data" or "Re-No Data" => AlertStatus.Unseen,
        _ => throw new FormatException("its “transition” is none of Datadog's; use the payload of docs/alerts.md"),
    };

    /// <summary>"service:mail,env:prod"; of a tag that comes twice the first counts.</summary>
    private static ImmutableDictionary<string, string> Tags(JsonElement root)
    {
        var labels = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (var tag in (AlertMessages.Text(root, "tags", 10_000) ?? "").Split(',', 65, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = tag.Split(':', 2) is [var k, var v] ? (k, v) : (tag, "");
            labels.TryAdd(AlertMessages.Short(key, 200), AlertMessages.Short(value, 500));
        }

        return labels.ToImmutable();
    }
}
