using System.Text;
using Candor.Notices.Channels;

namespace Candor.Notices.Wording;

/// <summary>A notice as plain text. The order is what a tired person needs: what, since when, who, late or not, the word itself, what next.</summary>
internal static class NoticeText
{
    /// <summary>More than these are on the page only.</summary>
    public const int EarlierMost = 10;

    /// <summary>All of it but the links at the end that are one person's; see <see cref="NoticeEnd"/>.</summary>
    public static string Of(MessageFacts facts, Hearer hearer)
    {
        var text = new StringBuilder(Part(facts, hearer));
        Paragraph(text, facts.Url);
        return text.ToString();
    }

    /// <summary>All of it but where to go from here.</summary>
    public static string Part(MessageFacts facts, Hearer hearer)
    {
        var text = new StringBuilder();
        text.Append(facts.Title).Append('\n');
        Line(text, Sentences.Elsewhere(facts, hearer));
        var span = Sentences.Span(facts, hearer);
        text.Append(hearer.Speech.Status(facts.Status)).Append(span[0] == '.' ? "" : " ").Append(span).Append('\n');
        Line(text, Sentences.Affected(facts, hearer));
        Paragraph(text, Sentences.Late(facts, hearer));
        if (facts.Updates is [var newest, .. var earlier])
        {
            Paragraph(text, $"{Sentences.Heading(newest, hearer)}\n{Body(newest.Body, facts.PageUrl, hearer)}");
            if (earlier.Length > 0)
            {
                Paragraph(text, hearer.Speech.Earlier);
                foreach (var update in earlier.Take(EarlierMost))
                {
                    text.Append("- ").Append(Sentences.Heading(update, hearer)).Append(": ").Append(Sentences.Excerpt(update.Body)).Append('\n');
                }

                Line(text, More(earlier.Length, hearer));
            }
        }

        Paragraph(text, Sentences.Next(facts, hearer));
        return text.ToString();
    }

    /// <summary>Null where everything was said.</summary>
    public static string? More(int earlier, Hearer hearer) => earlier > EarlierMost ? hearer.Speech.MoreOnPage(earlier - EarlierMost) : null;

    /// <summary>Markdown reads well as it was written, and keeps its addresses; what is not text goes.</summary>
    private static string Body(string body, string? pageUrl, Hearer hearer)
    {
        var clean = new StringBuilder(body.Length);
        foreach (var c in body.ReplaceLineEndings("\n"))
        {
            clean.Append(char.IsControl(c) && c is not ('\n' or '\t') ? ' ' : c);
        }

        var text = clean.ToString().Trim();
        return Absolute(text.Length <= Pages.Wording.Markdown.CharactersMax ? text
            : text[..Pages.Wording.Markdown.CharactersMax] + "\n" + hearer.Clock.Language.Longer, pageUrl);
    }

    /// <summary>A link within the page leads nowhere from a mail, unless it says where the page is.</summary>
    private static string Absolute(string text, string? pageUrl) => Pages.Wording.SafeLink.OrNull(pageUrl) is { } page
        ? text.Replace("](/", $"]({page.TrimEnd('/')}/", StringComparison.Ordinal)
        : text;

    private static void Line(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            text.Append(line).Append('\n');
        }
    }

    public static void Paragraph(StringBuilder text, string? paragraph)
    {
        if (paragraph is not null)
        {
            text.Append('\n').Append(paragraph).Append('\n');
        }
    }
}
