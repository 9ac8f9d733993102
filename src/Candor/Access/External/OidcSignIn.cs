using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Candor.Access.Factors;
using Candor.Effects;
using Candor.Journal;
using Microsoft.AspNetCore.WebUtilities;

namespace Candor.Access.External;

/// <summary>How signing in over a provider ended.</summary>
/// <param name="To">Where the person wanted to go.</param>
internal sealed record OidcAnswer(PersonId? Person, string To, Refusal? Refusal);

/// <summary>
/// Signing in over a provider (authorization code with PKCE): 1. the browser is sent there with a state that is kept here,
/// bound to it by a cookie and used once; 2. it comes back with a code; 3. the code is redeemed with the verifier, and the
/// ID token is checked; 4. the person is the one who came by this subject before, or the one here or invited here with the
/// address that the provider has verified. Nobody else becomes anybody.
/// </summary>
internal sealed class OidcSignIn(OidcProvider provider, Register register, Challenges challenges, IRandomness randomness, TimeProvider time)
{
    private const string Purpose = "oidc";

    public Oidc Settings => provider.Settings;

    /// <summary>Where the browser goes, and the secret of the cookie that it comes back with.</summary>
    public async Task<(string Location, string Browser)> BeginAsync(string redirect, string to, CancellationToken cancellation)
    {
        var places = await provider.PlacesAsync(cancellation);
        var (nonce, verifier, browser) = (Hashes.NewSecret(randomness), Hashes.NewSecret(randomness), Hashes.NewSecret(randomness));
        var state = challenges.Keep(Purpose, null, JsonSerializer.Serialize(new Waiting(Settings.Issuer, nonce, verifier, Hashes.Of(browser), redirect, to), AccessJson.Default.Waiting));
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        return (QueryHelpers.AddQueryString(places.Authorization.AbsoluteUri, new Dictionary<string, string?>
        {
            ["response_type"] = "code", ["scope"] = "openid email profile", ["client_id"] = Settings.ClientId, ["redirect_uri"] = redirect,
            ["state"] = state, ["nonce"] = nonce, ["code_challenge"] = challenge, ["code_challenge_method"] = "S256",
        }), browser);
    }

    /// <param name="issuer">What the way back says of where it comes from (RFC 9207), or null: not every provider says it.</param>
    public async Task<OidcAnswer> EndAsync(string? state, string? code, string? issuer, string? browser, CancellationToken cancellation)
    {
        // A code goes to the provider that gave it, also where the settings name another one since.
        if (state is null || challenges.Take(state, Purpose, null) is not { } kept
            || JsonSerializer.Deserialize(kept, AccessJson.Default.Waiting) is not { } waiting
            || !Hashes.AreEqual(Hashes.Of(browser ?? ""), waiting.Browser)
            || waiting.Issuer != Settings.Issuer || (issuer is not null && issuer != Settings.Issuer))
        {
            return new(null, "", new("oidc.state", "This way back is over, or belongs to another browser. Begin again."));
        }

        if (string.IsNullOrEmpty(code))
        {
            return new(null, waiting.To, new("oidc.refused", $"{Settings.Name} did not let you in. Begin again, or sign in another way."));
        }

        var token = await provider.RedeemAsync(code, waiting.Verifier, waiting.Redirect, cancellation);
        var keys = await provider.KeysAsync(IdToken.KeyIdOf(token), cancellation);
        var (claims, fault) = IdToken.Verify(token, keys, Settings, waiting.Nonce, time.GetUtcNow());
        return claims is null
            ? throw new IOException($"Its ID token is not taken: {fault}.")
            : await ComeInAsync(claims, waiting.To, cancellation);
    }

    private async Task<OidcAnswer> ComeInAsync(IdTokenClaims claims, string to, CancellationToken cancellation)
    {
        var identity = new ExternalIdentity(Settings.Issuer, claims.Subject);
        var (id, now) = (new PersonId(randomness.NextId()), time.GetUtcNow());
        PersonId? came = null;
        var refusal = await register.CommitAsync(
            roster =>
            {
                var (person, decision) = ExternalPeople.ComeIn(roster, identity, claims, id, now);
                came = person;
                return decision;
            },
            cancellation);
        return new(refusal is null ? came : null, to, refusal);
    }
}

/// <summary>What is kept here between going to a provider and coming back.</summary>
/// <param name="Browser">A hash of what the browser's cookie holds.</param>
internal sealed record Waiting(string Issuer, string Nonce, string Verifier, string Browser, string Redirect, string To);
