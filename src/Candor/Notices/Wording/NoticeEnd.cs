using System.Text;
using Candor.Notices.Channels;

namespace Candor.Notices.Wording;

/// <summary>
/// Where one person changes or ends what they are told. It is the end of a notice, so that all before it is the same for many,
/// and it is written from the two addresses where the notice is sent: the core hands over nothing else that is one person's.
/// </summary>
internal static class NoticeEnd
{
    /// <summary>What is about no incident is told once, and has its own link where it has any.</summary>
    public static bool FollowsOn(MessageSubject about) =>
        about is MessageSubject.Incident or MessageSubject.Maintenance or MessageSubject.Digest or MessageSubject.OverForLong;

    /// <summary>Behind the words of <see cref="NoticeText"/>.</summary>
    public static string Text(Message message)
    {
        if (!message.Words.LinksFollow)
        {
            return "";
        }

        var (speech, manage, leave) = (NoticeSpeech.Of(message), message.ManageUrl, message.UnsubscribeUrl);
        return (manage is null ? "" : $"\n{speech.Manage}: {manage}\n") + (leave is null ? "" : $"{speech.Unsubscribe}: {leave}\n");
    }

    /// <summary>Behind those of <see cref="NoticeHtml"/>.</summary>
    public static string Html(Message message)
    {
        if (!message.Words.LinksFollow)
        {
            return "";
        }

        var (speech, html) = (NoticeSpeech.Of(message), new StringBuilder("<p class=\"soft\">"));
        NoticeHtml.Link(html, "", message.ManageUrl, speech.Manage);
        NoticeHtml.Link(html, message.ManageUrl is null ? "" : " · ", message.UnsubscribeUrl, speech.Unsubscribe);
        return html.Append("</p>\n").ToString();
    }
}
