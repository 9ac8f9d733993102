using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Candor.Notices.Channels.Http;

namespace Candor.Notices.Channels.WebPush;

/// <summary>One POST to the push service of a browser, which passes on what it cannot read. 404 and 410 say that the browser wants no more.</summary>
internal sealed class WebPushChannel(WebPushSender from, ChannelTools tools, ChannelTiming timing) : IChannel
{
    private readonly HttpSender sender = new(tools, timing.SendWithin);

    public async Task<Handover> SendAsync(Message message, CancellationToken cancellation)
    {
        if (WebPushAddress.Read(message.Address, out var fault) is not { } to)
        {
            return Handover.Refused(Blame.Recipient, "no_address", fault, removes: true);
        }

        using var request = Request(message, to);
        var isKnown = WebPushKind.IsService(new Uri(to.Endpoint).Authority);
        return await sender.SendAsync(request, answer => Read(answer, isKnown), cancellation);
    }

    public ValueTask DisposeAsync()
    {
        sender.Dispose();
        from.Dispose();
        return default;
    }

    /// <param name="isKnown">One of the services that browsers come with: what it says of our key is believed. Anybody can enter another one.</param>
    internal static Handover Read(HttpAnswer answer, bool isKnown) => isKnown && answer.Status is 401 or 403
        ? Handover.Refused(Blame.Channel, "key_refused", answer.Said) with { MayBeOwn = true }
        : answer.ReadWithGone(404, 410);

    private HttpRequestMessage Request(Message message, WebPushAddress to)
    {
        var salt = new byte[WebPushCipher.SaltBytes];
        tools.Randomness.Fill(salt);
        using var own = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var content = new ByteArrayContent(WebPushCipher.Encrypt(WebPushBody.Of(message), to, own, salt));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        content.Headers.ContentEncoding.Add("aes128gcm");
        var request = new HttpRequestMessage(HttpMethod.Post, to.Endpoint) { Content = content };
        var origin = new Uri(to.Endpoint).GetLeftPart(UriPartial.Authority);
        request.Headers.TryAddWithoutValidation("Authorization", from.Authorization(origin, tools.Time.GetUtcNow()));
        request.Headers.TryAddWithoutValidation("User-Agent", "Candor-Notices/1");
        request.Headers.TryAddWithoutValidation("TTL", timing.Horizon.TotalSeconds.ToString("F0", CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("Urgency", WebPushBody.UrgencyOf(message.Facts));

        // What a browser that was away has not fetched is replaced by what is said of the same thing later: 32 characters at most.
        request.Headers.TryAddWithoutValidation("Topic", message.Thread[..Math.Min(32, message.Thread.Length)]);
        return request;
    }
}
