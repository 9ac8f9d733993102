using System.Text;
using Candor.Notices.Channels;
using Candor.Pages.Wording;

namespace Candor.Notices.Wording;

/// <summary>A digest in words: what was said in a while, each topic as it stands now, the newest word whole and earlier ones in a line.</summary>
internal static class DigestTelling
{
    public static NoticeWords Of(MessageFacts facts, Hearer hearer)
    {
        var (text, html) = (new StringBuilder(), new StringBuilder());
        var first = $"What was said between {hearer.Clock.Short(facts.StartedAt, hearer.Now)} and {hearer.Clock.Short(facts.UpdatedAt, hearer.Now)}.";
        text.Append(first).Append('\n');
        NoticeHtml.Paragraph(html, first);
        if (Sentences.Late(facts, hearer) is { } late)
        {
            text.Append('\n').Append(late).Append('\n');
            NoticeHtml.Paragraph(html, late);
        }

        foreach (var part in facts.Parts)
        {
            text.Append('\n').Append(NoticeText.Part(part, hearer));
            html.Append(NoticeHtml.Part(part, hearer));
        }

        NoticeText.Footer(text, facts.Url, hearer);
        NoticeHtml.Footer(html, facts, hearer);
        return new(Subject(facts), text.ToString(), html.ToString());
    }

    /// <summary>"[Heron Copier] Digest: Homepage is down: resolved" of one topic; of several how many of each.</summary>
    private static string Subject(MessageFacts facts)
    {
        var planned = facts.Parts.Count(static part => part.About == MessageSubject.Maintenance);
        var incidents = facts.Parts.Length - planned;
        string[] counted =
        [
            .. incidents > 0 ? [Listing.Count(incidents, "incident", "incidents")] : Array.Empty<string>(),
            .. planned > 0 ? [Listing.Count(planned, "planned maintenance", "planned maintenances")] : Array.Empty<string>(),
        ];
        return facts.Parts is [var only]
            ? $"[{facts.PageName}] Digest: {only.Title}: {StatusWords.ForPeople(only.Status).ToLowerInvariant()}"
            : $"[{facts.PageName}] Digest: {string.Join(", ", counted)}";
    }
}
