using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Candor.Access.External;
using Candor.Access.Factors;
using Candor.Access.Secrets;

namespace Candor.Access;

/// <summary>Somebody who may sign in. The name and the address are personal: they stay in people.db.</summary>
/// <param name="Email">In lower case; what they sign in with, unique.</param>
internal sealed record Person(PersonId Id, string Name, string Email, Role Role, DateTimeOffset Since) : Entry
{
    [JsonIgnore]
    public override string Key => Id.Value;

    public Reach Reach { get; init; } = Reach.Everything;

    /// <summary>As PBKDF2; null: signs in with passkeys only.</summary>
    public string? Password { get; init; }

    public Totp? Totp { get; init; }

    /// <summary>SHA-256 of each code that was not used yet.</summary>
    public ImmutableArray<string> RecoveryCodes { get; init; } = [];

    public ImmutableArray<Passkey> Passkeys { get; init; } = [];

    /// <summary>By whom providers know them, at most one for each provider.</summary>
    public ImmutableArray<ExternalIdentity> Identities { get; init; } = [];
}

/// <summary>A secret shared with an app that shows a code every 30 s.</summary>
/// <param name="Sealed">Encrypted; see <see cref="SecretBox"/>.</param>
/// <param name="LastStep">The last step that was used; no step is ever used twice.</param>
internal sealed record Totp(SealedSecret Sealed, long LastStep);

/// <summary>A public key of the person's, kept by their device or password manager.</summary>
/// <param name="Id">The credential's id, base64url.</param>
/// <param name="Key">The public key in COSE form, base64.</param>
/// <param name="Counter">Uses so far as the authenticator counts them; 0 where it does not count.</param>
internal sealed record Passkey(string Id, string Name, string Key, uint Counter, DateTimeOffset Since)
{
    public ImmutableArray<string> Transports { get; init; } = [];

    public bool IsUserVerified { get; init; }

    public bool IsBackupEligible { get; init; }

    public bool IsBackedUp { get; init; }

    public string Attestation { get; init; } = "";

    public string Client { get; init; } = "";

    public DateTimeOffset? LastUsedAt { get; init; }
}
