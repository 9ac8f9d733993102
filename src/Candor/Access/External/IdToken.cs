using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Candor.Access.External;

/// <summary>One public key of a provider.</summary>
internal sealed record OidcKey(string? Id, string? Algorithm, JsonElement Jwk);

/// <summary>
/// Checks an ID token, pure: signature by a key of the provider with an algorithm from a short list, then issuer, audience,
/// times with a minute of difference between the clocks, and the nonce. Claims are read from what the signature covers.
/// </summary>
internal static class IdToken
{
    private const int LengthMax = 16 * 1024;
    private const int SubjectLengthMax = 255;
    private const int RsaBitsMin = 2048;
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <summary>The keys of a JWKS that can be used; others are left out.</summary>
    public static ImmutableArray<OidcKey> KeysOf(JsonElement set) => set.TryGetProperty("keys", out var keys) && keys.ValueKind == JsonValueKind.Array
        ? [.. keys.EnumerateArray().Where(static key => key.ValueKind == JsonValueKind.Object && Text(key, "use") is null or "sig")
            .Select(static key => new OidcKey(Text(key, "kid"), Text(key, "alg"), key.Clone()))]
        : [];

    /// <summary>The id of the key that a token names; null where it cannot be read.</summary>
    public static string? KeyIdOf(string token) => Part(token, 0) is { } header ? Text(header, "kid") : null;

    public static (IdTokenClaims? Claims, string? Fault) Verify(
        string token, ImmutableArray<OidcKey> keys, Oidc provider, string nonce, DateTimeOffset now)
    {
        if (token.Length > LengthMax || token.Split('.') is not [var first, var second, var third]
            || Part(token, 0) is not { } header || Part(token, 1) is not { } claims || !TryDecode(third, out var signature))
        {
            return (null, "it cannot be read");
        }

        if (header.TryGetProperty("crit", out _))
        {
            return (null, "it has a header that must be understood and is not");
        }

        var signed = Encoding.ASCII.GetBytes($"{first}.{second}");
        var (algorithm, id) = (Text(header, "alg"), Text(header, "kid"));
        var genuine = keys.Where(key => (id is null || key.Id is null || key.Id == id) && (key.Algorithm is null || key.Algorithm == algorithm))
            .Any(key => IsGenuine(algorithm, key.Jwk, signed, signature));
        return !genuine ? (null, "its signature is by no key of the provider") : Against(claims, provider, nonce, now);
    }

    private static (IdTokenClaims?, string?) Against(JsonElement claims, Oidc provider, string nonce, DateTimeOffset now)
    {
        var fault = Text(claims, "iss") != provider.Issuer ? "its issuer is another one"
            : !IsFor(claims, provider.ClientId) ? "it is for another client"
            : Time(claims, "exp") is not { } expires || expires <= now - Skew ? "it is over"
            : Time(claims, "iat") is not { } issued || issued > now + Skew ? "it is from the future"
            : Time(claims, "nbf") > now + Skew ? "it does not hold yet"
            : Text(claims, "nonce") is not { } said || !Hashes.AreEqual(Hashes.Of(said), Hashes.Of(nonce)) ? "it answers another question"
            : Text(claims, "sub") is not { Length: > 0 and <= SubjectLengthMax } ? "it names nobody"
            : null;
        return fault is not null ? (null, fault) : (new(Text(claims, "sub")!, VerifiedEmail(claims), Text(claims, "name")), null);
    }

    /// <summary>For us, and for nobody else unless it says that it was made for us.</summary>
    private static bool IsFor(JsonElement claims, string client)
    {
        var party = Text(claims, "azp");
        if (!claims.TryGetProperty("aud", out var audience) || (party is not null && party != client))
        {
            return false;
        }

        return audience.ValueKind switch
        {
            JsonValueKind.String => audience.GetString() == client,
            JsonValueKind.Array => audience.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.String && one.GetString() == client)
                && (audience.GetArrayLength() == 1 || party == client),
            _ => false,
        };
    }

    /// <summary>Some providers write the yes as text.</summary>
    private static string? VerifiedEmail(JsonElement claims) =>
        Text(claims, "email") is { } email && claims.TryGetProperty("email_verified", out var verified)
            && (verified.ValueKind == JsonValueKind.True || (verified.ValueKind == JsonValueKind.String && verified.GetString() == "true"))
            ? People.Email(email)
            : null;

    private static bool IsGenuine(string? algorithm, JsonElement key, byte[] signed, byte[] signature)
    {
        try
        {
            return (algorithm, Text(key, "kty")) switch
            {
                ("RS256", "RSA") => WithRsa(key, signed, signature, RSASignaturePadding.Pkcs1),
                ("PS256", "RSA") => WithRsa(key, signed, signature, RSASignaturePadding.Pss),
                ("ES256", "EC") when Text(key, "crv") == "P-256" => WithEcdsa(key, signed, signature),
                _ => false,
            };
        }
        catch (CryptographicException)
        {
            // A key that is none, or a signature of another size.
            return false;
        }
    }

    private static bool WithRsa(JsonElement key, byte[] signed, byte[] signature, RSASignaturePadding padding)
    {
        if (!TryDecode(Text(key, "n"), out var modulus) || !TryDecode(Text(key, "e"), out var exponent))
        {
            return false;
        }

        using var rsa = RSA.Create(new RSAParameters { Modulus = modulus, Exponent = exponent });
        return rsa.KeySize >= RsaBitsMin && rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, padding);
    }

    private static bool WithEcdsa(JsonElement key, byte[] signed, byte[] signature)
    {
        if (!TryDecode(Text(key, "x"), out var x) || !TryDecode(Text(key, "y"), out var y))
        {
            return false;
        }

        using var ecdsa = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = x, Y = y } });
        return ecdsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static JsonElement? Part(string token, int which)
    {
        try
        {
            return token.Length <= LengthMax && token.Split('.') is { Length: 3 } parts && TryDecode(parts[which], out var bytes)
                && JsonDocument.Parse(bytes, Strict).RootElement is { ValueKind: JsonValueKind.Object } read
                ? read
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement within, string name) =>
        within.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static DateTimeOffset? Time(JsonElement within, string name) =>
        within.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds)
            && seconds is >= 0 and < 100_000_000_000
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000))
            : null;

    private static bool TryDecode(string? text, out byte[] bytes)
    {
        try
        {
            bytes = text is null ? [] : Base64Url.DecodeFromChars(text);
            return text is { Length: > 0 };
        }
        catch (FormatException)
        {
            bytes = [];
            return false;
        }
    }
}
