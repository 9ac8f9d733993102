using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Candor.Agents.Wire;

/// <summary>
/// The signature under each request of an agent: ECDSA with P-256 and SHA-256 over the path, the place, the challenge, the
/// count and the hash of the body, so that nothing of it can be changed, sent elsewhere or sent again.
/// </summary>
internal static class Signing
{
    public const string PlaceHeader = "Candor-Place";
    public const string ChallengeHeader = "Candor-Challenge";
    public const string CountHeader = "Candor-Count";
    public const string SignatureHeader = "Candor-Signature";

    private const string Curve = "1.2.840.10045.3.1.7";
    private const int KeyCharsMax = 400;

    public static string Sign(ECDsa key, string path, RequestStamp stamp, ReadOnlySpan<byte> body) =>
        Convert.ToBase64String(key.SignData(Text(path, stamp, body), HashAlgorithmName.SHA256));

    public static bool IsGenuine(string publicKey, string path, RequestStamp stamp, ReadOnlySpan<byte> body, string signature) =>
        IsSignedBy(publicKey, Text(path, stamp, body), signature);

    /// <summary>Shows that whoever has the code, or the key before, has the private key too.</summary>
    public static string Prove(ECDsa key, string what) =>
        Convert.ToBase64String(key.SignData(Proof(what, PublicOf(key)), HashAlgorithmName.SHA256));

    public static bool IsProof(string publicKey, string what, string proof) => IsSignedBy(publicKey, Proof(what, publicKey), proof);

    public static string PublicOf(ECDsa key) => Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());

    /// <summary>Whether it is a P-256 key, written as we write it: one key, one text.</summary>
    public static bool IsKey(string publicKey)
    {
        using var key = Import(publicKey);
        return key is not null && PublicOf(key) == publicKey;
    }

    private static bool IsSignedBy(string publicKey, byte[] text, string signature)
    {
        using var key = Import(publicKey);
        Span<byte> bytes = stackalloc byte[64];
        return key is not null && Convert.TryFromBase64String(signature, bytes, out var length) && length == bytes.Length
            && key.VerifyData(text, bytes, HashAlgorithmName.SHA256);
    }

    private static ECDsa? Import(string publicKey)
    {
        var key = ECDsa.Create();
        try
        {
            if (publicKey.Length <= KeyCharsMax)
            {
                key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(publicKey), out _);
                if (key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == Curve)
                {
                    return key;
                }
            }
        }
        catch (Exception fault) when (fault is FormatException or CryptographicException)
        {
            // No key of ours.
        }

        key.Dispose();
        return null;
    }

    private static byte[] Text(string path, RequestStamp stamp, ReadOnlySpan<byte> body) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"candor agent v1\n{path}\n{stamp.Place}\n{stamp.Challenge}\n{stamp.Count}\n{Convert.ToHexStringLower(SHA256.HashData(body))}"));

    private static byte[] Proof(string what, string publicKey) => Encoding.UTF8.GetBytes($"candor agent v1 key\n{what}\n{publicKey}");
}

/// <summary>What makes each request of an agent another one.</summary>
/// <param name="Challenge">Given by the core.</param>
/// <param name="Count">Grows with each request under the same challenge.</param>
internal readonly record struct RequestStamp(string Place, string Challenge, long Count);
