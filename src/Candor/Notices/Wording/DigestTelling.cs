using System.Text;
using Candor.Notices.Channels;

namespace Candor.Notices.Wording;

/// <summary>
/// Several topics in words, what was said in a while or what is over for long: each as it stands now, the newest word whole and
/// earlier ones in a line.
/// </summary>
internal static class DigestTelling
{
    public static NoticeWords Of(MessageFacts facts, Hearer hearer)
    {
        var (text, html) = (new StringBuilder(), new StringBuilder());
        var first = facts.About == MessageSubject.OverForLong ? hearer.Speech.OverForLong : hearer.Speech.DigestOf(facts.StartedAt, facts.UpdatedAt, hearer);
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
            text.Append(part.Url is { } url ? $"{hearer.Speech.Read}: {url}\n" : "");
            html.Append(NoticeHtml.Part(part, hearer));
            NoticeHtml.Linked(html, part.Url, hearer.Speech.Read);
        }

        NoticeText.Paragraph(text, facts.Url);
        NoticeHtml.Read(html, facts, hearer);
        return new(Subject(facts, hearer.Speech), text.ToString(), html.ToString());
    }

    /// <summary>"[Heron Copier] Digest: Homepage is down: resolved" of one topic; of several how many of each.</summary>
    private static string Subject(MessageFacts facts, NoticeSpeech speech)
    {
        var planned = facts.Parts.Count(static part => part.About == MessageSubject.Maintenance);
        var incidents = facts.Parts.Length - planned;
        string[] counted =
        [
            .. incidents > 0 ? [speech.Incidents(incidents)] : Array.Empty<string>(),
            .. planned > 0 ? [speech.Maintenances(planned)] : Array.Empty<string>(),
        ];
        var what = facts.Parts is [var only] ? $"{only.Title}: {Sentences.State(only, speech)}" : string.Join(", ", counted);
        return $"[{facts.PageName}] " + (facts.About == MessageSubject.OverForLong ? speech.OverForLongSubject(what) : speech.DigestSubject(what));
    }
}
