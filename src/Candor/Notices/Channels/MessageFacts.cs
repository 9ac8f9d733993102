using System.Collections.Immutable;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Notices.Channels;

/// <summary>What a message is about, for channels that carry fields.</summary>
internal sealed record MessageFacts
{
    public required string PageId { get; init; }

    public required string PageName { get; init; }

    public string? PageUrl { get; init; }

    public MessageSubject About { get; init; }

    /// <summary>The id of the incident or maintenance.</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>Where it can be read, or null where the page has no address.</summary>
    public string? Url { get; init; }

    /// <summary>
    /// As Statuspage writes it: "investigating", "in_progress"; or "removed". Of what goes on in another incident it is how that
    /// one stands, and so are impact, moments and components.
    /// </summary>
    public required string Status { get; init; }

    /// <summary>The incident in which this one goes on, or null; <see cref="Url"/> is that one's then.</summary>
    public MessageContinuation? ContinuesIn { get; init; }

    /// <summary>How the whole page stands, for programs.</summary>
    public MessagePageLine PageLine { get; init; } = MessagePageLine.Unknown;

    /// <summary>What a subscription is about, in a sentence in the language of the message; null where it is about no subscription.</summary>
    public string? Chosen { get; init; }

    public Impact Impact { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it was said to be over, or null.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When planned work is to begin and to end; null for an incident.</summary>
    public DateTimeOffset? ScheduledFor { get; init; }

    public DateTimeOffset? ScheduledUntil { get; init; }

    /// <summary>Until when the next word is promised.</summary>
    public DateTimeOffset? NextUpdateBy { get; init; }

    public ImmutableArray<MessageComponent> Components { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>What has not been told to this subscriber before, newest first; the first one is what is so now.</summary>
    public ImmutableArray<MessageUpdate> Updates { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>What a digest, or a notice of what is over for long, holds: one incident or maintenance each, newest first.</summary>
    public ImmutableArray<MessageFacts> Parts { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>How much later than it was said this goes out, where that is worth a mark; else null.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>Why, in a phrase for readers, in the language of the message: "the mail server did not answer".</summary>
    public string? DelayReason { get; init; }

    /// <summary>The same as programs are told it, which read English whatever the subscriber speaks.</summary>
    public string? DelayReasonForPrograms { get; init; }
}

internal enum MessageSubject
{
    Incident,
    Maintenance,

    /// <summary>For responders: something is due on our side.</summary>
    Reminder,

    /// <summary>All that was said in a while.</summary>
    Digest,

    /// <summary>Several things at once that were over for long when they could be told.</summary>
    OverForLong,

    /// <summary>That the channel works: sent because a person pressed the button.</summary>
    Test,

    /// <summary>A link to confirm a subscription with.</summary>
    Confirmation,

    /// <summary>The same link, asked for by somebody who has confirmed already.</summary>
    Link,
}

internal sealed record MessageContinuation(string Id, string Title);

/// <summary>The one line of a page as Statuspage has it: "none", "All Systems Operational".</summary>
internal sealed record MessagePageLine(string Indicator, string Description)
{
    public static readonly MessagePageLine Unknown = new("minor", "Status Unknown");
}

internal readonly record struct MessageComponent(string Id, string Name, ComponentStatus Status);

/// <summary>One thing that was said.</summary>
/// <param name="Body">Markdown, as it was written.</param>
internal sealed record MessageUpdate(int Seq, string Status, DateTimeOffset At, string Body)
{
    public DateTimeOffset DisplayAt { get; init; } = At;

    /// <summary>The incident in which it was said, where it is another one.</summary>
    public string? SaidIn { get; init; }

    public bool Automatic { get; init; }
}
