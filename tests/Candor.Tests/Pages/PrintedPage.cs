using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Candor.Pages;
using Candor.Pages.Html;

namespace Candor.Tests.Pages;

/// <summary>A rendered page as a reader's browser would understand it.</summary>
internal static class PrintedPage
{
    public static async Task<IHtmlDocument> Of(Brief brief, string path) =>
        await new HtmlParser().ParseDocumentAsync(await Html(brief, path), TestContext.Current.CancellationToken);

    public static async Task<string> Html(Brief brief, string path)
    {
        var page = await HtmlPages.Render(brief, path, TestContext.Current.CancellationToken);
        Assert.NotNull(page);
        return System.Text.Encoding.UTF8.GetString(page.Content);
    }

    /// <summary>The words of an element, white space as a reader sees it.</summary>
    public static string Words(this IParentNode node) =>
        string.Join(' ', ((INode)node).TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public static string Words(this IHtmlDocument page, string selector) =>
        page.QuerySelector(selector) is { } found ? found.Words() : throw new ArgumentException($"{selector} is not on the page.", nameof(selector));
}
