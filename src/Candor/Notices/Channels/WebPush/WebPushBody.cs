using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Candor.Notices.Channels.Http;

namespace Candor.Notices.Channels.WebPush;

/// <summary>What the page's own worker in the browser makes a notification of.</summary>
internal static class WebPushBody
{
    private const int TitleMost = 120;
    private const int TextMost = 400; // more is not shown, and even 12 bytes a character stay within one record

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Of(Message message)
    {
        var body = new JsonObject
        {
            ["title"] = ChatText.Cut(message.Subject, TitleMost),
            ["body"] = ChatText.Cut(ChatText.Of(message, TextMost), TextMost),
            ["tag"] = message.Thread,
        };
        if (message.Facts.Url is { Length: < 1_024 } url)
        {
            body["url"] = url;
        }

        var bytes = System.Text.Encoding.UTF8.GetBytes(body.ToJsonString(Plain));
        if (bytes.Length <= WebPushCipher.PlainMost)
        {
            return bytes;
        }

        // Only control characters and the like take so much; what cannot be said here is on the page.
        body["body"] = "";
        return System.Text.Encoding.UTF8.GetBytes(body.ToJsonString(Plain));
    }

    /// <summary>RFC 8030: whether a browser that saves its battery is woken.</summary>
    public static string UrgencyOf(MessageFacts facts) => Severities.Of(facts) switch
    {
        Severity.Critical or Severity.Major => "high",
        Severity.Planned => "low",
        _ => "normal",
    };
}
