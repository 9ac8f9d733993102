using System.Text;
using System.Xml;

namespace Candor.Pages.Feeds;

/// <summary>Text as XML can hold it. Escaping is the writer's work; this drops what no escape can express.</summary>
internal static class XmlText
{
    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" };

    /// <summary>The text without the characters that XML 1.0 forbids: control characters, lone surrogates, U+FFFE.</summary>
    public static string Clean(string text)
    {
        if (text.All(XmlConvert.IsXmlChar))
        {
            return text;
        }

        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                kept.Append(text, i++, 2);
            }
            else if (XmlConvert.IsXmlChar(text[i]))
            {
                kept.Append(text[i]);
            }
        }

        return kept.ToString();
    }

    public static byte[] Write(Action<XmlWriter> write)
    {
        using var into = new MemoryStream();
        using (var xml = XmlWriter.Create(into, Settings))
        {
            xml.WriteStartDocument();
            write(xml);
        }

        return into.ToArray();
    }
}
