using System.Text.Json.Nodes;
using Candor.Notices.Channels.Http;

namespace Candor.Notices.Channels.Ntfy;

/// <summary>A message for phones: what is bad is loud, what is over is not.</summary>
internal static class NtfyBody
{
    private const int TitleMost = 200;
    private const int TextMost = 1_300; // ntfy makes a file of what has more than 4096 bytes

    public static JsonObject Of(Message message)
    {
        var (priority, tag) = Severities.Of(message.Facts) switch
        {
            Severity.Over => (3, "white_check_mark"),
            Severity.Planned => (2, "wrench"),
            Severity.Minor => (3, "warning"),
            Severity.Major => (4, "warning"),
            _ => (5, "rotating_light"),
        };
        var body = new JsonObject
        {
            ["topic"] = NtfyTopic.Of(message.Address)!.Value.Name,
            ["title"] = ChatText.Cut(message.Subject, TitleMost),
            ["message"] = ChatText.Of(message, TextMost),
            ["priority"] = priority,
            ["tags"] = new JsonArray(tag),
        };
        if (message.Facts.Url is { } url)
        {
            body["click"] = url;
        }

        return body;
    }
}
