using Microsoft.Extensions.Primitives;

namespace Candor.Access;

/// <summary>Whether a request was made by a page of ours, as the browser says. Pure.</summary>
internal static class SameOrigin
{
    public static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    /// <summary>
    /// A reading that no page of another site makes behind its reader's back: somebody followed a link, typed the address,
    /// or uses a browser that does not say, whose cookie other sites cannot make it send (SameSite).
    /// </summary>
    public static bool IsFollowed(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"];
        return request.Headers.Origin.Count == 0
            && (site.Count == 0 || site == "none" || site == "same-origin" || request.Headers["Sec-Fetch-Mode"] == "navigate");
    }

    /// <summary>
    /// Every browser of today says where it comes from (Sec-Fetch-Site) or at least which page sent a form (Origin). A
    /// request that says neither is no browser's, and carries no cookie it was not given by hand; it is refused as well.
    /// </summary>
    public static bool Holds(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"];
        var origin = request.Headers.Origin;
        return (site.Count, origin.Count) switch
        {
            (0, 0) => false,
            (> 0, _) when site != "same-origin" => false,
            (_, 0) => true,
            _ => IsOurs(origin, request.Host),
        };
    }

    /// <summary>The proxy in front speaks TLS and we do not, so the scheme is its business; host and port are compared.</summary>
    public static bool IsOurs(Uri origin, HostString host) =>
        origin.Scheme is "http" or "https"
        && origin is { AbsolutePath: "/", Query: "", UserInfo: "" }
        && string.Equals(origin.IdnHost.Trim('[', ']'), host.Host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase)
        && origin.Port == (host.Port ?? (origin.Scheme == "https" ? 443 : 80));

    private static bool IsOurs(StringValues origin, HostString host) =>
        origin is [{ } one] && Uri.TryCreate(one, UriKind.Absolute, out var uri) && IsOurs(uri, host);
}
