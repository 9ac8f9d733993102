using System.Net;

namespace Candor.Notices.Channels.Http;

/// <summary>
/// A request's body that knows whether anybody began to write it. A request is whole with its body: before that, it cannot
/// have arrived; from then on, nobody knows until there is an answer.
/// </summary>
internal sealed class WatchedContent : HttpContent
{
    private readonly HttpContent inner;
    private volatile bool began;

    private WatchedContent(HttpContent inner)
    {
        this.inner = inner;
        foreach (var (name, values) in inner.Headers)
        {
            Headers.TryAddWithoutValidation(name, values);
        }
    }

    /// <summary>The request may have reached the other side.</summary>
    public bool MayHaveArrived => began;

    /// <summary>Puts itself around the body of a request; an empty one where there is none.</summary>
    public static WatchedContent Around(HttpRequestMessage request)
    {
        var watched = new WatchedContent(request.Content ?? new ByteArrayContent([]));
        request.Content = watched;
        return watched;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        began = true;
        return inner.CopyToAsync(stream, context, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = inner.Headers.ContentLength ?? 0;
        return inner.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
