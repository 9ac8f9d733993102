namespace Candor.Settings.Forms;

/// <summary>true and false, nothing else: YAML's "no" has been a country too often.</summary>
internal static class Booleans
{
    public static string? Read(string text, out bool value)
    {
        value = text == "true";
        return text is "true" or "false" ? null : "write true or false";
    }
}
