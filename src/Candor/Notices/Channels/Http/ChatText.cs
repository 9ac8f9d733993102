using System.Text;
using Candor.Notices.Wording;

namespace Candor.Notices.Channels.Http;

/// <summary>What goes into a chat: the text without the lines about the subscription, which a chat's own settings answer, cut where the service cuts.</summary>
internal static class ChatText
{
    private const string Parting = "\n\n";

    /// <summary>The text with the heading left to the chat's own form. What is promised next stays where the rest has no room.</summary>
    public static string Of(Message message, int most)
    {
        var text = new StringBuilder();
        foreach (var line in message.Text.Split('\n').Where(line => !IsAboutTheSubscription(line, message) && line != message.Facts.Url))
        {
            text.Append(line).Append('\n');
        }

        var whole = text.ToString().Trim();
        return whole.Length <= most || message.Next is not { } next || next.Length + Parting.Length >= most / 2 ? Cut(whole, most)
            : Cut(whole.EndsWith(next, StringComparison.Ordinal) ? whole[..^next.Length].TrimEnd() : whole, most - next.Length - Parting.Length) + Parting + next;
    }

    /// <summary>What the link that goes along is called.</summary>
    public static string LinkWords(Message message) => NoticeSpeech.Of(message).LinkOf(message.Facts.About);

    /// <summary>Never in the middle of a character that takes two.</summary>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return text[..end] + "…";
    }

    private static bool IsAboutTheSubscription(string line, Message message) =>
        (message.ManageUrl is { } manage && line.EndsWith(manage, StringComparison.Ordinal))
        || (message.UnsubscribeUrl is { } leave && line.EndsWith(leave, StringComparison.Ordinal));
}
