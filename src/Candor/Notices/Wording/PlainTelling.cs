using System.Text;
using Candor.Notices.Channels;

namespace Candor.Notices.Wording;

/// <summary>Messages that are about no incident. Nothing in them was written by a stranger.</summary>
internal static class PlainTelling
{
    public static NoticeWords Test(MessageFacts facts, NoticeSpeech speech) =>
        Words(facts, speech.Test(facts.PageName), facts.PageUrl, speech.StatusPage);

    public static NoticeWords Confirmation(MessageFacts facts, NoticeSpeech speech) =>
        Words(facts, speech.Confirmation(facts.PageName), facts.Url, speech.Confirm);

    public static NoticeWords Link(MessageFacts facts, NoticeSpeech speech) =>
        Words(facts, speech.Subscription(facts.PageName), facts.Url, speech.SeeSubscription);

    public static NoticeWords Words(MessageFacts facts, PlainWords words, string? url, string link)
    {
        var html = new StringBuilder();
        NoticeHtml.Paragraph(html, words.First);
        NoticeHtml.Paragraph(html, facts.Chosen);
        NoticeHtml.Paragraph(html, words.Second);
        NoticeHtml.Linked(html, url, link);
        if (facts.Chosen is not null)
        {
            // Whoever is asked to press a link sees where it leads.
            NoticeHtml.Linked(html, url, url!);
        }

        return new(
            $"[{facts.PageName}] {words.Subject}",
            $"{words.First}\n\n{(facts.Chosen is { } chosen ? chosen + "\n\n" : "")}{words.Second}\n{(url is null ? "" : $"\n{url}\n")}",
            html.ToString());
    }
}
