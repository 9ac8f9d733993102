using Candor.Notices.Wording;

namespace Candor.Notices.Channels.Sms;

/// <summary>
/// The fields of one text message: what, how it is, where to read on. Two parts of it are paid for at most, or three where a
/// character needs the wider alphabet; what is cut for that is the title, because the state behind it is the news.
/// </summary>
internal static class SmsForm
{
    private const int PartsMost = 2;
    private const int WidePartsMost = 3;
    private const int TitleLeast = 12;

    public static IEnumerable<KeyValuePair<string, string>> Of(Message message, string from) =>
    [
        new("To", message.Address),
        new(from.StartsWith("MG", StringComparison.Ordinal) ? "MessagingServiceSid" : "From", from),
        new("Body", Body(message)),
    ];

    private static string Body(Message message)
    {
        var late = message.Facts.Delay is { } delay ? NoticeSpeech.Of(message).LateBy(Math.Max(1, (int)Math.Round(delay.TotalMinutes))) : "";
        var rest = message.Facts.Url is { } url ? $"{late} {url}" : late;
        var (subject, title) = (message.Line ?? message.Subject, message.Facts.Title);
        var at = title.Length > 0 ? subject.LastIndexOf(title, StringComparison.Ordinal) : -1;
        return Fitting("", subject, rest, subject.Length)
            ?? (at >= 0 ? Fitting(subject[..at], title, subject[(at + title.Length)..] + rest, TitleLeast) : null)
            ?? Fitting("", subject, rest, 0)
            ?? rest.TrimStart();
    }

    /// <summary>The longest that fits with as much of the middle as there is room for, if that is enough; else null.</summary>
    private static string? Fitting(string before, string middle, string after, int least)
    {
        for (var length = middle.Length; length >= least; length--)
        {
            var text = before + Cut(middle, length, SmsParts.IsPlain(before + middle + after)) + after;
            if (SmsParts.Of(text) <= (SmsParts.IsPlain(text) ? PartsMost : WidePartsMost))
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>Never in the middle of a character that takes two, and with dots that need no other alphabet than the text.</summary>
    private static string Cut(string text, int length, bool isPlain) => length == text.Length ? text
        : text[..(length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)].TrimEnd() + (isPlain ? "..." : "…");
}
