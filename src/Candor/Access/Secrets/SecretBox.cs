using System.Security.Cryptography;
using System.Text;
using Candor.Effects;

namespace Candor.Access.Secrets;

/// <summary>
/// Secrets at rest: AES-256-GCM, with kind, owner, version and key as associated data, so that a ciphertext is good in its
/// own place only.
/// </summary>
internal sealed class SecretBox(MasterKeys keys, IRandomness randomness)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    public SealedSecret Seal(string kind, string id, int version, ReadOnlySpan<byte> secret)
    {
        var (key, bytes) = keys.Current;
        var box = new byte[NonceBytes + secret.Length + TagBytes];
        var nonce = box.AsSpan(0, NonceBytes);
        randomness.Fill(nonce);
        using var cipher = new AesGcm(bytes, TagBytes);
        cipher.Encrypt(
            nonce, secret, box.AsSpan(NonceBytes, secret.Length), box.AsSpan(NonceBytes + secret.Length), About(kind, id, version, key));
        return new(key, version, Convert.ToBase64String(box));
    }

    /// <summary>Null where it is not what was sealed for this place, or its key is not here.</summary>
    public byte[]? Open(string kind, string id, SealedSecret sealedSecret)
    {
        var box = new byte[sealedSecret.Box.Length];
        if (keys.Find(sealedSecret.Key) is not { } bytes
            || !Convert.TryFromBase64String(sealedSecret.Box, box, out var length) || length < NonceBytes + TagBytes)
        {
            return null;
        }

        var secret = new byte[length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(bytes, TagBytes);
        try
        {
            cipher.Decrypt(
                box.AsSpan(0, NonceBytes), box.AsSpan(NonceBytes, secret.Length), box.AsSpan(length - TagBytes, TagBytes), secret,
                About(kind, id, sealedSecret.Version, sealedSecret.Key));
            return secret;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    /// <summary>What the current key is called: secrets that are sealed with another one want to be sealed anew.</summary>
    public string CurrentKey => keys.Current.Id;

    /// <summary>A keyed fingerprint that nobody without the key can make, for what need not be stored.</summary>
    public string Fingerprint(string purpose, string value) => Fingerprint(keys.Current.Key, purpose, value);

    /// <summary>The one that was made when that key was current; null where it is not here.</summary>
    public string? Fingerprint(string key, string purpose, string value) =>
        keys.Find(key) is { } bytes ? Fingerprint(bytes, purpose, value) : null;

    private static string Fingerprint(byte[] key, string purpose, string value) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{purpose}\n{value}")));

    private static byte[] About(string kind, string id, int version, string key) =>
        Encoding.UTF8.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{kind}\n{id}\n{version}\n{key}"));
}
