using System.Text;

namespace Candor.Notices.Channels.Email;

/// <summary>
/// Text as quoted-printable (RFC 2045): lines of at most 76 ASCII characters, every line break CR LF. Neither a bare CR
/// or LF nor a line that is a dot can come out, whatever goes in.
/// </summary>
internal static class QuotedPrintable
{
    private const int LineMost = 75; // and a soft break's "="
    private const string Hex = "0123456789ABCDEF";

    public static string Encode(string text)
    {
        var coded = new StringBuilder(text.Length * 5 / 4);
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            Line(Encoding.UTF8.GetBytes(line), coded);
            coded.Append("\r\n");
        }

        return coded.ToString();
    }

    private static void Line(ReadOnlySpan<byte> line, StringBuilder coded)
    {
        var column = 0;
        for (var i = 0; i < line.Length; i++)
        {
            var isLast = i + 1 == line.Length;
            var isPlain = IsPlain(line[i], isLast, column == 0);
            var width = isPlain ? 1 : 3;
            if (column + width > LineMost + (isLast ? 1 : 0) || (column > 0 && SplitsCharacter(line, i, column)))
            {
                coded.Append("=\r\n");
                column = 0;
                isPlain = IsPlain(line[i], isLast, atStart: true);
                width = isPlain ? 1 : 3;
            }

            _ = isPlain ? coded.Append((char)line[i]) : coded.Append('=').Append(Hex[line[i] >> 4]).Append(Hex[line[i] & 15]);
            column += width;
        }
    }

    // A dot or "From " at the start of a line means something to servers on the way.
    private static bool IsPlain(byte b, bool isLast, bool atStart) => b switch
    {
        (byte)'=' => false,
        (byte)'.' or (byte)'F' => !atStart,
        (byte)' ' or (byte)'\t' => !isLast,
        _ => b is > 32 and < 127,
    };

    /// <summary>A character of several bytes goes onto the next line whole: readers that decode line by line exist.</summary>
    private static bool SplitsCharacter(ReadOnlySpan<byte> line, int at, int column)
    {
        var length = line[at] switch { >= 0xF0 => 4, >= 0xE0 => 3, >= 0xC0 => 2, _ => 1 };
        return length > 1 && column + (3 * length) > LineMost;
    }
}
