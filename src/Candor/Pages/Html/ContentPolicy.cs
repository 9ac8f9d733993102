using Candor.Pages.Wording;
using Candor.State;

namespace Candor.Pages.Html;

/// <summary>The Content-Security-Policy of a page: nothing inline but the one style by its hash, nothing from elsewhere.</summary>
internal static class ContentPolicy
{
    public static string Of(Page page) => string.Join("; ",
        "default-src 'none'",
        "script-src 'self'",
        $"style-src {Stylesheet.For(page.Accent).Policy}",
        $"img-src 'self' data:{OriginOf(page.LogoUrl)}",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'");

    // The owner's logo may live on the owner's other host; that one origin, no more.
    private static string OriginOf(string? logo) =>
        SafeLink.Allows(logo) && Uri.TryCreate(logo, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"
            ? $" {uri.GetLeftPart(UriPartial.Authority)}"
            : "";
}
