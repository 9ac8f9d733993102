using System.Net;
using System.Net.Http.Headers;
using Candor.Notices.Channels.Http;

namespace Candor.Notices.Channels.Webhook;

/// <summary>
/// One POST, answered or not. A redirect is never followed, 410 ends the subscription, 429 and 503 say how long to wait.
/// Nothing of an answer's body is kept: an endpoint that somebody points at a place of ours learns nothing by us.
/// </summary>
internal sealed class WebhookChannel(ChannelTools tools, ChannelTiming timing) : IChannel
{
    private readonly HttpSender sender = new(tools, timing.SendWithin);

    public async Task<Handover> SendAsync(Message message, CancellationToken cancellation)
    {
        using var request = Request(message);
        return await sender.SendAsync(request, static answer => answer.ReadWithGone((int)HttpStatusCode.Gone), cancellation);
    }

    public ValueTask DisposeAsync()
    {
        sender.Dispose();
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
}
