using System.Buffers.Text;
using System.Security.Cryptography;

namespace Candor.Mirrors;

/// <summary>The publisher's public key as the operator of a mirror was given it: the one thing that a mirror believes.</summary>
internal sealed class PinnedKey
{
    private const int FieldBytes = 32;

    private static readonly byte[] Purpose = "candor mirror 1\n"u8.ToArray();

    private readonly ECParameters parameters;

    private PinnedKey(ECParameters parameters) => this.parameters = parameters;

    public static PinnedKey Of(ECDsa key) => new(key.ExportParameters(includePrivateParameters: false));

    /// <summary>Null where the text is no key: 65 bytes in base64url, a point of P-256.</summary>
    public static PinnedKey? Read(string text)
    {
        if (!Base64Url.IsValid(text, out var length) || length != 1 + (2 * FieldBytes))
        {
            return null;
        }

        var point = Base64Url.DecodeFromChars(text);
        var parameters = new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new() { X = point[1..(1 + FieldBytes)], Y = point[(1 + FieldBytes)..] },
        };
        try
        {
            using var tried = ECDsa.Create(parameters);
            return point[0] == 4 ? new(parameters) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public bool Fits(ReadOnlySpan<byte> manifest, ReadOnlySpan<byte> signature)
    {
        using var key = ECDsa.Create(parameters);
        return key.VerifyData(Signed(manifest), signature, HashAlgorithmName.SHA256);
    }

    /// <summary>With its purpose before it, so that no signature that was made for something else fits.</summary>
    internal static byte[] Signed(ReadOnlySpan<byte> manifest) => [.. Purpose, .. manifest];

    public override string ToString() => Base64Url.EncodeToString([4, .. Padded(parameters.Q.X!), .. Padded(parameters.Q.Y!)]);

    private static byte[] Padded(byte[] coordinate) => [.. new byte[FieldBytes - coordinate.Length], .. coordinate];
}
