using System.Globalization;
using System.Net;

namespace Candor.Notices.Channels.Http;

/// <summary>What came back for one request.</summary>
/// <param name="Body">The beginning of it where the channel asked for it, else empty.</param>
internal sealed record HttpAnswer(int Status, string Words, TimeSpan? RetryAfter, string Body)
{
    // Cloudflare's own, for what came of a request that it had passed on. Source:
    // https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/
    private const int GatewayHeardNonsense = 520;
    private const int GatewayHeardNothing = 524;

    /// <summary>Two numbers and a word, for the ledger. Nothing of the body: whoever points us at a place of ours learns nothing.</summary>
    public string Said => string.Create(CultureInfo.InvariantCulture, $"{Status} {Words}");

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>
    /// What a status means wherever nobody says otherwise: a redirect is never followed, 429 and 503 say how long to wait,
    /// what is refused is this recipient's own. A gateway's word that it heard nothing from behind is no answer: it may have arrived.
    /// </summary>
    public Handover Read() => Status switch
    {
        >= 200 and < 300 => Handover.Delivered(Said),
        >= 300 and < 400 => Handover.Refused(Blame.Recipient, "redirect", Said),
        (int)HttpStatusCode.TooManyRequests => Handover.TryAgain(Blame.None, "throttled", Said, RetryAfter, stress: true),
        (int)HttpStatusCode.ServiceUnavailable => Handover.TryAgain(Blame.Destination, "busy", Said, RetryAfter, stress: true),
        (int)HttpStatusCode.RequestTimeout => Handover.TryAgain(Blame.Destination, "timeout", Said),
        (int)HttpStatusCode.BadGateway or (int)HttpStatusCode.GatewayTimeout or GatewayHeardNonsense or GatewayHeardNothing => Handover.Silent("failing", Said),
        >= 500 => Handover.TryAgain(Blame.Destination, "failing", Said),
        _ => Handover.Refused(Blame.Recipient, "refused", Said),
    };

    /// <summary>The same where whoever holds the address can end the subscription by taking it away.</summary>
    public Handover ReadWithGone(params ReadOnlySpan<int> gone) =>
        gone.Contains(Status) ? Handover.Refused(Blame.Recipient, "gone", Said, removes: true) : Read();
}
