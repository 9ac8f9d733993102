using System.Net;
using System.Text;
using Candor.Languages;
using Candor.Pages.Html;
using Candor.Pages.Wording;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Postmortems;

namespace Candor.Pages.Feeds;

/// <summary>An incident as feeds carry it: the same words as on its page, newest first.</summary>
internal sealed record FeedEntry(Incident Incident, string Id, string Link, string Title, string Html)
{
    /// <summary>What readers fetch again and again; the older ones they have.</summary>
    private const int EntriesMax = 50;

    public static List<FeedEntry> Of(Sheet sheet) => sheet.Incidents.Take(EntriesMax).Select(incident => new FeedEntry(
        incident,
        IdOf(sheet.Page, $"incident/{incident.Id.Value}"),
        XmlText.Clean(Links.To(sheet.Page, Links.PathOf(incident.Id))),
        XmlText.Clean(incident.Title),
        XmlText.Clean(HtmlOf(sheet, incident)))).ToList();

    /// <summary>An id that stays when the page moves to another address; .invalid can never be anybody's.</summary>
    public static string IdOf(Page page, string name) => $"tag:{page.Id}.candor.invalid,2026:{name}";

    private static string HtmlOf(Sheet sheet, Incident incident)
    {
        var html = new StringBuilder();
        if (sheet.World.Postmortems.GetValueOrDefault(incident.Id) is { IsPublic: true } postmortem)
        {
            html.Append("<p><strong>").Append(sheet.Words.Feeds.Postmortem).Append("</strong></p>\n").Append(Markdown.ToHtml(PostmortemText.Join(postmortem.Published), sheet.Language));
        }

        foreach (var update in incident.Updates.Where(update => update.IsReadable).Reverse())
        {
            var automatic = update.Automatic ? sheet.Words.Feeds.DetectedAutomatically : "";
            html.Append("<p><small>").Append(Encoded(sheet.Clock.Exact(update.DisplayAt))).Append("</small><br><strong>")
                .Append(sheet.Language.Names.Of(update)).Append("</strong>").Append(automatic).Append("</p>\n")
                .Append(Markdown.ToHtml(Language.Unsigned(update), sheet.Language));
            foreach (var file in update.Files)
            {
                html.Append("<p><a href=\"").Append(Encoded(Links.To(sheet.Page, Links.PathOf(file)))).Append("\">").Append(Encoded(file.Alt ?? file.Name)).Append("</a></p>\n");
            }
        }

        // "So far" would be another text every minute; a feed says only what stays true.
        if (!incident.IsOpen)
        {
            html.Append("<p>").Append(Encoded(Summary.Of(sheet.World, incident, sheet.Clock, sheet.Now))).Append("</p>\n");
        }

        if (Summary.Affected(sheet.World, incident, sheet.Language) is { } affected)
        {
            html.Append("<p>").Append(Encoded(affected)).Append("</p>\n");
        }

        return html.ToString();
    }

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
