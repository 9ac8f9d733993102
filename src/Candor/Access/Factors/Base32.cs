using System.Text;

namespace Candor.Access.Factors;

/// <summary>Letters and digits that people can copy without mistaking one for another (RFC 4648).</summary>
internal static class Base32
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static string Write(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        var (bits, held) = (0, 0);
        foreach (var one in bytes)
        {
            (bits, held) = ((bits << 8) | one, held + 8);
            while (held >= 5)
            {
                text.Append(Alphabet[(bits >> (held - 5)) & 31]);
                held -= 5;
            }

            bits &= 0xFF;
        }

        return held > 0 ? text.Append(Alphabet[(bits << (5 - held)) & 31]).ToString() : text.ToString();
    }

    /// <summary>In groups of four, for reading aloud.</summary>
    public static string Grouped(string text) => string.Join('-', text.Chunk(4).Select(static four => new string(four)));

    /// <summary>As it was before somebody typed it: no spaces, no dashes, capitals.</summary>
    public static string Plain(string typed) => new([.. typed.Where(char.IsAsciiLetterOrDigit).Take(64).Select(char.ToUpperInvariant)]);
}
