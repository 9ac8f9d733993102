using System.Diagnostics.CodeAnalysis;

namespace Candor.Settings.Forms;

/// <summary>Addresses of the web: absolute, http or https, without a password in the open.</summary>
internal static class Urls
{
    private const int LengthMax = 2000;

    /// <summary>What is probed or linked: http or https.</summary>
    public static string? Read(string text, [MaybeNull] out Uri value) =>
        Parse(text, out value) is { } remedy ? remedy
        : value!.Scheme is "http" or "https" && value.Host.Length > 0 ? null
        : "write an address such as https://example.com/";

    /// <summary>What readers are sent to: https, or http where there is no certificate; nothing that runs.</summary>
    public static string? ReadLink(string text, [MaybeNull] out Uri value) =>
        Parse(text, out value) is { } remedy ? remedy
        : value!.Scheme is "http" or "https" && value.Host.Length > 0 && value.UserInfo.Length == 0 ? null
        : "write an address such as https://example.com/help, without a user name";

    private static string? Parse(string text, [MaybeNull] out Uri value)
    {
        if (text.Length > LengthMax || Invisible.In(text) || text.AsSpan().IndexOfAny(" \\<>\"") >= 0
            || !Uri.TryCreate(text, UriKind.Absolute, out value))
        {
            value = null;
            return "write an address such as https://example.com/";
        }

        return value.UserInfo.Split(':', 2) is [_, { Length: > 0 } password] && !password.StartsWith('$')
            ? "write the password as $NAME and put it into the environment variable NAME"
            : null;
    }
}
