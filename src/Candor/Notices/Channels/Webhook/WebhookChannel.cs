using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using Candor.Effects;

namespace Candor.Notices.Channels.Webhook;

/// <summary>
/// One POST, answered or not. A redirect is never followed, 410 ends the subscription, 429 and 503 say how long to wait.
/// Nothing of an answer's body is kept: an endpoint that somebody points at a place of ours learns nothing by us.
/// </summary>
internal sealed class WebhookChannel(ChannelTools tools, ChannelTiming timing) : IChannel
{
    private static readonly TimeSpan WaitMost = TimeSpan.FromHours(6);

    private readonly HttpMessageInvoker http = new(OutboundHttp.Handler(tools.Network));

    public async Task<Handover> SendAsync(Message message, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(timing.SendWithin);
        try
        {
            using var request = Request(message);
            using var answer = await http.SendAsync(request, patience.Token);
            return Read(answer);
        }
        catch (OperationCanceledException)
        {
            return Handover.TryAgain(Blame.Destination, "timeout", string.Create(CultureInfo.InvariantCulture, $"no answer within {timing.SendWithin.TotalSeconds:F0} s"));
        }
        catch (Exception fault) when (Forbidden(fault) is { } forbidden)
        {
            return Handover.Refused(Blame.Recipient, "forbidden", forbidden.Message);
        }
        catch (Exception fault) when (fault is HttpRequestException or SocketException or IOException or AuthenticationException)
        {
            return Handover.TryAgain(Blame.Destination, "unreachable", fault.Message);
        }
    }

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return default;
    }

    private HttpRequestMessage Request(Message message)
    {
        var body = WebhookBody.Of(message);
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        var request = new HttpRequestMessage(HttpMethod.Post, message.Address) { Content = content };
        request.Headers.TryAddWithoutValidation("User-Agent", "Candor-Webhook/1");
        request.Headers.TryAddWithoutValidation("Candor-Notice", message.Key);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", message.Key);
        if (!message.SigningKeys.IsEmpty)
        {
            request.Headers.TryAddWithoutValidation(
                WebhookSignature.Header, WebhookSignature.Of(message.SigningKeys, tools.Time.GetUtcNow(), body));
        }

        return request;
    }

    private Handover Read(HttpResponseMessage answer)
    {
        var said = string.Create(CultureInfo.InvariantCulture, $"{(int)answer.StatusCode} {answer.ReasonPhrase}");
        return (int)answer.StatusCode switch
        {
            >= 200 and < 300 => Handover.Delivered(said),
            >= 300 and < 400 => Handover.Refused(Blame.Recipient, "redirect", said),
            (int)HttpStatusCode.Gone => Handover.Refused(Blame.Recipient, "gone", said, removes: true),
            (int)HttpStatusCode.TooManyRequests => Handover.TryAgain(Blame.None, "throttled", said, After(answer), stress: true),
            (int)HttpStatusCode.ServiceUnavailable => Handover.TryAgain(Blame.Destination, "busy", said, After(answer), stress: true),
            (int)HttpStatusCode.RequestTimeout => Handover.TryAgain(Blame.Destination, "timeout", said),
            >= 500 => Handover.TryAgain(Blame.Destination, "failing", said),
            _ => Handover.Refused(Blame.Recipient, "refused", said),
        };
    }

    private TimeSpan? After(HttpResponseMessage answer)
    {
        var asked = answer.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - tools.Time.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return asked switch
        {
            null => null,
            { } wait when wait < TimeSpan.Zero => TimeSpan.Zero,
            { } wait => wait < WaitMost ? wait : WaitMost,
        };
    }

    private static EgressForbiddenException? Forbidden(Exception? fault) =>
        fault is null ? null : fault as EgressForbiddenException ?? Forbidden(fault.InnerException);
}
