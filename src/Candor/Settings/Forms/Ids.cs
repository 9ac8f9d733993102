namespace Candor.Settings.Forms;

/// <summary>Names for machines: they end up in addresses, files and metrics.</summary>
internal static class Ids
{
    private const int LengthMax = 64;

    public static string? Read(string text, out string value)
    {
        value = text;
        return text.Length is > 0 and <= LengthMax
            && char.IsAsciiLetterOrDigit(text[0])
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
                ? null
                : $"write up to {LengthMax} letters, digits, “-”, “_” or “.”, beginning with a letter or digit";
    }
}
