using System.Security.Cryptography;

namespace Candor.Notices.Channels.WebPush;

/// <summary>Keys of the curve P-256 as web push writes them: a point is 0x04, x and y, 32 bytes each.</summary>
internal static class WebPushCurve
{
    private const int FieldBytes = 32;

    /// <summary>Throws <see cref="CryptographicException"/> where the point is not on the curve.</summary>
    public static ECDiffieHellman Public(ReadOnlySpan<byte> point) => ECDiffieHellman.Create(new ECParameters
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new() { X = point.Slice(1, FieldBytes).ToArray(), Y = point.Slice(1 + FieldBytes, FieldBytes).ToArray() },
    });

    public static byte[] PointOf(ECParameters key) => [4, .. Padded(key.Q.X!), .. Padded(key.Q.Y!)];

    private static byte[] Padded(byte[] coordinate) => [.. new byte[FieldBytes - coordinate.Length], .. coordinate];
}
