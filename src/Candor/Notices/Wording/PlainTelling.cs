using System.Text;
using Candor.Notices.Channels;

namespace Candor.Notices.Wording;

/// <summary>Messages that are about no incident. Nothing in them was written by a stranger.</summary>
internal static class PlainTelling
{
    public static NoticeWords Test(MessageFacts facts) => Words(
        $"[{facts.PageName}] Test: this channel works",
        $"This is a test. Nothing is wrong with {facts.PageName}.",
        "A person of its team pressed the button that sends it. Notices about incidents and maintenance come the same way.",
        facts.PageUrl,
        "The status page");

    public static NoticeWords Confirmation(MessageFacts facts) => Words(
        $"[{facts.PageName}] Confirm that you want to be told",
        $"Somebody, probably you, asked that this address is told when {facts.PageName} has trouble.",
        "Open the address below to confirm. If it was not you, do nothing: without that, nothing more is sent.",
        facts.Url,
        "Confirm");

    public static NoticeWords Link(MessageFacts facts) => Words(
        $"[{facts.PageName}] Your subscription",
        $"Somebody, probably you, asked for this address to be told when {facts.PageName} has trouble. It is told already.",
        "At the address below you see and change what you are told, or end it. If it was not you, do nothing: nothing has changed.",
        facts.Url,
        "See your subscription");

    public static NoticeWords Words(string subject, string first, string second, string? url, string link)
    {
        var html = new StringBuilder();
        NoticeHtml.Paragraph(html, first);
        NoticeHtml.Paragraph(html, second);
        html.Append("<p>");
        NoticeHtml.Link(html, "", url, link);
        html.Append("</p>\n");
        return new(subject, $"{first}\n\n{second}\n{(url is null ? "" : $"\n{url}\n")}", html.ToString());
    }
}
