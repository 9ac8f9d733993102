using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Candor.State;

/// <summary>The tools whose alerts are understood. Their words are the last part of the address that they send to.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AlertTool>))]
internal enum AlertTool
{
    [JsonStringEnumMemberName("alertmanager")]
    Alertmanager,
    [JsonStringEnumMemberName("grafana")]
    Grafana,
    [JsonStringEnumMemberName("datadog")]
    Datadog,

    /// <summary>Anything that can sign what it sends.</summary>
    [JsonStringEnumMemberName("generic")]
    Generic,
}

/// <summary>What a tool last said of an alert.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AlertStatus>))]
internal enum AlertStatus
{
    [JsonStringEnumMemberName("firing")]
    Firing,
    [JsonStringEnumMemberName("resolved")]
    Resolved,

    /// <summary>The tool itself cannot see ("no data"): evidence of nothing.</summary>
    [JsonStringEnumMemberName("unseen")]
    Unseen,
}

/// <summary>A tool that the owner lets in.</summary>
/// <param name="Secret">A reference to the environment ("$NAME"), or null: the token in the address is all that is asked for.</param>
internal sealed record AlertSource(AlertTool Tool, string? Secret);

/// <summary>An alert as a tool told it.</summary>
/// <param name="Id">The same for every word about the same alert, within its tool.</param>
/// <param name="StartsAt">When it began to fire, or null where the tool does not say.</param>
internal sealed record ToldAlert(
    string Id, AlertStatus Status, string Name, ImmutableDictionary<string, string> Labels, string Summary, DateTimeOffset? StartsAt);
