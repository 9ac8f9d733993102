using System.Text.Json;
using Candor.Notices.Channels.Http;

namespace Candor.Notices.Channels.Sms;

/// <summary>What Twilio answers. Its <c>code</c> says whose fault a refusal is. Source: https://www.twilio.com/docs/api/errors</summary>
internal static class SmsAnswers
{
    private const int Unsubscribed = 21610;

    private const int QueueFull = 21611;

    // This number is no telephone, or none that may be written to.
    private static readonly int[] TheNumbers = [21211, 21214, 21217, 21219, 21408, 21608, 21612, 21614, 21635];

    // The sender or the account is refused, whoever it goes to. What is in neither list is tried again for its half hour: one
    // number must not stop the others, and what is new tomorrow must not cost everybody their message.
    private static readonly int[] TheSenders =
        [20003, 20005, 20008, 20404, 21212, 21213, 21601, 21603, 21606, 21607, 21618, 21659, 21660, 21701, 21703, 21704, 21705, 21706];

    public static Handover Read(HttpAnswer answer) => (answer.Status, CodeOf(answer.Body)) switch
    {
        ( >= 200 and < 300, _) => Handover.Delivered(answer.Said),
        (400, Unsubscribed) => Handover.Refused(Blame.Recipient, "gone", $"{answer.Said}: they answered STOP", removes: true),
        (400, QueueFull) => Handover.TryAgain(Blame.Destination, "queue_full", $"{answer.Said}: the sender's queue is full", stress: true),
        (400, { } code) when TheNumbers.Contains(code) => Handover.Refused(Blame.Recipient, "refused", $"{answer.Said}, code {code}"),
        (400, { } code) when !TheSenders.Contains(code) => Handover.TryAgain(Blame.Recipient, "refused", $"{answer.Said}, code {code}"),
        (401 or 403 or 404, var code) => Handover.Refused(Blame.Channel, "login", $"{answer.Said}{With(code)}: look at notices.sms"),
        (400, var code) => Handover.Refused(Blame.Channel, "sender", $"{answer.Said}{With(code)}: look at notices.sms"),
        _ => answer.Read(),
    };

    private static string With(int? code) => code is { } number ? $", code {number}" : "";

    private static int? CodeOf(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out var number)
                    ? number
                    : null;
        }
        catch (JsonException)
        {
            return null; // the status has to be enough
        }
    }
}
