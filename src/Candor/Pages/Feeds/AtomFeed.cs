using System.Xml;
using Candor.Pages.Html;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Pages.Feeds;

/// <summary>RFC 4287.</summary>
internal static class AtomFeed
{
    private const string Namespace = "http://www.w3.org/2005/Atom";

    public static Rendition Render(Sheet sheet, string path) =>
        new(path, "application/atom+xml; charset=utf-8", XmlText.Write(xml => Write(xml, sheet, path)));

    private static void Write(XmlWriter xml, Sheet sheet, string path)
    {
        var entries = FeedEntry.Of(sheet);
        var name = XmlText.Clean(sheet.Page.Name);
        xml.WriteStartElement("feed", Namespace);
        xml.WriteAttributeString("xml", "lang", null, sheet.Language.Tag);
        xml.WriteElementString("id", Namespace, FeedEntry.IdOf(sheet.Page, "history"));
        Link(xml, "alternate", "text/html", XmlText.Clean(Links.To(sheet.Page, "/")));
        Link(xml, "self", "application/atom+xml", XmlText.Clean(Links.To(sheet.Page, path)));
        xml.WriteElementString("title", Namespace, sheet.Words.Feeds.History(name));
        xml.WriteElementString("updated", Namespace, MillisecondsConverter.Text(UpdatedAt(entries)));
        xml.WriteStartElement("author", Namespace);
        xml.WriteElementString("name", Namespace, name);
        xml.WriteEndElement();
        entries.ForEach(entry => Write(xml, entry));
        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, FeedEntry entry)
    {
        xml.WriteStartElement("entry", Namespace);
        xml.WriteElementString("id", Namespace, entry.Id);
        xml.WriteElementString("published", Namespace, MillisecondsConverter.Text(entry.Incident.CreatedAt));
        xml.WriteElementString("updated", Namespace, MillisecondsConverter.Text(entry.Incident.UpdatedAt));
        Link(xml, "alternate", "text/html", entry.Link);
        xml.WriteElementString("title", Namespace, entry.Title);
        xml.WriteStartElement("content", Namespace);
        xml.WriteAttributeString("type", "html");
        xml.WriteString(entry.Html);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Link(XmlWriter xml, string relation, string type, string address)
    {
        xml.WriteStartElement("link", Namespace);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", address);
        xml.WriteEndElement();
    }

    /// <summary>Without incidents nothing has ever been published; the beginning of time says so and never changes.</summary>
    private static DateTimeOffset UpdatedAt(List<FeedEntry> entries) =>
        entries.Count == 0 ? DateTimeOffset.UnixEpoch : entries.Max(entry => entry.Incident.UpdatedAt);
}
