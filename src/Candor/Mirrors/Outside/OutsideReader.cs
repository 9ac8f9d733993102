using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using Candor.Effects;
using Candor.Pages;

namespace Candor.Mirrors.Outside;

/// <summary>
/// Reads a page as an ordinary reader would: by its public address, through whatever stands in between, caches too. Follows a
/// few redirects, each through the guard.
/// </summary>
internal sealed class OutsideReader(HttpMessageInvoker http)
{
    private const int BytesMax = 4 << 20;
    private const int HopsMax = 3;
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(15);

    /// <summary>Each round on a connection of its own, so that another certificate or another machine behind the name is noticed.</summary>
    public static HttpMessageInvoker Client(INetwork network)
    {
        var handler = OutboundHttp.Handler(network);
        handler.PooledConnectionIdleTimeout = TimeSpan.FromSeconds(5);
        return new(handler);
    }

    public async Task<PageReading> ReadAsync(Uri address, string path, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(AnswersWithin);
        try
        {
            return await FollowedAsync(new Uri(address, path), path, patience.Token);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested
            && fault is HttpRequestException or IOException or InvalidDataException or OperationCanceledException or EgressForbiddenException)
        {
            return PageReading.Failed(path, SentenceOf(fault));
        }
    }

    private async Task<PageReading> FollowedAsync(Uri at, string path, CancellationToken cancellation)
    {
        for (var hop = 0; ; hop++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, at);
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));
            request.Headers.TryAddWithoutValidation("User-Agent", "Candor (reads its own page back)");
            using var answer = await http.SendAsync(request, cancellation);
            if (answer.StatusCode is HttpStatusCode.OK)
            {
                var body = await BoundedBody.ReadAsync(answer.Content, BytesMax, cancellation);
                return new(path, Compression.Hash(body.Span), MirrorWords.AreOn(body.Span), null);
            }

            if ((int)answer.StatusCode is not (>= 300 and < 400) || answer.Headers.Location is not { } location)
            {
                return PageReading.Failed(path, $"{path} is answered with {(int)answer.StatusCode}");
            }

            at = new Uri(at, location);
            if (hop == HopsMax || !WebAddress.Check(at, out _))
            {
                return PageReading.Failed(path, $"{path} is redirected {(hop == HopsMax ? "again and again" : "to what is no web address")}");
            }
        }
    }

    private static string SentenceOf(Exception fault) => fault switch
    {
        OperationCanceledException => $"nothing answers within {AnswersWithin.TotalSeconds:0} s",
        HttpRequestException { InnerException: AuthenticationException tls } => $"its certificate is not accepted ({tls.Message})",
        _ => $"it cannot be read ({fault.Message})",
    };
}

/// <summary>What a reader got.</summary>
/// <param name="Hash">Of the bytes; null where there were none.</param>
/// <param name="HasMirrorsWords">A mirror said something of its own on it: that it has not heard from here, or a bulletin.</param>
/// <param name="Trouble">Why there is no page, as the end of a sentence.</param>
internal sealed record PageReading(string Path, string? Hash, bool HasMirrorsWords, string? Trouble)
{
    public static PageReading Failed(string path, string trouble) => new(path, null, false, trouble);
}
