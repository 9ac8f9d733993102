using System.Globalization;
using System.Xml;
using Candor.Pages.Html;

namespace Candor.Pages.Feeds;

/// <summary>RSS 2.0.</summary>
internal static class RssFeed
{
    private const string Atom = "http://www.w3.org/2005/Atom";

    public static Rendition Render(Sheet sheet, string path) =>
        new(path, "application/rss+xml; charset=utf-8", XmlText.Write(xml => Write(xml, sheet, path)));

    private static void Write(XmlWriter xml, Sheet sheet, string path)
    {
        var name = XmlText.Clean(sheet.Page.Name);
        xml.WriteStartElement("rss");
        xml.WriteAttributeString("version", "2.0");
        xml.WriteAttributeString("xmlns", "atom", null, Atom);
        xml.WriteStartElement("channel");
        xml.WriteElementString("title", sheet.Words.Feeds.History(name));
        xml.WriteElementString("link", XmlText.Clean(Links.To(sheet.Page, "/")));
        xml.WriteElementString("description", sheet.Words.Feeds.IncidentsOf(name));
        xml.WriteElementString("language", sheet.Language.Tag);
        xml.WriteStartElement("atom", "link", Atom);
        xml.WriteAttributeString("rel", "self");
        xml.WriteAttributeString("type", "application/rss+xml");
        xml.WriteAttributeString("href", XmlText.Clean(Links.To(sheet.Page, path)));
        xml.WriteEndElement();
        var entries = FeedEntry.Of(sheet);
        if (entries.Count > 0)
        {
            xml.WriteElementString("lastBuildDate", Date(entries.Max(entry => entry.Incident.UpdatedAt)));
        }

        entries.ForEach(entry => Write(xml, entry));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, FeedEntry entry)
    {
        xml.WriteStartElement("item");
        xml.WriteElementString("title", entry.Title);
        xml.WriteElementString("description", entry.Html);
        xml.WriteElementString("pubDate", Date(entry.Incident.CreatedAt));
        xml.WriteElementString("link", entry.Link);
        xml.WriteStartElement("guid");
        xml.WriteAttributeString("isPermaLink", "false");
        xml.WriteString(entry.Id);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    /// <summary>RFC 822, with four digits of the year and a numeric zone.</summary>
    private static string Date(DateTimeOffset at) =>
        at.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);
}
