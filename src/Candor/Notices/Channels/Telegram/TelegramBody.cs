using System.Globalization;
using System.Text.Json.Nodes;
using Candor.Notices.Channels.Http;

namespace Candor.Notices.Channels.Telegram;

/// <summary>Plain text, without a mode that would read it as mark-up. What belongs together answers what was said before.</summary>
internal static class TelegramBody
{
    private const int TextMost = 3_500;

    public static JsonObject Of(Message message)
    {
        var link = message.Facts.Url is { } url ? $"\n\n{url}" : "";
        var body = new JsonObject
        {
            ["chat_id"] = message.Address,
            ["text"] = $"{ChatText.Cut(message.Subject, 400)}\n\n{ChatText.Of(message, TextMost)}{link}",
            ["link_preview_options"] = new JsonObject { ["is_disabled"] = true },
        };
        if (long.TryParse(message.Earlier, NumberStyles.None, CultureInfo.InvariantCulture, out var earlier))
        {
            body["reply_parameters"] = new JsonObject { ["message_id"] = earlier, ["allow_sending_without_reply"] = true };
        }

        return body;
    }
}
