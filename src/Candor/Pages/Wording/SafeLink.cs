namespace Candor.Pages.Wording;

/// <summary>Which addresses a page may link to: an allow-list of schemes and forms, never a list of what is bad.</summary>
internal static class SafeLink
{
    private static readonly string[] Schemes = ["https://", "http://", "mailto:", "tel:"];

    public static bool Allows(string? address)
    {
        if (string.IsNullOrEmpty(address) || address.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c == '\\'))
        {
            return false;
        }

        if (address[0] == '#' || (address[0] == '/' && !address.StartsWith("//", StringComparison.Ordinal)))
        {
            return true;
        }

        var scheme = Schemes.FirstOrDefault(known => address.StartsWith(known, StringComparison.OrdinalIgnoreCase));
        if (scheme is null || address.Length == scheme.Length)
        {
            return false;
        }

        // "https://bank.example@evil.example" shows one host and leads to another.
        return !scheme.EndsWith("//", StringComparison.Ordinal)
            || (Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 && uri.Host.Length > 0);
    }

    /// <summary>The address if it may be linked to, else null.</summary>
    public static string? OrNull(string? address) => Allows(address) ? address : null;
}
