using System.Text.Json.Serialization;
using Candor.State;
using Candor.State.Maintenances;

namespace Candor.Notices.Subscribers;

/// <summary>What is asked for when somebody is entered.</summary>
internal sealed record SubscriberBody
{
    /// <summary>As a language or a time zone: the page's, whatever was chosen before.</summary>
    public const string ThePages = "page";

    public string? Channel { get; init; }

    public string? Address { get; init; }

    public IReadOnlyList<string>? Components { get; init; }

    /// <summary>Single incidents that are told whatever else is; lists alone say them.</summary>
    [JsonIgnore]
    public IReadOnlyList<string>? Incidents { get; init; }

    /// <summary>Nothing but those. Null: as it was, where no components are named either.</summary>
    [JsonIgnore]
    public bool? OnlyIncidents { get; init; }

    public Impact? MinimumImpact { get; init; }

    /// <summary>Null, as everything that is left out: as it was, for somebody who is told already; otherwise yes.</summary>
    public bool? Maintenance { get; init; }

    public string? Language { get; init; }

    public string? TimeZone { get; init; }

    public DigestEvery? Digest { get; init; }

    /// <summary>A responder's: told as well of what is due on our side.</summary>
    public bool? Reminders { get; init; }
}

/// <summary>A subscriber, for whoever may see addresses.</summary>
internal sealed record SubscriberView
{
    public required string Id { get; init; }

    /// <summary>In the order in which they came; the next page begins after the last one's.</summary>
    public int Number { get; init; }

    public required string Channel { get; init; }

    /// <summary>As people see it (<see cref="ShownAddress"/>); null where it was erased, or cannot be opened.</summary>
    public string? Address { get; init; }

    public required string State { get; init; }

    public DateTimeOffset JoinedAt { get; init; }

    public IReadOnlyList<string> Components { get; init; } = [];

    public Impact MinimumImpact { get; init; }

    public bool Maintenance { get; init; }

    public string? Language { get; init; }

    public string? TimeZone { get; init; }

    public DigestEvery Digest { get; init; }

    public bool Reminders { get; init; }

    /// <summary>Shown once, to whoever entered the subscriber: the receiver checks signatures with it.</summary>
    public string? SigningKey { get; init; }

    /// <summary>To whoever entered the subscriber: several people, or nobody, may be behind the address.</summary>
    public string? Warning { get; init; }

    /// <summary>The words of <see cref="StateOf"/>, but for those of whom nothing is shown any more.</summary>
    public static IReadOnlyList<string> States { get; } = ["active", "unconfirmed", "left", "bounced", "gone", "complaint"];

    public static string StateOf(Subscriber subscriber) => subscriber switch
    {
        { Erased: true } => "erased",
        { Stopped: { } stopped } => stopped.ToString().ToLowerInvariant(),
        { LeftAt: not null } => "left",
        { ConfirmedAt: null } => "unconfirmed",
        _ => "active",
    };

    public static SubscriberView Of(Subscriber subscriber, Contact? contact) => new()
    {
        Id = subscriber.Id.Value,
        Number = subscriber.Number,
        Channel = subscriber.Wishes.Channel,
        Address = contact is null ? null : ShownAddress.Of(subscriber.Wishes.Channel, contact.Address),
        State = StateOf(subscriber),
        JoinedAt = subscriber.JoinedAt,
        Components = [.. subscriber.Wishes.Components.Select(static id => id.Value)],
        MinimumImpact = subscriber.Wishes.MinimumImpact,
        Maintenance = subscriber.Wishes.Maintenance,
        Language = subscriber.Wishes.Language,
        TimeZone = subscriber.Wishes.TimeZone,
        Digest = subscriber.Wishes.Digest,
        Reminders = subscriber.Wishes.Reminders,
    };
}

/// <summary>Many at once.</summary>
internal sealed record SubscriberBatch
{
    public IReadOnlyList<SubscriberBody> Subscribers { get; init; } = [];
}

/// <summary>What came of many.</summary>
internal sealed record BatchView(int Entered, int Known, IReadOnlyList<BatchRefusal> Refused)
{
    /// <summary>Of those that were entered: behind which several people, or nobody, may be.</summary>
    public IReadOnlyList<BatchWarning> Warnings { get; init; } = [];
}

/// <param name="Index">Which of them, from 0.</param>
internal sealed record BatchWarning(int Index, string Detail);

/// <param name="Index">Which of them, from 0.</param>
internal sealed record BatchRefusal(int Index, string Code, string Detail);

internal sealed record SubscriberList(int Count, IReadOnlyList<SubscriberView> Subscribers);

/// <summary>One channel's ledger, and what it says of one topic.</summary>
internal sealed record ChannelLedger
{
    public required string Channel { get; init; }

    public required Ledger.Counts Counts { get; init; }

    public int Ambiguous { get; init; }

    public int InFlight { get; init; }

    public bool Ready { get; init; }

    public bool Stopped { get; init; }

    public int Restarts { get; init; }

    public double? OldestPendingSeconds { get; init; }

    public IReadOnlyDictionary<string, Ledger.Counts> Topics { get; init; } = new Dictionary<string, Ledger.Counts>();
}

internal sealed record LedgerView(IReadOnlyList<ChannelLedger> Channels);

/// <summary>What the API of subscribers reads and writes. Strict, as the API of posting.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    MaxDepth = 8)]
[JsonSerializable(typeof(SubscriberBody))]
[JsonSerializable(typeof(SubscriberBatch))]
[JsonSerializable(typeof(BatchView))]
[JsonSerializable(typeof(SubscriberView))]
[JsonSerializable(typeof(SubscriberList))]
[JsonSerializable(typeof(LedgerView))]
internal sealed partial class SubscriberJson : JsonSerializerContext;
