using System.Text;

namespace Candor.Importing.Reading;

/// <summary>From bytes to text: the byte order mark decides, else UTF-8 with replacement of what is not.</summary>
internal static class SourceText
{
    public static string Decode(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, .. var rest] => Encoding.UTF8.GetString(rest),
        [0xFF, 0xFE, .. var rest] => Encoding.Unicode.GetString(rest),
        [0xFE, 0xFF, .. var rest] => Encoding.BigEndianUnicode.GetString(rest),
        _ => Encoding.UTF8.GetString(bytes),
    };

    /// <summary>The first character that is no blank, in any of the encodings; 0 where there is none.</summary>
    public static char First(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes[..Math.Min(bytes.Length, 4096)])
        {
            if (b is not (0 or 0xEF or 0xBB or 0xBF or 0xFF or 0xFE or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
            {
                return (char)b;
            }
        }

        return '\0';
    }

    /// <summary>One line without surplus blanks: titles come with line feeds and stray spaces.</summary>
    public static string Line(string? text) =>
        string.Join(' ', (text ?? "").Split([' ', '\t', '\r', '\n', '\u00A0'], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Line feeds only, and no blanks around the whole.</summary>
    public static string Body(string? text) =>
        (text ?? "").Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace('\u00A0', ' ').Trim();
}
