using System.Collections.Immutable;
using System.Text.Json;
using Candor.State;

namespace Candor.Intake.Alerts;

/// <summary>An alert in our own words, for anything that can sign: a member that is none of ours is a slip.</summary>
internal static class GenericMessage
{
    private static readonly ImmutableArray<string> Known = ["id", "status", "name", "summary", "labels", "started_at"];

    public static ToldAlert Read(JsonElement alert)
    {
        foreach (var member in alert.EnumerateObject())
        {
            if (!Known.Contains(member.Name))
            {
                throw new FormatException($"“{AlertMessages.Short(member.Name, 40)}” is no member of an alert; known are {string.Join(", ", Known)}");
            }
        }

        var id = AlertMessages.Text(alert, "id") ?? throw new FormatException("an alert has no “id”, by which it is known again");
        return new(
            id,
            AlertMessages.Text(alert, "status") switch
            {
                "firing" => AlertStatus.Firing,
                "resolved" => AlertStatus.Resolved,
                _ => throw new FormatException("an alert's status is neither “firing” nor “resolved”"),
            },
            AlertMessages.Name(AlertMessages.Text(alert, "name") ?? id),
            AlertMessages.Labels(alert, "labels"),
            AlertMessages.Summary(AlertMessages.Text(alert, "summary", 1_000)),
            AlertMessages.Moment(alert, "started_at"));
    }
}
