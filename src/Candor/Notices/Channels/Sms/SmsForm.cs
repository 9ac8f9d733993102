using Candor.Notices.Channels.Http;
using Candor.Notices.Wording;

namespace Candor.Notices.Channels.Sms;

/// <summary>The fields of one text message: what, how it is, where to read on. No more than two parts of seventy characters, or three where the link is long.</summary>
internal static class SmsForm
{
    private const int TextMost = 134;

    public static IEnumerable<KeyValuePair<string, string>> Of(Message message, string from) =>
    [
        new("To", message.Address),
        new(from.StartsWith("MG", StringComparison.Ordinal) ? "MessagingServiceSid" : "From", from),
        new("Body", Body(message)),
    ];

    private static string Body(Message message)
    {
        var late = message.Facts.Delay is { } delay ? NoticeSpeech.Of(message).LateBy(Math.Max(1, (int)Math.Round(delay.TotalMinutes))) : "";
        var text = ChatText.Cut($"{message.Subject}{late}", TextMost);
        return message.Facts.Url is { } url ? $"{text} {url}" : text;
    }
}
