using System.Globalization;
using System.Xml;
using Candor.Languages;
using Candor.State;

namespace Candor.Pages.Feeds;

/// <summary>A small picture that says how something is, in a word and a colour. Nothing in it is chosen by who asks.</summary>
internal static class Badge
{
    private const string Svg = "http://www.w3.org/2000/svg";
    private const int LabelMax = 40;

    public static Rendition Render(string path, string label, ComponentState state, Language language) =>
        new(path, "image/svg+xml; charset=utf-8", XmlText.Write(xml => Write(xml, Cut(label), language.Names.Within(state), state)));

    private static void Write(XmlWriter xml, string label, string word, ComponentState state)
    {
        var (left, right) = (WidthOf(label), WidthOf(word));
        xml.WriteStartElement("svg", Svg);
        Set(xml, ("width", Number(left + right)), ("height", "20"), ("role", "img"), ("aria-label", $"{label}: {word}"));
        Element(xml, "title", $"{label}: {word}");
        Element(xml, "rect", null, ("width", Number(left + right)), ("height", "20"), ("rx", "4"), ("fill", "#3a4048"));
        Element(xml, "path", null, ("d", Right(left, right)), ("fill", ColourOf(state)));
        xml.WriteStartElement("g", Svg);
        Set(xml, ("fill", "#fff"), ("text-anchor", "middle"), ("font-family", "Verdana,DejaVu Sans,sans-serif"), ("font-size", "11"));
        Element(xml, "text", label, ("x", Number(left / 2)), ("y", "14"), ("textLength", Number(left - 12)));
        Element(xml, "text", word, ("x", Number(left + (right / 2))), ("y", "14"), ("textLength", Number(right - 12)));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    /// <summary>The right part, with round corners on its outer side only.</summary>
    private static string Right(double left, double width) => string.Create(
        CultureInfo.InvariantCulture, $"M{left} 0h{width - 4}a4 4 0 0 1 4 4v12a4 4 0 0 1-4 4H{left}z");

    private static string ColourOf(ComponentState state) => state switch
    {
        { Known: false } => "#6b7280",
        { Status: ComponentStatus.Operational } => "#23734f",
        { Status: ComponentStatus.UnderMaintenance } => "#3b6fd4",
        { Status: ComponentStatus.DegradedPerformance } => "#8f6100",
        { Status: ComponentStatus.PartialOutage } => "#b34a0f",
        _ => "#c02018",
    };

    /// <summary>Verdana at 11 px is about this wide; textLength makes the browser agree.</summary>
    private static double WidthOf(string text) => Math.Round(text.Sum(c => c switch
    {
        'i' or 'l' or 'j' or 'I' or '.' or ',' or ' ' or '\'' => 3.6,
        'm' or 'w' or 'M' or 'W' => 10.0,
        < (char)0x2E80 => char.IsUpper(c) ? 7.9 : 6.8,
        _ => 11.0,
    }) + 12);

    private static string Cut(string label)
    {
        var clean = XmlText.Clean(label);
        return clean.Length <= LabelMax ? clean : XmlText.Clean(clean[..(LabelMax - 1)]) + "…";
    }

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static void Element(XmlWriter xml, string name, string? text, params ReadOnlySpan<(string, string)> attributes)
    {
        xml.WriteStartElement(name, Svg);
        Set(xml, attributes);
        if (text is not null)
        {
            xml.WriteString(text);
        }

        xml.WriteEndElement();
    }

    private static void Set(XmlWriter xml, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        foreach (var (name, value) in attributes)
        {
            xml.WriteAttributeString(name, value);
        }
    }
}
