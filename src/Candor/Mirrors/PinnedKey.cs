using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Candor.Effects;

namespace Candor.Mirrors;

/// <summary>A public key that somebody was given: the publisher's, the one thing that a mirror believes, or one that the publisher has named.</summary>
internal sealed class PinnedKey
{
    /// <summary>In the publisher's data folder: the public half of what its people keep elsewhere.</summary>
    public const string EmergencyFile = "emergency.pub";

    private const int FieldBytes = 32;
    private const int FileBytesMax = 4096;

    private readonly ECParameters parameters;

    private PinnedKey(ECParameters parameters) => this.parameters = parameters;

    public static PinnedKey Of(ECAlgorithm key) => new(key.ExportParameters(includePrivateParameters: false));

    /// <summary>Null where the text is no key: 65 bytes in base64url, a point of P-256.</summary>
    public static PinnedKey? Read(string text)
    {
        if (!Base64Url.IsValid(text, out var length) || length != 1 + (2 * FieldBytes))
        {
            return null;
        }

        var point = Base64Url.DecodeFromChars(text);
        var read = new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new() { X = point[1..(1 + FieldBytes)], Y = point[(1 + FieldBytes)..] },
        };
        try
        {
            using var tried = ECDsa.Create(read);
            return point[0] == 4 ? new(read) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The key in a file; null where there is none, or no key in it.</summary>
    public static PinnedKey? ReadFile(IDisk disk, string path) =>
        disk.Read(path, FileBytesMax) is { } kept ? Read(Encoding.ASCII.GetString(kept).Trim()) : null;

    public bool Fits(Purpose purpose, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        using var key = ECDsa.Create(parameters);
        return key.VerifyData(purpose.Of(content), signature, HashAlgorithmName.SHA256);
    }

    /// <summary>The key for agreeing on a secret with whoever has its private half. The caller disposes of it.</summary>
    public ECDiffieHellman ForAgreement() => ECDiffieHellman.Create(parameters);

    public override string ToString() => Base64Url.EncodeToString([4, .. Padded(parameters.Q.X!), .. Padded(parameters.Q.Y!)]);

    private static byte[] Padded(byte[] coordinate) => [.. new byte[FieldBytes - coordinate.Length], .. coordinate];
}
