using System.Text.Json.Serialization;

namespace Candor.Pages.Json;

// The public API of Atlassian Statuspage, member for member. Clients in the wild read these names: a member may be
// added only under "candor", and the field list in the tests has to be approved anew for it.

internal sealed record V2Page(string Id, string Name, string Url, string TimeZone, DateTimeOffset UpdatedAt);

internal sealed record V2Status(string Indicator, string Description);

/// <summary>What the fixed vocabulary has no word for.</summary>
/// <param name="Verdict">up, degraded, down or unknown.</param>
/// <param name="Known">False: the status beside it is only the last that was known.</param>
/// <param name="AsOf">The newest reading that this rests on, or null where there is none.</param>
/// <param name="BlindSince">Since when we cannot see, or null while we can.</param>
internal sealed record V2Truth(string Verdict, bool Known, DateTimeOffset? AsOf, DateTimeOffset? BlindSince);

internal sealed record V2Component(
    string Id,
    string Name,
    string Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    int Position,
    string? Description,
    bool Showcase,
    string? StartDate,
    string? GroupId,
    string PageId,
    bool Group,
    bool OnlyShowIfDegraded,
    V2Truth Candor)
{
    /// <summary>Only a group row has this member.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Components { get; init; }
}

internal sealed record V2AffectedComponent(string Code, string Name, string OldStatus, string NewStatus);

internal sealed record V2IncidentUpdate(
    string Id,
    string Status,
    string Body,
    string IncidentId,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset DisplayAt,
    IReadOnlyList<V2AffectedComponent>? AffectedComponents,
    bool DeliverNotifications,
    string? CustomTweet,
    string? TweetId);

internal sealed record V2Incident(
    string Id,
    string Name,
    string Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? MonitoringAt,
    DateTimeOffset? ResolvedAt,
    string Impact,
    string Shortlink,
    DateTimeOffset StartedAt,
    string PageId,
    IReadOnlyList<V2IncidentUpdate> IncidentUpdates,
    IReadOnlyList<V2Component> Components,
    string? ReminderIntervals);

/// <summary>An incident that is planned: the same members, and when.</summary>
internal sealed record V2Maintenance(
    string Id,
    string Name,
    string Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? MonitoringAt,
    DateTimeOffset? ResolvedAt,
    string Impact,
    string Shortlink,
    DateTimeOffset StartedAt,
    string PageId,
    IReadOnlyList<V2IncidentUpdate> IncidentUpdates,
    IReadOnlyList<V2Component> Components,
    string? ReminderIntervals,
    DateTimeOffset ScheduledFor,
    DateTimeOffset ScheduledUntil);

internal sealed record V2SummaryBody(
    V2Page Page,
    IReadOnlyList<V2Component> Components,
    IReadOnlyList<V2Incident> Incidents,
    IReadOnlyList<V2Maintenance> ScheduledMaintenances,
    V2Status Status,
    V2Truth Candor);

internal sealed record V2StatusBody(V2Page Page, V2Status Status, V2Truth Candor);

internal sealed record V2ComponentsBody(V2Page Page, IReadOnlyList<V2Component> Components);

internal sealed record V2IncidentsBody(V2Page Page, IReadOnlyList<V2Incident> Incidents);

internal sealed record V2MaintenancesBody(V2Page Page, IReadOnlyList<V2Maintenance> ScheduledMaintenances);
