using System.IO.Compression;
using System.Text;
using Candor.Pages.AsOf;
using Microsoft.Extensions.Primitives;

namespace Candor.Pages;

/// <summary>
/// A rendition as it goes over the wire: compressed once, with the headers that belong to each encoding ready to be
/// handed to the server, so that a request formats nothing.
/// </summary>
internal sealed class PageBytes
{
    private readonly EncodedBytes? identity;

    private PageBytes(Rendition rendition, string hash, EncodedBytes? identity)
    {
        this.identity = identity;
        Hash = hash;
        StatusCode = rendition.StatusCode;
        ContentType = rendition.ContentType;
        IsOpenToAll = !rendition.ContentType.StartsWith("text/html", StringComparison.Ordinal);
        CacheControl = rendition.Immutable ? Caching.Forever : Caching.ShortLived;
        ContentSecurityPolicy = rendition.ContentSecurityPolicy ?? Caching.NothingMayRun;
    }

    public int StatusCode { get; }

    /// <summary>Half a SHA-256 of the uncompressed content, in hexadecimal.</summary>
    public string Hash { get; }

    public StringValues ContentType { get; }

    public StringValues CacheControl { get; private set; }

    /// <summary>Other sites' scripts may read it: everything but the HTML, which nobody needs to.</summary>
    public bool IsOpenToAll { get; }

    public StringValues ContentSecurityPolicy { get; }

    /// <summary>Null where compressing does not pay.</summary>
    public EncodedBytes? Gzip { get; private init; }

    public EncodedBytes? Brotli { get; private init; }

    /// <summary>What a client without compression gets; of an archived page it is unpacked for each of these rare requests.</summary>
    public EncodedBytes Identity => identity ?? new(Compression.Inflate(Gzip!.Bytes), null, Hash);

    /// <summary>Bytes held in memory for the content.</summary>
    public int Weight => (identity?.Bytes.Length ?? 0) + (Gzip?.Bytes.Length ?? 0) + (Brotli?.Bytes.Length ?? 0);

    /// <summary>Compresses a rendition, or hands back the page that holds the same content already.</summary>
    public static PageBytes From(Rendition rendition, PageBytes? before)
    {
        var hash = Compression.Hash(rendition.Content);
        if (before is not null && before.Holds(rendition, hash))
        {
            return before;
        }

        if (rendition.Plain)
        {
            return new(rendition, hash, new(rendition.Content, null, hash));
        }

        var brotli = Compression.Brotli(rendition.Content, thoroughly: rendition.Immutable);
        var gzip = Compression.Gzip(rendition.Content, CompressionLevel.Optimal);
        return new(rendition, hash, new(rendition.Content, null, hash))
        {
            Gzip = Pays(gzip, rendition) ? new(gzip, "gzip", hash) : null,
            Brotli = Pays(brotli, rendition) ? new(brotli, "br", hash) : null,
        };
    }

    /// <summary>For pages that are many and rarely read: one encoding, a quarter of the memory and of the work.</summary>
    public static PageBytes Archived(Rendition rendition)
    {
        var hash = Compression.Hash(rendition.Content);
        var gzip = Compression.Gzip(rendition.Content, CompressionLevel.Fastest);
        return Pays(gzip, rendition)
            ? new(rendition, hash, identity: null) { Gzip = new(gzip, "gzip", hash) }
            : new(rendition, hash, new(rendition.Content, null, hash));
    }

    /// <summary>A page as it was; what may still change is not kept by anybody.</summary>
    public static PageBytes OfPast(Rendition rendition, DateTimeOffset at, bool isSettled)
    {
        var page = Archived(rendition with
        {
            Content = rendition.ContentType.StartsWith("text/html", StringComparison.Ordinal)
                ? Encoding.UTF8.GetBytes(PastLinks.Keep(Encoding.UTF8.GetString(rendition.Content), at))
                : rendition.Content,
        });
        page.CacheControl = isSettled ? Caching.OfPast : Caching.Never;
        return page;
    }

    private static bool Pays(byte[] compressed, Rendition rendition) => compressed.Length < rendition.Content.Length - 32;

    private bool Holds(Rendition rendition, string hash) =>
        Hash == hash
        && identity is not null
        && StatusCode == rendition.StatusCode
        && ContentType == rendition.ContentType
        && ContentSecurityPolicy == (rendition.ContentSecurityPolicy ?? Caching.NothingMayRun);
}
