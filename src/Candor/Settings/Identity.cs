using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Candor.Settings;

/// <summary>
/// Public ids that stay when a file is read again: 12 characters of 0-9 and a-z, as Statuspage's clients expect.
/// </summary>
internal static class Identity
{
    private const int Length = 12;
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary>From an explicit id. One that has the public form already (an import from elsewhere) is kept as it is.</summary>
    public static string FromId(string id) => IsPublic(id) ? id : FromPath(id);

    /// <summary>From the names on the way to a thing: <c>Frontend/Homepage</c>. An explicit id of the same text gives the same.</summary>
    public static string FromPath(string path)
    {
        var number = new BigInteger(SHA256.HashData(Encoding.UTF8.GetBytes(path)), isUnsigned: true, isBigEndian: true);
        Span<char> id = stackalloc char[Length];
        for (var i = Length - 1; i >= 0; i--)
        {
            number = BigInteger.DivRem(number, Digits.Length, out var digit);
            id[i] = Digits[(int)digit];
        }

        return new string(id);
    }

    private static bool IsPublic(string id) =>
        id.Length == Length && id.All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterLower(c));
}
