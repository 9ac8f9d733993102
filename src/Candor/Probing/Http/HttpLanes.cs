using System.Collections.Concurrent;
using Candor.Effects;

namespace Candor.Probing.Http;

/// <summary>
/// HTTP engines to borrow, one probe each at a time. The platform's handler decides itself which waiting request a new
/// connection serves; with one request per engine there is nothing to mix up, so phases and certificate are this probe's.
/// </summary>
internal sealed class HttpLanes
{
    private readonly ConcurrentBag<HttpMessageInvoker> free = [];

    /// <summary>Where a request says how its connection is made.</summary>
    private static readonly HttpRequestOptionsKey<Func<CancellationToken, ValueTask<Stream>>> Opener = new("open");

    public static readonly HttpLanes Shared = new();

    /// <summary>
    /// Sends over a connection made by <paramref name="open"/>, hands the answer to <paramref name="read"/>, and closes. The
    /// request's own address only carries path and query.
    /// </summary>
    public async ValueTask<T> ExchangeAsync<T>(
        HttpRequestMessage request,
        Func<CancellationToken, ValueTask<Stream>> open,
        Func<HttpResponseMessage, ValueTask<T>> read,
        CancellationToken cancellation)
    {
        request.Options.Set(Opener, open);
        var lane = free.TryTake(out var idle) ? idle : OutboundHttp.Single(
            (asked, token) => asked.Options.TryGetValue(Opener, out var opener)
                ? opener(token)
                : throw new InvalidOperationException("a probe's request lost its way to connect"));
        var clean = false;
        try
        {
            T result;
            using (var response = await lane.SendAsync(request, cancellation))
            {
                result = await read(response);
            }

            clean = true;
            return result;
        }
        finally
        {
            // After a fault the engine may still be connecting in the background, on behalf of a probe that is over.
            if (clean)
            {
                free.Add(lane);
            }
            else
            {
                lane.Dispose();
            }
        }
    }
}
