using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Serialization;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.State;

/// <summary>12 lower-case letters and digits, random. Who it is, is kept elsewhere and can be forgotten there.</summary>
[JsonConverter(typeof(IdConverter<SubscriberId>))]
internal readonly record struct SubscriberId(string Value) : IId<SubscriberId>
{
    public static SubscriberId From(string value) => new(value);

    public override string ToString() => Value;

    public override int GetHashCode() => StableHash.Of(Value);
}

/// <summary>What somebody wants to be told, and how; the whole of it, each time.</summary>
/// <param name="Channel">The kind of channel: "email", "webhook".</param>
internal sealed record SubscriberWishes(string Channel)
{
    /// <summary>Components and groups; a group means everything below it. Empty: the whole page.</summary>
    public ImmutableArray<ComponentId> Components { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Incidents that are told whatever else is wished.</summary>
    public ImmutableArray<IncidentId> Incidents { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Nothing but those incidents.</summary>
    public bool OnlyIncidents { get; init; }

    /// <summary>Incidents that never get so bad are not told.</summary>
    public Impact MinimumImpact { get; init; }

    public bool Maintenance { get; init; } = true;

    /// <summary>As in the html element, or null: the page's.</summary>
    public string? Language { get; init; }

    /// <summary>The zone in which times are told to them (IANA), or null: the page's.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Told of each word, or of a while's together.</summary>
    public DigestEvery Digest { get; init; }

    /// <summary>A responder's: told as well of what is due on our side. Only operators can wish it for somebody.</summary>
    public bool Reminders { get; init; }

    /// <summary>A program reads it, which knows each incident by its id and is told of each word.</summary>
    [JsonIgnore]
    public bool IsProgram => Channel is "webhook" or "pagerduty";

    public bool SameAs(SubscriberWishes other) =>
        Components.SequenceEqual(other.Components) && Incidents.SequenceEqual(other.Incidents)
        && this with { Components = other.Components, Incidents = other.Incidents } == other;
}

/// <summary>Somebody asked to be told. Nothing is told before it is confirmed.</summary>
/// <param name="Confirmed">Nobody needs to be asked: an operator entered an endpoint, or an import brought a confirmed one.</param>
internal sealed record SubscriberJoined(
    DateTimeOffset At, SubscriberId Subscriber, SubscriberWishes Wishes, bool Confirmed) : Event(At)
{
    /// <summary>Who entered it; null: the subscriber.</summary>
    public Actor? By { get; init; }
}

/// <summary>
/// Somebody asked for the link with which this subscription is confirmed or changed. Who asks is not known and need not be:
/// the link goes to the address and nowhere else.
/// </summary>
internal sealed record SubscriberAsked(DateTimeOffset At, SubscriberId Subscriber) : Event(At)
{
    /// <summary>The operator who had it sent; null: a reader.</summary>
    public Actor? By { get; init; }
}

internal sealed record SubscriberConfirmed(DateTimeOffset At, SubscriberId Subscriber) : Event(At);

internal sealed record SubscriberWishesChanged(DateTimeOffset At, SubscriberId Subscriber, SubscriberWishes Wishes) : Event(At);

/// <summary>The subscriber, or an operator for them, wants no more.</summary>
internal sealed record SubscriberLeft(DateTimeOffset At, SubscriberId Subscriber) : Event(At)
{
    public Actor? By { get; init; }
}

/// <summary>Their side wants no more, or is not there.</summary>
internal sealed record SubscriberStopped(DateTimeOffset At, SubscriberId Subscriber, StopReason Reason) : Event(At);

/// <summary>Address and key were destroyed; the id names nobody any more.</summary>
internal sealed record SubscriberErased(DateTimeOffset At, SubscriberId Subscriber) : Event(At);

[JsonConverter(typeof(JsonStringEnumConverter<StopReason>))]
internal enum StopReason
{
    /// <summary>There is no such mailbox.</summary>
    [JsonStringEnumMemberName("bounced")]
    Bounced,

    /// <summary>The endpoint said that it is gone.</summary>
    [JsonStringEnumMemberName("gone")]
    Gone,

    /// <summary>They told their provider that it is unwanted.</summary>
    [JsonStringEnumMemberName("complaint")]
    Complaint,
}

/// <summary>Somebody who is told things, by an id that means nothing by itself.</summary>
/// <param name="Number">The how many-eth that ever joined, from 1: batches of the journal name subscribers by it.</param>
internal sealed record Subscriber(SubscriberId Id, int Number, SubscriberWishes Wishes, DateTimeOffset JoinedAt)
{
    /// <summary>What was said before is not told; null while nobody has confirmed.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>How words were told before, oldest first. What was said after the last of them is told as is wished now.</summary>
    public ImmutableArray<FormerWay> Formerly { get; init => field = value.IsDefault ? [] : value; } = [];

    public DateTimeOffset? LeftAt { get; init; }

    /// <summary>An operator has taken them out; they themselves have not said that they want no more.</summary>
    public bool TakenOut { get; init; }

    public StopReason? Stopped { get; init; }

    /// <summary>
    /// The address came by the way that is open to everybody, and no operator has entered it since. Confirming changes nothing:
    /// whoever chose it may own it and still have no business in our networks.
    /// </summary>
    public bool EnteredByStranger { get; init; }

    public bool Erased { get; init; }

    /// <summary>How often their link was asked for; each time has its number.</summary>
    public int Asked { get; init; }

    public DateTimeOffset? AskedAt { get; init; }

    [JsonIgnore]
    public bool IsTold => ConfirmedAt is not null && LeftAt is null;

    [JsonIgnore]
    public bool IsOnDuty => IsTold && Wishes.Reminders;

    [JsonIgnore]
    public bool IsOnDigest => IsTold && Wishes.Digest != DigestEvery.Each;

    /// <summary>From when on words are told as is wished now.</summary>
    [JsonIgnore]
    public DateTimeOffset? ToldThisWaySince => Formerly is [.., var last] && last.Until > ConfirmedAt ? last.Until : ConfirmedAt;

    /// <summary>How a word of this moment is told: each in one way, whatever is wished by now.</summary>
    public DigestEvery WayOf(DateTimeOffset said)
    {
        foreach (var former in Formerly)
        {
            if (said <= former.Until)
            {
                return former.Way;
            }
        }

        return Wishes.Digest;
    }

    /// <summary>Something may go to their address: notices, or the link to confirm with.</summary>
    [JsonIgnore]
    public bool IsWrittenTo => LeftAt is null && (ConfirmedAt is not null || Asked > 0);

    /// <summary>Pure and total, as every fold. Whoever left may join again under the same id; whoever was erased may not.</summary>
    public static Subscriber Fold(Subscriber? before, Event happened, int next) => (before, happened) switch
    {
        (null, SubscriberJoined e) => new(e.Subscriber, next, e.Wishes, e.At)
        {
            ConfirmedAt = e.Confirmed ? e.At : null,
            EnteredByStranger = e is { By: null, Confirmed: false },
        },
        ({ Erased: false } s, SubscriberJoined e) => s with
        {
            Wishes = e.Wishes,

            // Whoever comes back by their link chooses no address, and neither does who asks for one that an operator has just entered.
            EnteredByStranger = e.By is null && (s.EnteredByStranger || (!e.Confirmed && s.LeftAt is not null)),
            ConfirmedAt = !e.Confirmed ? null : s.IsTold ? s.ConfirmedAt : e.At,
            LeftAt = null,
            TakenOut = false,
            Stopped = null,
        },
        ({ Erased: false } s, SubscriberAsked e) => s with { Asked = s.Asked + 1, AskedAt = e.At },
        ({ Erased: false } s, SubscriberConfirmed e) => s with { ConfirmedAt = s.ConfirmedAt ?? e.At },
        ({ Erased: false } s, SubscriberWishesChanged e) => s with { Wishes = e.Wishes },
        ({ } s, SubscriberLeft e) => s with { LeftAt = s.LeftAt ?? e.At, TakenOut = e.By is not null },
        ({ } s, SubscriberStopped e) => s with { LeftAt = s.LeftAt ?? e.At, Stopped = e.Reason },
        ({ } s, SubscriberErased e) => s with { LeftAt = s.LeftAt ?? e.At, Erased = true },
        _ => throw new UnreachableException($"{happened.GetType().Name} cannot follow {before?.ToString() ?? "nothing"}."),
    };
}
