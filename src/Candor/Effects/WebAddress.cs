namespace Candor.Effects;

/// <summary>The one reader of URLs that lead outside. Only http and https, checked after parsing, never by prefix.</summary>
internal static class WebAddress
{
    private const int LongestUrl = 2_048;

    /// <summary>The URL, or null and a sentence saying what to write instead.</summary>
    public static Uri? Read(string text, out string fault)
    {
        if (text.Length > LongestUrl)
        {
            fault = $"the address is longer than {LongestUrl} characters";
            return null;
        }

        if (text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c == '\\'))
        {
            fault = "the address contains a space, a backslash or a control character";
            return null;
        }

        if (!text.Contains("://", StringComparison.Ordinal) || !Uri.TryCreate(text, UriKind.Absolute, out var uri))
        {
            fault = $"“{text}” is not a web address; write it as https://example.com/path";
            return null;
        }

        return Check(uri, out fault) ? uri : null;
    }

    /// <summary>The same rules for a URL that is already parsed, such as the target of a redirect.</summary>
    public static bool Check(Uri uri, out string fault)
    {
        if (!uri.IsAbsoluteUri || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
        {
            fault = $"only http and https addresses are contacted, not {(uri.IsAbsoluteUri ? uri.Scheme : "a path")}";
            return false;
        }

        if (uri.UserInfo.Length > 0)
        {
            fault = "an address must not carry a user name or password; use a header instead";
            return false;
        }

        if (HostName.Read(uri.IdnHost, out fault) is null)
        {
            return false;
        }

        fault = "";
        return true;
    }
}
