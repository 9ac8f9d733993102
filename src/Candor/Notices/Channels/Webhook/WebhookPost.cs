using System.Text.Json.Serialization;

namespace Candor.Notices.Channels.Webhook;

/// <summary>What a webhook receives.</summary>
internal sealed record WebhookPost
{
    public required WebhookMeta Meta { get; init; }

    public required WebhookPage Page { get; init; }

    /// <summary>Null where it is about the subscription itself, a reminder, or a test.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WebhookIncident? Incident { get; init; }

    public required WebhookCandor Candor { get; init; }
}

internal sealed record WebhookMeta(string? Manage, string? Unsubscribe);

internal sealed record WebhookPage(string Id, string? Url, string StatusIndicator, string StatusDescription);

internal sealed record WebhookIncident
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Status { get; init; }

    public required string Impact { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    public DateTimeOffset? ScheduledFor { get; init; }

    public DateTimeOffset? ScheduledUntil { get; init; }

    public string? Shortlink { get; init; }

    public IReadOnlyList<WebhookComponent> Components { get; init; } = [];

    public IReadOnlyList<WebhookUpdate> IncidentUpdates { get; init; } = [];
}

internal sealed record WebhookContinuation(string Id, string Name, string Status, string? Shortlink);

internal sealed record WebhookComponent(string Id, string Name, string Status);

internal sealed record WebhookUpdate(
    string Id, string IncidentId, string Status, string Body, DateTimeOffset CreatedAt, DateTimeOffset DisplayAt);

/// <summary>What Statuspage has no word for.</summary>
internal sealed record WebhookCandor
{
    /// <summary>The same whenever the same is sent again.</summary>
    public required string Notice { get; init; }

    public required string Thread { get; init; }

    public required string About { get; init; }

    /// <summary>The incident in which this one goes on; what stands under "incident" is how that one is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WebhookContinuation? ContinuesIn { get; init; }

    /// <summary>It was taken away as a mistake.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Removed { get; init; }

    /// <summary>Where the subscription is confirmed or changed: by a person who opens it, or a POST to it with /confirm behind.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Subscription { get; init; }

    /// <summary>Where a reminder is acknowledged: by a person who opens it, or a POST to it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Acknowledge { get; init; }

    public long? DelayedSeconds { get; init; }

    public string? DelayReason { get; init; }

    public DateTimeOffset? NextUpdateBy { get; init; }

    public required string Subject { get; init; }

    public required string Text { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(WebhookPost))]
internal sealed partial class WebhookJson : JsonSerializerContext;
