using System.Security.Cryptography;
using System.Text;

namespace Candor.State;

/// <summary>Ids for what follows from facts alone: deciding the same twice, or on two nodes, makes one thing.</summary>
internal static class DerivedId
{
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary>12 lower-case letters and digits.</summary>
    public static string Of(string named)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(named), hash);
        Span<char> id = stackalloc char[12];
        for (var i = 0; i < id.Length; i++)
        {
            id[i] = Digits[hash[i] % Digits.Length];
        }

        return new(id);
    }
}
