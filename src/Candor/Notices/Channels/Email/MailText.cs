using System.Text;

namespace Candor.Notices.Channels.Email;

/// <summary>Text for a header, folded and in encoded words (RFC 2047), so that no text can end its line.</summary>
internal static class MailText
{
    private const int LineMost = 76;
    private const int WordBytesMost = 45; // 60 characters of base64 and 12 around them: below the 75 of the standard
    private const int WordFrame = 12; // "=?utf-8?B?" and "?="
    private const int PlainWordMost = 60;

    /// <summary>What follows the name and colon: begins with a space, ends without a line break.</summary>
    /// <param name="used">Characters that stand on the line already.</param>
    public static string Fold(string text, int used)
    {
        var clean = Clean(text);
        return IsPlain(clean) ? Join(clean.Split(' ', StringSplitOptions.RemoveEmptyEntries), used) : Join(Encoded(clean, used), used);
    }

    /// <summary>A display name: plain words as they are, anything else encoded, never quoted.</summary>
    public static string Name(string text, int used)
    {
        var clean = Clean(text);
        return IsPlain(clean) && clean.All(static c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-' or '_')
            ? Join(clean.Split(' ', StringSplitOptions.RemoveEmptyEntries), used)
            : Join(Encoded(clean, used), used);
    }

    /// <summary>Tokens one after the other, on a new line where the old one is full.</summary>
    public static string Join(IEnumerable<string> tokens, int used)
    {
        var (text, line) = (new StringBuilder(), used);
        foreach (var token in tokens)
        {
            // The first token stays beside the name: some servers drop a header whose first line is empty.
            if (line + 1 + token.Length > LineMost && text.Length > 0)
            {
                text.Append("\r\n");
                line = 0;
            }

            text.Append(' ').Append(token);
            line += 1 + token.Length;
        }

        return text.ToString();
    }

    /// <summary>One line without controls, line separators or halves of characters.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var isBreak = Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029;
            clean.Append(isBreak ? " " : rune.ToString());
        }

        return clean.ToString().Trim();
    }

    private static bool IsPlain(string text) =>
        Ascii.IsValid(text) && !text.Contains("=?", StringComparison.Ordinal)
        && text.Split(' ').All(static word => word.Length <= PlainWordMost);

    private static IEnumerable<string> Encoded(string text, int used)
    {
        var bytes = new List<byte>(WordBytesMost);
        var most = Math.Clamp((LineMost - used - 1 - WordFrame) / 4 * 3, 3, WordBytesMost);
        var one = new byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(one);
            if (bytes.Count + length > most)
            {
                yield return Word(bytes);
                bytes.Clear();
                most = WordBytesMost;
            }

            bytes.AddRange(one.AsSpan(0, length));
        }

        if (bytes.Count > 0)
        {
            yield return Word(bytes);
        }
    }

    private static string Word(List<byte> bytes) => $"=?utf-8?B?{Convert.ToBase64String(bytes.ToArray())}?=";
}
