using System.Globalization;
using System.Text;

namespace Candor.Attachments;

/// <summary>The name under which readers save a file: nothing of a path, nothing that a header or an address would have to escape.</summary>
internal static class FileName
{
    private const int LengthMax = 80;
    private const string Nameless = "file";

    /// <summary>"C:\Users\ada\Bild von Störung.PNG" is "Bild-von-Storung.png".</summary>
    public static string Of(string sent)
    {
        var last = sent[(sent.LastIndexOfAny(['/', '\\']) + 1)..];
        var name = new StringBuilder(last.Length);
        foreach (var letter in Plain(last))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark)
            {
                continue;
            }

            var kept = char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' ? letter : '-';
            if (kept is not ('-' or '.') || name.Length == 0 || name[^1] != kept)
            {
                name.Append(kept);
            }
        }

        var text = name.ToString().TrimEnd('.', '-');
        var extension = ExtensionOf(text);
        var stem = text[..^extension.Length].Trim('.', '-');
        stem = stem.Length == 0 ? Nameless : stem[..Math.Min(stem.Length, LengthMax - extension.Length)];
        return stem + extension;
    }

    /// <summary>Whether a name that somebody's journal gives is one that <see cref="Of"/> could have made: no path, nothing hidden.</summary>
    public static bool IsPlain(string name) =>
        name.Length > 0 && name[0] != '.' && name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or '-');

    /// <summary>".png", in lower case; empty where there is none.</summary>
    public static string ExtensionOf(string name) =>
        name.LastIndexOf('.') is > 0 and var dot && name.Length - dot is > 1 and <= 8 ? name[dot..].ToLowerInvariant() : "";

    private static string Plain(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormD);
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair has no normal form; each half becomes a stroke.
            return text;
        }
    }
}
