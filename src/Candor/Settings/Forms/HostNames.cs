using System.Net;

namespace Candor.Settings.Forms;

/// <summary>Names of machines, and their addresses where a name is not needed.</summary>
internal static class HostNames
{
    private const int LengthMax = 253;

    public static string? Read(string text, out string value)
    {
        value = text;
        return IsHost(text) ? null : "write a host name or address, such as mail.example.com or 192.0.2.1";
    }

    /// <summary>
    /// Labels of letters, digits, hyphens and underscores (DNS has names such as _dmarc), or an address. Letters beyond
    /// ASCII are taken where they can be written as a domain name.
    /// </summary>
    public static bool IsHost(string text)
    {
        if (text.Length is 0 or > LengthMax || Invisible.In(text))
        {
            return false;
        }

        if (text.Contains(':', StringComparison.Ordinal))
        {
            return IPAddress.TryParse(text, out _) && !text.Contains('%', StringComparison.Ordinal) && !text.Contains('[', StringComparison.Ordinal);
        }

        return text.TrimEnd('.').Split('.').All(IsLabel);
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63
        && !label.StartsWith('-') && !label.EndsWith('-')
        && label.All(c => char.IsLetterOrDigit(c) || c is '-' or '_');
}
