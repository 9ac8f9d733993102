namespace Candor.Pages.Serving;

/// <summary>Which of the prepared encodings a client takes.</summary>
internal static class AcceptedEncoding
{
    /// <summary>The smallest encoding that the header allows. Without the header only the plain bytes are safe.</summary>
    public static EncodedBytes Choose(PageBytes page, string? header)
    {
        if (string.IsNullOrEmpty(header))
        {
            return page.Identity;
        }

        if (page.Brotli is { } brotli && Allows(header, "br"))
        {
            return brotli;
        }

        return page.Gzip is { } gzip && Allows(header, "gzip") ? gzip : page.Identity;
    }

    private static bool Allows(ReadOnlySpan<char> header, ReadOnlySpan<char> coding)
    {
        var anything = false;
        foreach (var range in header.Split(','))
        {
            var item = header[range].Trim();
            var semicolon = item.IndexOf(';');
            var name = semicolon < 0 ? item : item[..semicolon].TrimEnd();
            if (name.Equals(coding, StringComparison.OrdinalIgnoreCase))
            {
                return semicolon < 0 || !IsZero(item[(semicolon + 1)..]);
            }

            anything |= name is "*" && (semicolon < 0 || !IsZero(item[(semicolon + 1)..]));
        }

        return anything;
    }

    /// <summary>"q=0", "q=0.0", "q=0.000": refused.</summary>
    private static bool IsZero(ReadOnlySpan<char> parameter)
    {
        var equals = parameter.IndexOf('=');
        var name = equals < 0 ? parameter : parameter[..equals].Trim();
        return equals >= 0
            && name.Equals("q", StringComparison.OrdinalIgnoreCase)
            && parameter[(equals + 1)..].Trim().TrimStart('0').TrimStart('.').TrimStart('0').IsEmpty;
    }
}
