using System.Text.Json.Serialization;

namespace Candor.Access;

/// <summary>What is kept of a token: everything but the token.</summary>
/// <param name="Name">What it is for, in its maker's words.</param>
/// <param name="Hash">SHA-256 of its secret, in hex.</param>
internal sealed record ApiToken(
    TokenId Id, string Name, TokenScope Scope, string Hash, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt) : Entry
{
    [JsonIgnore]
    public override string Key => Id.Value;

    public Reach Reach { get; init; } = Reach.Everything;

    /// <summary>Made to be sent as <c>?api_key=</c> too, by tools that can do nothing better; any other is revoked there.</summary>
    public bool InAddress { get; init; }

    /// <summary>Who made it; it falls with them. Null: made at the console.</summary>
    public PersonId? Person { get; init; }

    /// <summary>To the minute.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Why, in a phrase: "seen in an address".</summary>
    public string? RevokedBecause { get; init; }

    public bool IsGood(DateTimeOffset now) => RevokedAt is null && now < ExpiresAt;
}
