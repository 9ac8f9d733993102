namespace Candor.Settings.Forms;

/// <summary>Colours as #rrggbb.</summary>
internal static class Colours
{
    public static string? Read(string text, out string value)
    {
        value = text.ToLowerInvariant();
        return text.Length == 7 && text[0] == '#' && text.Skip(1).All(char.IsAsciiHexDigit)
            ? null
            : "write a colour such as \"#0a7d55\", in quotes because of the #";
    }
}
