using System.Globalization;
using System.Security.Cryptography;

namespace Candor.Access.Factors;

/// <summary>PBKDF2 with SHA-512 and a salt, as <c>pbkdf2-sha512$rounds$salt$hash</c>. The rounds stand in each, so they can grow.</summary>
internal static class PasswordHash
{
    /// <summary>A quarter of a second of one core, which is what a guess costs.</summary>
    public const int Rounds = 600_000;

    private const string Scheme = "pbkdf2-sha512";
    private const int SaltBytes = 16;
    private const int HashBytes = 32;
    private const int RoundsMax = 10_000_000;

    public static string Make(string password, ReadOnlySpan<byte> salt, int rounds = Rounds, Derivation? derive = null) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Scheme}${rounds}${Convert.ToBase64String(salt)}${Convert.ToBase64String((derive ?? Derive)(password, salt, rounds))}");

    public static string Make(string password, Effects.IRandomness randomness, int rounds = Rounds, Derivation? derive = null)
    {
        Span<byte> salt = stackalloc byte[SaltBytes];
        randomness.Fill(salt);
        return Make(password, salt, rounds, derive);
    }

    /// <summary>False also for what is no hash of ours.</summary>
    /// <param name="least">Rounds that are worked in any case: one that was made with fewer costs as much as one that is made now.</param>
    public static bool Verify(string stored, string password, int least = 0, Derivation? derive = null)
    {
        if (stored.Split('$') is not [Scheme, var count, var salt, var hash]
            || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) || rounds is 0 or > RoundsMax)
        {
            return false;
        }

        derive ??= Derive;
        var made = derive(password, Convert.FromBase64String(salt), rounds);
        if (rounds < least)
        {
            derive(password, Convert.FromBase64String(salt), least - rounds);
        }

        return CryptographicOperations.FixedTimeEquals(made, Convert.FromBase64String(hash));
    }

    public static byte[] Derive(string password, ReadOnlySpan<byte> salt, int rounds) =>
        Rfc2898DeriveBytes.Pbkdf2(password.Normalize(System.Text.NormalizationForm.FormKC), salt, rounds, HashAlgorithmName.SHA512, HashBytes);
}
