using Candor.State;

namespace Candor.Intake.Statuspage;

// Further answers of Statuspage's management API, member for member.

internal sealed record V1Postmortem(
    DateTimeOffset? CreatedAt, string? PreviewKey, string? Body, DateTimeOffset? BodyUpdatedAt, string? BodyDraft,
    DateTimeOffset? BodyDraftUpdatedAt, DateTimeOffset? PublishedAt, bool NotifySubscribers, bool NotifyTwitter, string? CustomTweet);

internal sealed record V1Template(
    string Id, IReadOnlyList<V1Component> Components, string Name, string Title, string Body, string? GroupId,
    IncidentStatus? UpdateStatus, bool ShouldTweet, bool ShouldSendNotifications);

internal sealed record V1EmbedConfig(
    string PageId, string Position, string? IncidentBackgroundColor, string? IncidentTextColor, string? MaintenanceBackgroundColor,
    string? MaintenanceTextColor);
