using System.Globalization;
using System.Net;

namespace Candor.Notices.Channels.Http;

/// <summary>What came back for one request.</summary>
/// <param name="Body">The beginning of it where the channel asked for it, else empty.</param>
internal sealed record HttpAnswer(int Status, string Words, TimeSpan? RetryAfter, string Body)
{
    /// <summary>Two numbers and a word, for the ledger. Nothing of the body: whoever points us at a place of ours learns nothing.</summary>
    public string Said => string.Create(CultureInfo.InvariantCulture, $"{Status} {Words}");

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>
    /// What a status means wherever nobody says otherwise: a redirect is never followed, 429 and 503 say how long to wait,
    /// what is refused is this recipient's own.
    /// </summary>
    public Handover Read() => Status switch
    {
        >= 200 and < 300 => Handover.Delivered(Said),
        >= 300 and < 400 => Handover.Refused(Blame.Recipient, "redirect", Said),
        (int)HttpStatusCode.TooManyRequests => Handover.TryAgain(Blame.None, "throttled", Said, RetryAfter, stress: true),
        (int)HttpStatusCode.ServiceUnavailable => Handover.TryAgain(Blame.Destination, "busy", Said, RetryAfter, stress: true),
        (int)HttpStatusCode.RequestTimeout => Handover.TryAgain(Blame.Destination, "timeout", Said),
        >= 500 => Handover.TryAgain(Blame.Destination, "failing", Said),
        _ => Handover.Refused(Blame.Recipient, "refused", Said),
    };

    /// <summary>The same where whoever holds the address can end the subscription by taking it away.</summary>
    public Handover ReadWithGone(params ReadOnlySpan<int> gone) =>
        gone.Contains(Status) ? Handover.Refused(Blame.Recipient, "gone", Said, removes: true) : Read();
}
