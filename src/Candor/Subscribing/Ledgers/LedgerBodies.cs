using System.Text.Json.Serialization;
using Candor.Notices.Ledger;
using Candor.Notices.Streams;

namespace Candor.Subscribing.Ledgers;

/// <summary>One update that one subscriber was to be told by one channel: a row of the ledger, as it is counted.</summary>
internal sealed record LedgerRow
{
    public required string Channel { get; init; }

    public required string Subscriber { get; init; }

    /// <summary>Only for whoever may see addresses, and while there is one.</summary>
    public string? Address { get; init; }

    public required int Update { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    public required PieceState State { get; init; }

    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>The update whose notice tells this one as well.</summary>
    public int? ToldWith { get; init; }

    /// <summary>The rule that suppressed it, the limit that expired, the class of the failure.</summary>
    public string? Why { get; init; }

    public required int Tries { get; init; }

    /// <summary>What their side said; its number alone for whoever may not see addresses.</summary>
    public string? Said { get; init; }

    public DateTimeOffset? NextTryAt { get; init; }

    public static LedgerRow Of(LedgerEntry entry, NoticeLine line, string? address) => new()
    {
        Channel = entry.Channel,
        Subscriber = entry.Stream.Subscriber.Value,
        Address = address,
        Update = line.To,
        PublishedAt = line.At,
        State = line.State,
        SettledAt = line.SettledAt,
        ToldWith = line.By,
        Why = line.Why,
        Tries = line.Tries,
        Said = line.Said,
        NextTryAt = line.NextTry,
    };
}

/// <summary>The ledger of one topic, a piece of it.</summary>
/// <param name="Next">What <c>after</c> is for the next piece; null: this was the last.</param>
internal sealed record TopicLedger(
    string Topic, string Title, IReadOnlyDictionary<string, Counts> Channels, IReadOnlyList<LedgerRow> Notices, string? Next)
{
    /// <summary>Channels that do not run at the moment, and whose rows are missing; null where there are none.</summary>
    public IReadOnlyList<string>? Silent { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TopicLedger))]
internal sealed partial class LedgerJson : JsonSerializerContext;
