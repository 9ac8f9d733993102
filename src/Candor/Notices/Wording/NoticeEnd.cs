using System.Text;
using Candor.Notices.Channels;

namespace Candor.Notices.Wording;

/// <summary>Where one person changes or ends what they are told. It is the end of a notice, so that all before it is the same for many.</summary>
/// <param name="Text">Behind the words of <see cref="NoticeText"/>.</param>
/// <param name="Html">Behind those of <see cref="NoticeHtml"/>.</param>
internal readonly record struct NoticeEnd(string Text, string Html)
{
    private static readonly NoticeEnd None = new("", "");

    /// <summary>What is about no incident is told once, and has its own link where it has any.</summary>
    public static NoticeEnd Of(MessageSubject about, NoticeSpeech speech, string? manage, string? leave) =>
        about is MessageSubject.Incident or MessageSubject.Maintenance or MessageSubject.Digest or MessageSubject.OverForLong
            ? Of(speech, manage, leave)
            : None;

    private static NoticeEnd Of(NoticeSpeech speech, string? manage, string? leave)
    {
        var html = new StringBuilder("<p class=\"soft\">");
        NoticeHtml.Link(html, "", manage, speech.Manage);
        NoticeHtml.Link(html, manage is null ? "" : " · ", leave, speech.Unsubscribe);
        html.Append("</p>\n");
        return new(
            (manage is null ? "" : $"\n{speech.Manage}: {manage}\n") + (leave is null ? "" : $"{speech.Unsubscribe}: {leave}\n"),
            html.ToString());
    }
}
