using System.Buffers.Text;
using Candor.Access;
using Candor.Journal;
using Candor.Pages;
using Candor.State;
using Microsoft.Extensions.Primitives;

namespace Candor.Mirrors;

/// <summary>Where mirrors fetch what they serve. Whatever is here could be read from the pages as well; the signature is what is new.</summary>
internal static class MirrorEndpoints
{
    public const string Manifest = "/mirror/manifest";
    public const string Contents = "/mirror/contents/";
    public const string Bulletins = "/mirror/bulletins";
    public const string Signature = "Candor-Signature";

    private const string WhyOpen = "mirrors copy what every reader may read";

    public static void MapMirror(this IEndpointRouteBuilder routes, Offer? offer)
    {
        routes.MapGet(Manifest, context => ManifestAsync(context, offer?.Newest())).OpenToAll(WhyOpen);
        routes.MapGet(Contents + "{hash}", context => ContentAsync(context, offer?.Find((string)context.Request.RouteValues["hash"]!))).OpenToAll(WhyOpen);
    }

    /// <summary>On the publisher: what was posted on a mirror while it was gone.</summary>
    public static void MapReturn(this IEndpointRouteBuilder routes, Func<PinnedKey?> emergency, Func<Journal<World, Event>> journal, TimeProvider time) =>
        MapBulletins(routes, (signed, signature, cancellation) => ReturnAsync(emergency(), journal(), time.GetUtcNow(), signed, signature, cancellation));

    /// <summary>
    /// Takes a bulletin into the journal, whatever this clock says: it was said, at the latest now. Gives the reason why it will
    /// never be taken. Throws <see cref="IOException"/> or <see cref="JournalFailedException"/> where it may be later.
    /// </summary>
    internal static async Task<string?> ReturnAsync(
        PinnedKey? emergency, Journal<World, Event> journal, DateTimeOffset at, byte[] signed, byte[] signature, CancellationToken cancellation)
    {
        if (emergency is null)
        {
            throw new IOException($"This page has no emergency key at the moment: {PinnedKey.EmergencyFile} is missing in its data folder, or cannot be read.");
        }

        var (bulletin, refusal) = Bulletin.Read(emergency, signed, signature, at, Folding.Within, TimeSpan.MaxValue);
        if (bulletin is null)
        {
            return refusal;
        }

        var outcome = await journal.CommitAsync(world => Folding.Decide(world, at, bulletin), CommitClass.Essential, cancellation);
        return outcome.Refusal is { Code: Reserve.DiskFull } full ? throw new IOException(full.Sentence) : outcome.Refusal?.Sentence;
    }

    /// <summary>On a mirror: from whoever has the emergency key.</summary>
    public static void MapBoard(this IEndpointRouteBuilder routes, Func<PinnedKey?> emergency, BulletinBoard board) =>
        MapBulletins(routes, (signed, signature, _) => Task.FromResult(board.Take(emergency(), signed, signature)));

    /// <param name="take">The reason why it will never be taken, or null once it is. Throws <see cref="IOException"/> where it may be later.</param>
    private static void MapBulletins(IEndpointRouteBuilder routes, Func<byte[], byte[], CancellationToken, Task<string?>> take) =>
        routes.MapPost(Bulletins, async context =>
        {
            var response = context.Response;
            response.Headers.CacheControl = Caching.Never;
            response.Headers.XContentTypeOptions = "nosniff";
            response.ContentType = "text/plain; charset=utf-8";
            try
            {
                var signed = await BodyAsync(context.Request, context.RequestAborted);
                var said = context.Request.Headers[Signature].ToString();
                var refusal = signed is null ? $"A bulletin has at most {Bulletin.BytesMax / 1024} KiB."
                    : await take(signed, Base64Url.IsValid(said) ? Base64Url.DecodeFromChars(said) : [], context.RequestAborted);
                response.StatusCode = refusal is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;
                await response.WriteAsync(refusal ?? "Taken.", context.RequestAborted);
            }
            catch (Exception fault) when (fault is JournalFailedException or IOException && !context.RequestAborted.IsCancellationRequested)
            {
                response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                await response.WriteAsync("It could not be taken at the moment. Send it again.", context.RequestAborted);
            }
        }).OpenToAll("whoever signs with the emergency key that the publisher has named may say this, and nobody else");

    private static async Task<byte[]?> BodyAsync(HttpRequest request, CancellationToken cancellation)
    {
        var body = new byte[Bulletin.BytesMax + 1];
        var length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellation);
        return length > Bulletin.BytesMax ? null : body[..length];
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
