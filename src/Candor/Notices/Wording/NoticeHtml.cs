using System.Text;
using Candor.Notices.Channels;
using Candor.Pages.Wording;
using Candor.State;
using Candor.State.Maintenances;

namespace Candor.Notices.Wording;

/// <summary>The words of <see cref="NoticeText"/> with a coloured state word. Nothing is fetched from anywhere.</summary>
internal static class NoticeHtml
{
    /// <summary>All of it but the links at the end that are one person's; see <see cref="NoticeEnd"/>.</summary>
    public static string Of(MessageFacts facts, Hearer hearer)
    {
        var html = new StringBuilder(Part(facts, hearer));
        Read(html, facts, hearer);
        return html.ToString();
    }

    /// <summary>All of it but where to go from here.</summary>
    public static string Part(MessageFacts facts, Hearer hearer)
    {
        var html = new StringBuilder();
        var (colour, shape) = Look(facts);
        var span = Sentences.Span(facts, hearer);
        Add(html, $"<h1>{facts.Title}</h1>\n");
        Paragraph(html, Sentences.Elsewhere(facts, hearer));
        Add(html, $"<p><span class=\"state {colour}\">{shape} {hearer.Speech.Status(facts.Status)}</span>{(span[0] == '.' ? "" : " ")}{span}</p>\n");
        Paragraph(html, Sentences.Affected(facts, hearer));
        if (Sentences.Late(facts, hearer) is { } late)
        {
            Add(html, $"<p class=\"late\">{late}</p>\n");
        }

        if (facts.Updates is [var newest, .. var earlier])
        {
            Add(html, $"<div class=\"word\">\n<p class=\"soft\">{Sentences.Heading(newest, hearer)}</p>\n");
            html.Append(Absolute(Markdown.ToHtml(newest.Body, hearer.Clock.Language), facts.PageUrl)).Append("</div>\n");
            Earlier(html, earlier, hearer);
        }

        if (Sentences.Next(facts, hearer) is { } next)
        {
            Add(html, $"<p><strong>{next}</strong></p>\n");
        }

        return html.ToString();
    }

    public static void Add(StringBuilder html, HtmlText more) => html.Append(more.ToString());

    public static void Paragraph(StringBuilder html, string? text)
    {
        if (text is not null)
        {
            Add(html, $"<p>{text}</p>\n");
        }
    }

    /// <summary>A link, where the address is one that may be followed.</summary>
    public static void Link(StringBuilder html, string before, string? address, string words)
    {
        if (SafeLink.OrNull(address) is { } safe)
        {
            Add(html, $"{before}<a href=\"{safe}\">{words}</a>");
        }
    }

    /// <summary>A link that is a paragraph; nothing where the address may not be followed.</summary>
    public static void Linked(StringBuilder html, string? address, string words)
    {
        if (SafeLink.OrNull(address) is not null)
        {
            html.Append("<p>");
            Link(html, "", address, words);
            html.Append("</p>\n");
        }
    }

    private static void Earlier(StringBuilder html, IReadOnlyCollection<MessageUpdate> earlier, Hearer hearer)
    {
        if (earlier.Count == 0)
        {
            return;
        }

        Add(html, $"<div class=\"word\">\n<p class=\"soft\">{hearer.Speech.Earlier}</p>\n<ul>\n");
        foreach (var update in earlier.Take(NoticeText.EarlierMost))
        {
            Add(html, $"<li>{Sentences.Heading(update, hearer)}: {Sentences.Excerpt(update.Body)}</li>\n");
        }

        html.Append("</ul>\n");
        Paragraph(html, NoticeText.More(earlier.Count, hearer));
        html.Append("</div>\n");
    }

    public static void Read(StringBuilder html, MessageFacts facts, Hearer hearer)
    {
        html.Append("<p class=\"word\">");
        Link(html, "", facts.Url, hearer.Speech.Read);
        html.Append("</p>\n");
    }

    /// <summary>Colour, shape and word, as on the page: none of them says it alone.</summary>
    private static (string Colour, string Shape) Look(MessageFacts facts) => facts switch
    {
        { About: MessageSubject.Maintenance } when !Sentences.IsOver(facts) => ("mt", "◇"),
        _ when Sentences.IsOver(facts) => ("op", "●"),
        { Impact: Impact.Critical } => ("mj", "■"),
        { Impact: Impact.Major } => ("pt", "▲"),
        { Impact: Impact.Minor } => ("dg", "◐"),
        _ => ("un", "○"),
    };

    /// <summary>In a mail, an address without a host leads nowhere.</summary>
    private static string Absolute(string html, string? pageUrl) =>
        SafeLink.OrNull(pageUrl) is { } page && !page.Contains('"')
            ? html.Replace("href=\"/", $"href=\"{page.TrimEnd('/')}/", StringComparison.Ordinal)
            : html;
}
