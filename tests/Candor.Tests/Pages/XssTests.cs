using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Candor.Languages;
using Candor.Pages.Html;
using Candor.Pages.Wording;

namespace Candor.Tests.Pages;

public sealed class XssTests
{
    private static readonly string[] Elements =
    [
        "html", "head", "meta", "title", "link", "style", "script", "body", "a", "svg", "symbol", "circle", "path", "rect", "use",
        "header", "nav", "img", "main", "section", "article", "h1", "h2", "h3", "h4", "p", "span", "time", "ul", "ol", "li", "dl", "dt",
        "dd", "div", "details", "summary", "table", "caption", "thead", "tbody", "tr", "th", "td", "footer", "pre", "code", "strong",
        "em", "br", "hr", "blockquote", "del", "sub", "sup", "ins", "mark",
    ];

    private static readonly string[] InText =
    [
        "p", "a", "strong", "em", "code", "pre", "ul", "ol", "li", "blockquote", "h4", "table", "thead", "tbody", "tr", "th", "td", "br",
        "hr", "del", "sub", "sup", "ins", "mark", "html", "head", "body",
    ];

    public static TheoryData<int> Portions => [.. Enumerable.Range(0, (XssStrings.All.Length + PortionSize - 1) / PortionSize)];

    private const int PortionSize = 40;

    [Fact]
    public void There_are_at_least_three_hundred_strings() => Assert.True(XssStrings.All.Distinct().Count() >= 300);

    [Theory]
    [MemberData(nameof(Portions))]
    public async Task SEC_21_No_text_in_any_field_becomes_markup_on_any_page(int portion)
    {
        var texts = XssStrings.All.Skip(portion * PortionSize).Take(PortionSize).ToList();
        var brief = XssStrings.Everywhere(texts);
        string[] paths = ["/", "/history", "/maintenance", "/subscribe", "/uptime", "/components/c0", "/components/c1", "/incidents/i0", "/incidents/i1", "/maintenance/m0", "/maintenance/m1"];

        foreach (var path in paths)
        {
            Inspect(await PrintedPage.Of(brief, path));
        }
    }

    [Fact]
    public async Task SEC_21_Each_string_as_the_name_of_the_page_stays_a_name()
    {
        foreach (var text in XssStrings.All)
        {
            var page = await PrintedPage.Of(XssStrings.Everywhere([text]), "/subscribe");
            Inspect(page);
            Assert.EndsWith("status", page.Title, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void SEC_21_Each_string_as_Markdown_is_harmless()
    {
        var parser = new HtmlParser();
        Assert.All(XssStrings.All, text =>
        {
            var found = parser.ParseDocument(Markdown.ToHtml(text));
            Assert.All(found.All, element =>
            {
                Assert.Contains(element.LocalName, InText);
                Assert.All(element.Attributes, attribute => Assert.Contains(attribute.Name, new[] { "href", "rel" }));
            });
            Assert.All(found.Links, link => Assert.True(SafeLink.Allows(link.GetAttribute("href")), link.OuterHtml));
        });
    }

    private static void Inspect(IHtmlDocument page)
    {
        Assert.All(page.All, element =>
        {
            Assert.Contains(element.LocalName, Elements);
            Assert.All(element.Attributes, attribute => Assert.False(
                attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.Name is "style" or "srcdoc" or "action", element.OuterHtml));
        });
        Assert.Equal(PageAssets.ModuleOf(Language.English), Assert.Single(page.Scripts).GetAttribute("src"));
        Assert.Empty(Assert.Single(page.Scripts).TextContent);
        Assert.Single(page.QuerySelectorAll("style"));
        Assert.All(page.QuerySelectorAll("a[href], img[src]"), element =>
            Assert.True(SafeLink.Allows(element.GetAttribute("href") ?? element.GetAttribute("src")), element.OuterHtml));
        Assert.All(page.QuerySelectorAll("use"), use => Assert.StartsWith("#m-", use.GetAttribute("href"), StringComparison.Ordinal));
    }
}
