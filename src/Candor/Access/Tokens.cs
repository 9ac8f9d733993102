using Candor.Effects;
using Candor.Journal;

namespace Candor.Access;

/// <summary>Making, recognising and taking away tokens: decisions about the roster.</summary>
internal static class Tokens
{
    public static readonly TimeSpan LastsByDefault = TimeSpan.FromDays(90);
    public static readonly TimeSpan LastsMax = TimeSpan.FromDays(366);

    private const int NameLengthMax = 100;
    private static readonly TimeSpan UseIsNotedEvery = TimeSpan.FromMinutes(1);

    // Compared with where there is no such token, so that both answers take the same time.
    private static readonly string NoHash = Hashes.Of("");

    /// <summary>A new token and what has to be kept of it, or why it may not be.</summary>
    public static (TokenText Text, Decision<RosterChange> Decision) Make(
        string name, TokenScope scope, TimeSpan lasts, DateTimeOffset now, IRandomness randomness, Reach? reach = null, PersonId? by = null, bool inAddress = false)
    {
        var text = TokenText.Make(TokenText.Api, randomness);
        var trimmed = name.Trim();
        if (trimmed.Length is 0 or > NameLengthMax || trimmed.Any(char.IsControl))
        {
            return (text, new Refusal("token.name", $"Give the token a name of 1 to {NameLengthMax} characters that says what it is for.", "name"));
        }

        if (lasts <= TimeSpan.Zero || lasts > LastsMax)
        {
            return (text, new Refusal("token.expires", $"A token lasts up to {LastsMax.TotalDays:0} days: write 90d or the like.", "expires"));
        }

        var kept = new ApiToken(text.Id, trimmed, scope, text.Hash(), now, now + lasts) { Reach = reach ?? Reach.Everything, Person = by, InAddress = inAddress };
        return (text, [RosterChange.Put(kept)]);
    }

    /// <summary>Who holds it, or null: unknown, wrong, expired and revoked are one answer.</summary>
    public static TokenPrincipal? Recognise(Roster roster, TokenText text, DateTimeOffset now)
    {
        var kept = roster.Tokens.GetValueOrDefault(text.Id);
        var genuine = Hashes.AreEqual(kept?.Hash ?? NoHash, text.Hash());
        return genuine && kept is not null && text.Kind == TokenText.Api && kept.IsGood(now)
            ? new(kept.Id, kept.Name, kept.Scope, kept.Reach, $"token:{kept.Id}")
            : null;
    }

    /// <summary>Whether it may stand in an address.</summary>
    public static bool MayStandInAddress(Roster roster, TokenText text, DateTimeOffset now) =>
        Recognise(roster, text, now) is { } who && roster.Tokens[who.Id].InAddress;

    public static bool IsUseWorthNoting(Roster roster, TokenId id, DateTimeOffset now) =>
        roster.Tokens.TryGetValue(id, out var kept)
        && !(kept.LastUsedAt is { } last && now - last is var ago && ago >= TimeSpan.Zero && ago < UseIsNotedEvery);

    public static Decision<RosterChange> NoteUse(Roster roster, TokenId id, DateTimeOffset now) =>
        roster.Tokens.TryGetValue(id, out var kept) ? [RosterChange.Put(kept with { LastUsedAt = now })] : [];

    /// <summary>The row stays, so that "who was that?" has an answer.</summary>
    public static Decision<RosterChange> Revoke(Roster roster, TokenId id, string because, DateTimeOffset now) =>
        !roster.Tokens.TryGetValue(id, out var kept)
            ? new Refusal("token.unknown", $"There is no token {id}; `candor token list` shows them.", "id")
            : kept.RevokedAt is not null ? [] : [RosterChange.Put(kept with { RevokedAt = now, RevokedBecause = because })];
}
