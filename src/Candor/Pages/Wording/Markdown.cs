using System.Text.Encodings.Web;
using System.Text.Unicode;
using Candor.Languages;
using Markdig;
using Markdig.Helpers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Candor.Pages.Wording;

/// <summary>
/// What people wrote, as HTML that cannot do anything: no raw HTML, no images, no attributes, links only to addresses
/// that <see cref="SafeLink"/> passes. The Content-Security-Policy is the second wall, not the first.
/// </summary>
internal static class Markdown
{
    /// <summary>Longer texts are cut: nobody reads them, and some inputs cost more than their length.</summary>
    public const int CharactersMax = 20_000;

    // All headings within a text stand on one level below the update that holds them.
    private const int HeadingLevel = 4;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    // Named one by one: "advanced extensions" include generic attributes, which let text write onclick.
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml()
        .UsePipeTables()
        .UseAutoLinks()
        .UseEmphasisExtras()
        .UseSoftlineBreakAsHardlineBreak()
        .Build();

    /// <param name="language">Of the sentence that says that a text was cut.</param>
    public static string ToHtml(string text, Language? language = null)
    {
        var cut = text.Length > CharactersMax;
        var source = cut ? text[..CharactersMax] : text;
        var more = cut ? $"<p>{(language ?? Language.English).Longer}</p>\n" : "";
        try
        {
            if (MarkdownCost.IsTooHigh(source))
            {
                return Plain(source) + more;
            }

            var document = Markdig.Markdown.Parse(source, Pipeline);
            Disarm(document);
            return document.ToHtml(Pipeline) + more;
        }
        catch (ArgumentException)
        {
            // Markdig's own limit on nesting. The words still count.
            return Plain(source) + more;
        }
    }

    /// <summary>The words alone, for places that show no markup.</summary>
    public static string ToText(string text)
    {
        var source = text.Length > CharactersMax ? text[..CharactersMax] : text;
        try
        {
            return MarkdownCost.IsTooHigh(source) ? source : Markdig.Markdown.ToPlainText(source, Pipeline).Trim();
        }
        catch (ArgumentException)
        {
            return source;
        }
    }

    private static void Disarm(MarkdownDocument document)
    {
        foreach (var node in document.Descendants().ToList())
        {
            node.RemoveData(typeof(HtmlAttributes));
            switch (node)
            {
                case LinkInline { IsImage: true } image:
                    image.ReplaceBy(Words(image), copyChildren: false);
                    break;
                case LinkInline link when !SafeLink.Allows(Address(link)):
                    link.ReplaceBy(Words(link), copyChildren: false);
                    break;
                case LinkInline link:
                    link.Title = null;
                    link.GetAttributes().AddProperty("rel", "nofollow noopener");
                    break;
                case AutolinkInline auto when !SafeLink.Allows(auto.IsEmail ? "mailto:" + auto.Url : auto.Url):
                    auto.ReplaceBy(new LiteralInline(auto.Url), copyChildren: false);
                    break;
                case FencedCodeBlock code:
                    code.Info = null;
                    code.Arguments = null;
                    break;
                case HeadingBlock heading:
                    heading.Level = HeadingLevel;
                    break;
                default:
                    break;
            }
        }
    }

    private static string? Address(LinkInline link) => link.GetDynamicUrl?.Invoke() ?? link.Url;

    private static LiteralInline Words(ContainerInline inline) =>
        new(string.Concat(inline.Descendants<LiteralInline>().Select(literal => literal.Content.ToString())));

    private static string Plain(string text) =>
        $"<p>{Encoder.Encode(text).Replace("&#xA;", "<br />\n", StringComparison.Ordinal)}</p>\n";
}
