using Microsoft.AspNetCore.Http.Features;

namespace Candor.Pages.Serving;

/// <summary>
/// The path as it was sent, without the query. Undecoded and not normalised on purpose: every page has exactly one
/// spelling, so no encoding of dots, slashes or nulls can lead to one.
/// </summary>
internal static class Target
{
    public static string Of(HttpContext context)
    {
        var raw = context.Features.Get<IHttpRequestFeature>()?.RawTarget;
        if (string.IsNullOrEmpty(raw) || raw[0] != '/')
        {
            // The absolute form, as a proxy sends it, or the * of OPTIONS.
            return context.Request.Path.Value ?? "";
        }

        var query = raw.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? raw : raw[..query];
    }
}
