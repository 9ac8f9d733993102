using System.Text.Json;
using Candor.State;

namespace Candor.Intake.Statuspage;

// What Statuspage's management API answers, member for member. What its words cannot say stands under "candor".

internal sealed record V1Page(
    string Id, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string Name, string? PageDescription, string? Headline,
    string? Branding, string? Subdomain, string? Domain, string Url, string? SupportUrl, bool HiddenFromSearch,
    bool AllowPageSubscribers, bool AllowIncidentSubscribers, bool AllowEmailSubscribers, bool AllowSmsSubscribers,
    bool AllowRssAtomFeeds, bool AllowWebhookSubscribers, string? NotificationsFromEmail, string? NotificationsEmailFooter,
    int ActivityScore, string? TwitterUsername, bool ViewersMustBeTeamMembers, string? IpRestrictions,
    string? City, string? State, string? Country, string TimeZone);

/// <param name="Known">False: the status beside it is only the last that was known.</param>
/// <param name="SetByHandUntil">Until when a person's word holds instead of what is measured, or null.</param>
internal sealed record V1ComponentTruth(bool Known, DateTimeOffset? SetByHandUntil);

internal sealed record V1Component(
    string Id, string PageId, string? GroupId, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, bool Group, string Name,
    string? Description, int Position, ComponentStatus Status, bool Showcase, bool OnlyShowIfDegraded, string? AutomationEmail,
    string? StartDate, V1ComponentTruth Candor);

internal sealed record V1Group(
    string Id, string PageId, string Name, string? Description, IReadOnlyList<string> Components, int Position,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

internal sealed record V1Uptime(
    DateTimeOffset RangeStart, DateTimeOffset RangeEnd, decimal? UptimePercentage, long MajorOutage, long PartialOutage,
    IReadOnlyList<string> Warnings, string Id, string Name, V1RelatedEvents RelatedEvents);

internal sealed record V1RelatedEvents(IReadOnlyList<V1RelatedIncident> Incidents);

internal sealed record V1RelatedIncident(string Id);

internal sealed record V1AffectedComponent(string Code, string Name, ComponentStatus OldStatus, ComponentStatus NewStatus);

internal sealed record V1IncidentUpdate(
    string Id, string IncidentId, IReadOnlyList<V1AffectedComponent>? AffectedComponents, string Body, DateTimeOffset CreatedAt,
    string? CustomTweet, bool DeliverNotifications, DateTimeOffset DisplayAt, string Status, string? TweetId,
    DateTimeOffset? TwitterUpdatedAt, DateTimeOffset UpdatedAt, bool WantsTwitterUpdate);

/// <param name="Published">False: waits for a person to confirm it, and no reader sees it.</param>
/// <param name="Automatic">Candor opened it by what it measured.</param>
/// <param name="Version">What <c>If-Match</c> may name.</param>
internal sealed record V1IncidentTruth(bool Published, bool Automatic, int Version);

internal sealed record V1Incident(
    string Id, IReadOnlyList<V1Component> Components, DateTimeOffset CreatedAt, string Impact, Impact? ImpactOverride,
    IReadOnlyList<V1IncidentUpdate> IncidentUpdates, JsonElement Metadata, DateTimeOffset? MonitoringAt, string Name, string PageId,
    string? PostmortemBody, DateTimeOffset? PostmortemBodyLastUpdatedAt, bool PostmortemIgnored, bool PostmortemNotifiedSubscribers,
    bool PostmortemNotifiedTwitter, DateTimeOffset? PostmortemPublishedAt, DateTimeOffset? ResolvedAt, bool ScheduledAutoCompleted,
    bool ScheduledAutoInProgress, DateTimeOffset? ScheduledFor, bool AutoTransitionDeliverNotificationsAtEnd,
    bool AutoTransitionDeliverNotificationsAtStart, bool AutoTransitionToMaintenanceState, bool AutoTransitionToOperationalState,
    bool ScheduledRemindPrior, DateTimeOffset? ScheduledRemindedAt, DateTimeOffset? ScheduledUntil, string Shortlink,
    DateTimeOffset StartedAt, string Status, DateTimeOffset UpdatedAt, string? ReminderIntervals,
    IReadOnlyList<string> IncidentImpacts, V1IncidentTruth Candor);
