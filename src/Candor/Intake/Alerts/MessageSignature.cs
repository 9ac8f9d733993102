using Candor.Access;
using Candor.Journal;
using Candor.Probing.Alert;

namespace Candor.Intake.Alerts;

/// <summary>Whether an alert comes from who has the secret, and is new; see <see cref="SignedRequest"/>.</summary>
internal static class MessageSignature
{
    /// <summary>One answer for all of it: whoever guesses learns nothing of how near they are.</summary>
    public static readonly Refusal NotSigned = new(
        "alerts.signature",
        "The message is not signed, wrongly signed, more than 5 minutes old or ahead, or was taken before. Sign each with the time of now, as docs/alerts.md shows.");

    /// <summary>Null where any of it is not so; that it was not taken before is for the book to say.</summary>
    public static SignedMessage? Check(HttpRequest request, string secret, ReadOnlySpan<byte> body, DateTimeOffset now) =>
        SignedRequest.Check(request, secret, body, now) is { } signature ? new(signature, SignedRequest.Window) : null;

    public static bool IsBearer(HttpRequest request, string secret) => SignedRequest.IsBearer(request, secret);
}
