using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Candor.Tests.Contracts;

/// <summary>A browser that lets a page push, as far as a sender can tell: it has keys, reads what was encrypted for them, and knows who sent.</summary>
public sealed class PushBrowser : IDisposable
{
    private readonly ECDiffieHellman key;
    private readonly byte[] auth;

    public PushBrowser()
        : this(ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256), RandomNumberGenerator.GetBytes(16))
    {
    }

    public PushBrowser(ECDiffieHellman key, byte[] auth) => (this.key, this.auth) = (key, auth);

    private byte[] Point => PointOf(key.ExportParameters(false));

    /// <summary>As PushSubscription.toJSON() gives it.</summary>
    public string Json(string endpoint) =>
        $$$"""{"endpoint":"{{{endpoint}}}","expirationTime":null,"keys":{"p256dh":"{{{Base64Url.EncodeToString(Point)}}}","auth":"{{{Base64Url.EncodeToString(auth)}}}"}}""";

    /// <summary>RFC 8291 from the other side. Throws where it was not encrypted for this browser.</summary>
    public string Read(ReadOnlySpan<byte> body)
    {
        var (salt, sender) = (body[..16].ToArray(), body.Slice(21, 65).ToArray());
        Assert.Equal(65, body[20]);
        using var theirs = ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = sender[1..33], Y = sender[33..] },
        });
        var secret = HKDF.DeriveKey(
            HashAlgorithmName.SHA256, key.DeriveRawSecretAgreement(theirs.PublicKey), 32, auth, [.. "WebPush: info\0"u8, .. Point, .. sender]);
        var content = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 16, salt, "Content-Encoding: aes128gcm\0"u8.ToArray());
        var nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 12, salt, "Content-Encoding: nonce\0"u8.ToArray());
        var cipher = body[86..];
        var plain = new byte[cipher.Length - 16];
        using var aes = new AesGcm(content, 16);
        aes.Decrypt(nonce, cipher[..^16], cipher[^16..], plain);
        Assert.Equal(2, plain[^1]);
        return Encoding.UTF8.GetString(plain, 0, plain.Length - 1);
    }

    /// <summary>What the token of "vapid t=…, k=…" claims, once its signature by the key beside it was found right.</summary>
    public static (string Audience, DateTimeOffset Expires, string? Contact, string Key) Sender(string authorization)
    {
        Assert.StartsWith("vapid t=", authorization, StringComparison.Ordinal);
        var (token, key) = (authorization["vapid t=".Length..authorization.IndexOf(',', StringComparison.Ordinal)], authorization[(authorization.IndexOf("k=", StringComparison.Ordinal) + 2)..]);
        var parts = token.Split('.');
        var point = Base64Url.DecodeFromChars(key);
        using var signer = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = point[1..33], Y = point[33..] } });
        Assert.True(signer.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256));
        Assert.Equal("""{"typ":"JWT","alg":"ES256"}""", Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0])));
        var claims = JsonElement.Parse(Base64Url.DecodeFromChars(parts[1]));
        return (
            claims.GetProperty("aud").GetString()!,
            DateTimeOffset.FromUnixTimeSeconds(claims.GetProperty("exp").GetInt64()),
            claims.TryGetProperty("sub", out var contact) ? contact.GetString() : null,
            key);
    }

    public void Dispose() => key.Dispose();

    private static byte[] PointOf(ECParameters key) => [4, .. key.Q.X!, .. key.Q.Y!];
}
