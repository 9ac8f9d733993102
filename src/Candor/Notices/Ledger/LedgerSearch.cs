using Candor.Notices.Streams;
using Candor.State;

namespace Candor.Notices.Ledger;

/// <summary>Which rows of one topic's ledger are looked at.</summary>
internal sealed record LedgerSearch(Topic Topic)
{
    /// <summary>The words of <see cref="Of"/>, as the API and the page have them.</summary>
    public static readonly IReadOnlyDictionary<string, PieceState[]> States = new Dictionary<string, PieceState[]>(StringComparer.Ordinal)
    {
        ["sent"] = [PieceState.Sent],
        ["failed"] = [PieceState.Failed],
        ["pending"] = [PieceState.Pending],
        ["withheld"] = [PieceState.Superseded, PieceState.Suppressed, PieceState.Expired],
        ["superseded"] = [PieceState.Superseded],
        ["suppressed"] = [PieceState.Suppressed],
        ["expired"] = [PieceState.Expired],
    };

    /// <summary>One channel, or all of them where it is empty.</summary>
    public string Channel { get; init; } = "";

    /// <summary>One of <see cref="States"/>, or any where it is empty.</summary>
    public string State { get; init; } = "";

    /// <summary>Whose rows; null: everybody's.</summary>
    public IReadOnlySet<SubscriberId>? Who { get; init; }

    /// <summary>The last row before, or null for the beginning.</summary>
    public LedgerPlace? After { get; init; }

    public bool Wants(Piece piece) => State.Length == 0 || States[State].Contains(piece.State);
}

/// <summary>A row by its place: "email.7f3k…".</summary>
internal readonly record struct LedgerPlace(string Channel, SubscriberId Subscriber)
{
    public static LedgerPlace? Read(string? text) =>
        text?.Split('.') is [{ Length: > 0 } channel, { Length: > 0 } subscriber] ? new(channel, new(subscriber)) : null;

    public override string ToString() => $"{Channel}.{Subscriber}";
}
