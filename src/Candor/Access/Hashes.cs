using System.Security.Cryptography;
using System.Text;
using Candor.Effects;

namespace Candor.Access;

/// <summary>Random secrets and what is kept of them. Never for passwords: those are guessable, see Person.Password.</summary>
internal static class Hashes
{
    private const int SecretBytes = 32;

    /// <summary>SHA-256, in hex.</summary>
    public static string Of(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>In a time that does not depend on where they differ.</summary>
    public static bool AreEqual(string a, string b) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(a), Encoding.ASCII.GetBytes(b));

    /// <summary>256 random bits as text for cookies and links.</summary>
    public static string NewSecret(IRandomness randomness)
    {
        Span<byte> bytes = stackalloc byte[SecretBytes];
        randomness.Fill(bytes);
        return System.Buffers.Text.Base64Url.EncodeToString(bytes);
    }
}
