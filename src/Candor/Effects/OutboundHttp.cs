using System.Net;
using System.Net.Sockets;

namespace Candor.Effects;

/// <summary>
/// HTTP clients for everything that talks to the outside (webhooks, chat, vendors' pages). They connect through the
/// guard and follow nothing by themselves. The only place where an HTTP client is made.
/// </summary>
internal static class OutboundHttp
{
    private const int HeaderKilobytesMax = 64;

    /// <summary>A client of its own connection pool; keep it for the life of the caller.</summary>
    public static HttpClient Client(INetwork network, TimeSpan timeout) =>
        new(Handler(network)) { Timeout = timeout, MaxResponseContentBufferSize = 4 * 1024 * 1024 };

    /// <summary>No proxy, redirect, cookie or credential of the machine ever takes part; bodies arrive as they were sent.</summary>
    public static SocketsHttpHandler Handler(INetwork network) => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        PreAuthenticate = false,
        AutomaticDecompression = DecompressionMethods.None,
        MaxResponseHeadersLength = HeaderKilobytesMax,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2), // so that a changed address is noticed
        ConnectCallback = (context, cancellation) => OpenAsync(network, context.DnsEndPoint, cancellation),
    };

    /// <summary>
    /// For probes: every request gets a connection of its own, made by <paramref name="open"/> (with TLS where wanted), and
    /// the connection is closed after the answer.
    /// </summary>
    public static HttpMessageInvoker Single(Func<HttpRequestMessage, CancellationToken, ValueTask<Stream>> open)
    {
        return new(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            PreAuthenticate = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = HeaderKilobytesMax,
            ActivityHeadersPropagator = null,
            MaxResponseDrainSize = 0,
            PooledConnectionLifetime = TimeSpan.Zero,
            ConnectTimeout = Timeout.InfiniteTimeSpan, // the probe's own deadline holds
            ConnectCallback = (context, cancellation) => open(context.InitialRequestMessage, cancellation),
        });
    }

    /// <summary>Resolves through the guard and connects to the first address that answers.</summary>
    public static async ValueTask<Stream> OpenAsync(INetwork network, DnsEndPoint target, CancellationToken cancellation)
    {
        var found = await network.ResolveAsync(target.Host, cancellation);
        if (found.Allowed.Count == 0)
        {
            throw found.Forbidden.Count > 0
                ? new EgressForbiddenException(found.Reason)
                : new HttpRequestException(HttpRequestError.NameResolutionError, found.Reason);
        }

        for (var i = 0; ; i++)
        {
            try
            {
                return await network.ConnectAsync(new IPEndPoint(found.Allowed[i], target.Port), cancellation);
            }
            catch (SocketException) when (i + 1 < found.Allowed.Count)
            {
                // The next address may answer.
            }
        }
    }
}
