using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Candor.Access.Factors;

/// <summary>Codes of six digits that change every 30 s (RFC 6238, SHA-1 as every app has it). Pure.</summary>
internal static class TotpCode
{
    public const int SecretBytes = 20;
    public const int Digits = 6;
    private const int StepSeconds = 30;
    private const int Modulus = 1_000_000;

    public static long StepAt(DateTimeOffset now) => now.ToUnixTimeSeconds() / StepSeconds;

    public static string At(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 6238 and the apps that implement it; a hash here need not resist collisions.
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xF)..]) & int.MaxValue;
        return (number % Modulus).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The step whose code this is, one early or late included, or null. A step that was used is not looked at.</summary>
    public static long? Match(ReadOnlySpan<byte> secret, string code, DateTimeOffset now, long lastStep)
    {
        var at = StepAt(now);
        long? matched = null;
        for (var step = at - 1; step <= at + 1; step++)
        {
            if (Hashes.AreEqual(At(secret, step), code) && step > lastStep)
            {
                matched ??= step;
            }
        }

        return matched;
    }

    /// <summary>What an app reads, by hand or from a QR code.</summary>
    public static string Address(ReadOnlySpan<byte> secret, string email, string issuer) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(email)}?secret={Base32.Write(secret)}&issuer={Uri.EscapeDataString(issuer)}";
}
