using System.Globalization;
using System.Text.Json;
using Candor.Notices.Channels.Http;

namespace Candor.Notices.Channels.Telegram;

/// <summary>What the Bot API answers: <c>ok</c>, <c>result.message_id</c>, <c>parameters.retry_after</c>, <c>migrate_to_chat_id</c>.</summary>
internal static class TelegramAnswers
{
    public static Handover Read(HttpAnswer answer) => answer.Status switch
    {
        >= 200 and < 300 => Handover.Delivered(answer.Said, Number(answer.Body, "result", "message_id")?.ToString(CultureInfo.InvariantCulture)),
        401 or 404 => Handover.Refused(Blame.Channel, "login", $"{answer.Said}: notices.telegram.token is not a bot's"),
        403 => Handover.Refused(Blame.Recipient, "gone", $"{answer.Said}: the bot was blocked, or is not in the chat", removes: true),
        429 => Handover.TryAgain(Blame.None, "throttled", answer.Said, After(answer), stress: true),
        _ => answer.Read(),
    };

    private static TimeSpan? After(HttpAnswer answer) =>
        answer.RetryAfter
        ?? (Number(answer.Body, "parameters", "retry_after") is { } seconds and >= 0 and < 1_000_000 ? HttpSender.Bounded(TimeSpan.FromSeconds(seconds)) : null);

    private static long? Number(string body, string outer, string inner)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty(outer, out var result) && result.ValueKind == JsonValueKind.Object
                && result.TryGetProperty(inner, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
                    ? number
                    : null;
        }
        catch (JsonException)
        {
            return null; // whatever answered does not speak as the Bot API does; the status has said enough
        }
    }
}
