using Candor.State;
using Candor.State.Incidents;

namespace Candor.Pages.Json;

// The body of /status.json: the whole truth that is public, documented in docs/status-json.md. Targets of monitors,
// their options and anything about people are not in these records and so cannot get out.

/// <param name="Past">As it was at <paramref name="GeneratedAt"/>, from the facts alone.</param>
internal sealed record StatusJson(
    int Schema,
    DateTimeOffset GeneratedAt,
    long Position,
    bool Past,
    StatusPageJson Page,
    string Headline,
    ComponentStatus Status,
    bool Known,
    DateTimeOffset? Since,
    DateTimeOffset? VerifiedAt,
    IReadOnlyList<StatusComponentJson> Components,
    IReadOnlyList<StatusIncidentJson> Incidents,
    IReadOnlyList<StatusMaintenanceJson> Maintenances,
    StatusMonitorsJson Monitors,
    StatusVantagesJson Vantages,
    StatusSelfJson Candor);

internal sealed record StatusPageJson(string Id, string Name, string Url, string TimeZone);

/// <param name="Known">False: <paramref name="Status"/> is only the last that was known.</param>
/// <param name="VerifiedAt">The oldest of the newest readings of its monitors; null where none watches it.</param>
internal sealed record StatusComponentJson(
    string Id,
    string Name,
    string? Description,
    string? ParentId,
    ComponentStatus Status,
    bool Known,
    DateTimeOffset Since,
    string? Reason,
    DateTimeOffset? VerifiedAt,
    DateTimeOffset? SetByHandUntil,
    IReadOnlyDictionary<string, ComponentStatus>? Regions,
    IReadOnlyList<StatusRegionJson>? ByRegion,
    StatusUptimeJson? Uptime);

/// <param name="Known">False: <paramref name="Status"/> is only the last that was known there.</param>
/// <param name="Since">Null where nothing measures it from there.</param>
/// <param name="Measured">Places look from there; else it is what people say, or what is known of the whole.</param>
internal sealed record StatusRegionJson(
    string Region, ComponentStatus Status, bool Known, bool Measured, DateTimeOffset? Since, string? Reason);

/// <param name="Percent">Null where no time counts; the formula is on the page at /uptime.</param>
internal sealed record StatusUptimeJson(int Days, decimal? Percent, long UnknownSeconds);

internal sealed record StatusIncidentJson(
    string Id,
    string Title,
    string Url,
    IncidentStatus Status,
    Impact Impact,
    bool Automatic,
    DateTimeOffset StartedAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? ResolvedAt,
    DateTimeOffset? NextUpdateBy,
    IReadOnlyList<StatusAffectedJson> Affected,
    IReadOnlyList<StatusDowntimeJson> Downtimes,
    IReadOnlyList<StatusUpdateJson> Updates,
    StatusHonestyJson? Honesty);

/// <summary>How soon and how steadily readers were told; null where it was written up when it was over.</summary>
/// <param name="DetectedAt">When monitors knew; null where none did.</param>
internal sealed record StatusHonestyJson(
    DateTimeOffset? DetectedAt,
    DateTimeOffset FirstWordAt,
    DateTimeOffset LastWordAt,
    long LongestSilenceSeconds,
    DateTimeOffset? LongestSilenceFrom);

/// <param name="ByRegion">The regions that were named; null where none was.</param>
internal sealed record StatusAffectedJson(
    string Id, string Name, IReadOnlyList<StatusIntervalJson> Intervals, IReadOnlyList<StatusRegionIntervalsJson>? ByRegion);

internal sealed record StatusRegionIntervalsJson(string Region, IReadOnlyList<StatusIntervalJson> Intervals);

internal sealed record StatusIntervalJson(ComponentStatus Status, DateTimeOffset From, DateTimeOffset? Until);

internal sealed record StatusDowntimeJson(DateTimeOffset Began, DateTimeOffset? Ended);

/// <param name="KeepsStatus">Readers see the word "Update".</param>
internal sealed record StatusUpdateJson(
    int Seq, DateTimeOffset At, DateTimeOffset DisplayAt, IncidentStatus Status, bool KeepsStatus, bool Automatic, string Body,
    DateTimeOffset? EditedAt, DateTimeOffset? RemovedAt);

internal sealed record StatusMaintenanceJson(
    string Id,
    string Title,
    string Url,
    MaintenanceStatus Status,
    DateTimeOffset ScheduledFor,
    DateTimeOffset ScheduledUntil,
    DateTimeOffset? StartedAt,
    IReadOnlyList<string> Components);

internal sealed record StatusMonitorsJson(int Configured, int Up, int Degraded, int Down, int Unknown);

internal sealed record StatusVantagesJson(int Configured, int Live, int Suspect, int Blind);

/// <param name="Well">Null for the past: our own health is not kept.</param>
internal sealed record StatusSelfJson(bool? Well, string Version, IReadOnlyList<StatusProblemJson> Problems);

internal sealed record StatusProblemJson(string Sentence, DateTimeOffset? Since);
