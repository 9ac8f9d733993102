using Candor.Access;
using Candor.Pages;
using Microsoft.Extensions.Primitives;

namespace Candor.Mirrors;

/// <summary>Where mirrors fetch what they serve. Whatever is here could be read from the pages as well; the signature is what is new.</summary>
internal static class MirrorEndpoints
{
    public const string Manifest = "/mirror/manifest";
    public const string Contents = "/mirror/contents/";
    public const string Signature = "Candor-Signature";

    private const string WhyOpen = "mirrors copy what every reader may read";

    public static void MapMirror(this IEndpointRouteBuilder routes, Offer? offer)
    {
        routes.MapGet(Manifest, context => ManifestAsync(context, offer?.Newest())).OpenToAll(WhyOpen);
        routes.MapGet(Contents + "{hash}", context => ContentAsync(context, offer?.Find((string)context.Request.RouteValues["hash"]!))).OpenToAll(WhyOpen);
    }

    private static async Task ManifestAsync(HttpContext context, Offered? offered)
    {
        var response = context.Response;
        response.Headers.CacheControl = Caching.Never;
        if (offered is null)
        {
            response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            response.Headers.RetryAfter = "2";
            return;
        }

        response.Headers.ETag = offered.Tag;
        if (context.Request.Headers.IfNoneMatch == offered.Tag)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.Headers[Signature] = offered.Signature;
        var packs = TakesGzip(context.Request);
        response.Headers.ContentEncoding = packs ? "gzip" : default(StringValues);
        await SendAsync(response, "application/json", packs ? offered.Packed : offered.Manifest, context.RequestAborted);
    }

    private static async Task ContentAsync(HttpContext context, PageBytes? page)
    {
        var response = context.Response;
        response.Headers.CacheControl = Caching.Never;
        if (page is null)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        // Bytes and nothing to look at: whatever they are, no browser shows them from here.
        var packed = page.Gzip is { } gzip && TakesGzip(context.Request) ? gzip : page.Identity;
        response.Headers.ContentEncoding = packed.ContentEncoding;
        await SendAsync(response, "application/octet-stream", packed.Bytes, context.RequestAborted);
    }

    private static bool TakesGzip(HttpRequest request) => request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.Ordinal);

    private static async Task SendAsync(HttpResponse response, string type, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        response.ContentType = type;
        response.ContentLength = body.Length;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = Caching.NothingMayRun;
        await response.Body.WriteAsync(body, cancellation);
    }
}
