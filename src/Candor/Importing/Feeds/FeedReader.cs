using System.Collections.Immutable;
using System.Xml;
using Candor.Importing.Reading;

namespace Candor.Importing.Feeds;

/// <summary>Takes the entries out of the XML, one node at a time: no DTD, no entities, bounded in characters and depth.</summary>
internal static class FeedReader
{
    private const int DepthMax = 32;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = SourceLimits.BytesMax,
        MaxCharactersFromEntities = 0,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CheckCharacters = false,
    };

    public static bool IsFeed(string text)
    {
        var start = text.AsSpan(0, Math.Min(text.Length, 2000));
        return start.Contains("<rss", StringComparison.Ordinal) || start.Contains("<feed", StringComparison.Ordinal)
            || start.Contains("<rdf:RDF", StringComparison.Ordinal);
    }

    /// <summary>Null, with a warning, where nothing could be read; what stood before a fault is kept.</summary>
    public static Feed? Read(string text, string path, Warnings warnings)
    {
        var (page, entries) = (new Dictionary<string, string>(), new List<FeedEntry>());
        try
        {
            using var xml = XmlReader.Create(new StringReader(text.TrimStart()), Settings);
            Walk(xml, page, entries);
        }
        catch (XmlException e)
        {
            warnings.Add(path, e.Message.Contains("DTD", StringComparison.Ordinal) ? "has a document type, which is not read" : $"is not whole XML: it goes wrong on line {e.LineNumber}",
                $"fetch it again; {(entries.Count == 0 ? "nothing was" : $"{entries.Count} entries before that were")} read");
        }

        return page.Count == 0 && entries.Count == 0 ? null : new(page.GetValueOrDefault("title"), page.GetValueOrDefault("link"), [.. entries]);
    }

    private static void Walk(XmlReader xml, Dictionary<string, string> page, List<FeedEntry> entries)
    {
        Dictionary<string, string>? entry = null;
        while (!xml.EOF)
        {
            if (xml.Depth > DepthMax)
            {
                throw new XmlException($"The feed is nested deeper than {DepthMax} levels.");
            }

            if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName is "item" or "entry" && entry is not null)
            {
                entries.Add(Entry(entry));
                entry = null;
            }

            if (xml.NodeType != XmlNodeType.Element)
            {
                xml.Read();
            }
            else if (xml.LocalName is "item" or "entry")
            {
                entry = xml.IsEmptyElement ? null : [];
                xml.Read();
            }
            else if (xml.LocalName is "rss" or "feed" or "channel" or "RDF")
            {
                xml.Read();
            }
            else
            {
                Field(xml, entry ?? page);
            }
        }
    }

    /// <summary>One field of an entry or of the feed; the first of a name counts. Leaves the reader behind it.</summary>
    private static void Field(XmlReader xml, Dictionary<string, string> into)
    {
        var name = xml.Prefix is { Length: > 0 } and not "content" and not "atom" ? $"{xml.Prefix}:{xml.LocalName}" : xml.LocalName;
        var link = name == "link" && xml.GetAttribute("rel") is null or "alternate" ? xml.GetAttribute("href") : null;
        var foreign = name == "link" && xml.GetAttribute("rel") is not (null or "alternate");
        var value = Inner(xml);
        value = link ?? value;
        if (!foreign && value.Trim().Length > 0)
        {
            into.TryAdd(name, value.Trim());
        }
    }

    /// <summary>Text as it is; elements inside (XHTML content) as their source.</summary>
    private static string Inner(XmlReader xml)
    {
        if (xml.IsEmptyElement)
        {
            xml.Read();
            return "";
        }

        var inner = new System.Text.StringBuilder();
        var depth = xml.Depth;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.Depth > DepthMax)
            {
                throw new XmlException($"The feed is nested deeper than {DepthMax} levels.");
            }

            switch (xml.NodeType)
            {
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace: inner.Append(xml.Value); break;
                case XmlNodeType.Element: inner.Append('<').Append(xml.LocalName).Append('>'); break;
                case XmlNodeType.EndElement: inner.Append("</").Append(xml.LocalName).Append('>'); break;
            }
        }

        xml.Read();
        return inner.ToString();
    }

    private static FeedEntry Entry(Dictionary<string, string> fields)
    {
        var title = Markup.ToLine(fields.GetValueOrDefault("title")) is { Length: > 0 } said ? said : "Untitled";
        var link = fields.GetValueOrDefault("link");
        var html = fields.GetValueOrDefault("encoded") ?? fields.GetValueOrDefault("content") ?? fields.GetValueOrDefault("description")
            ?? fields.GetValueOrDefault("summary") ?? "";
        var written = fields.GetValueOrDefault("pubDate") ?? fields.GetValueOrDefault("published")
            ?? fields.GetValueOrDefault("dc:date") ?? fields.GetValueOrDefault("updated") ?? "";
        var published = SourceTimes.Read(written);
        var key = PublicId(link) ?? fields.GetValueOrDefault("guid") ?? fields.GetValueOrDefault("id") ?? link ?? SourceKeys.Of(title, [html]);
        return new(key, title, link, published, ZoneNames.Offset(written[(written.LastIndexOf(' ') + 1)..]), html.Contains('<', StringComparison.Ordinal) ? html : System.Net.WebUtility.HtmlDecode(html));
    }

    /// <summary>The part after <c>/incidents/</c>, so that the feed and the API of one page agree on who is who.</summary>
    private static string? PublicId(string? link)
    {
        var at = link?.LastIndexOf("/incidents/", StringComparison.Ordinal) ?? -1;
        return at >= 0 && link![(at + 11)..].Trim('/') is { Length: > 0 } id && !id.Contains('/', StringComparison.Ordinal) ? id : null;
    }
}
