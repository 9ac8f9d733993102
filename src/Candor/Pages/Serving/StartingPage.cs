using System.Text;
using Candor.Languages;
using Candor.Pages.Phrases;

namespace Candor.Pages.Serving;

/// <summary>The answer while there is nothing to show yet: at the very first start, or for a page that is still to come.</summary>
internal static class StartingPage
{
    private static readonly (byte[] Starting, byte[] Missing) English = Pages(Language.English);
    private static readonly (byte[] Starting, byte[] Missing) German = Pages(Language.German);

    public static Task AnswerAsync(HttpContext context, Language language)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "2";
        return SendAsync(context, language.In(English, German).Starting);
    }

    /// <summary>For an address that leads nowhere, while the page for that is still to come.</summary>
    public static Task AnswerMissingAsync(HttpContext context, Language language)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return SendAsync(context, language.In(English, German).Missing);
    }

    private static (byte[] Starting, byte[] Missing) Pages(Language language)
    {
        var words = PageWords.In(language).Plain;
        var head = $"<!doctype html><html lang=\"{language.Tag}\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\n";
        return (
            Encoding.UTF8.GetBytes($"{head}<title>{words.StartingTitle}</title><h1>{words.Starting}</h1>\n<p>{words.LoadItAgain}</p></html>\n"),
            Encoding.UTF8.GetBytes($"{head}<title>{words.NoSuchPageTitle}</title><h1>{words.NoPageHere}</h1></html>\n"));
    }

    private static async Task SendAsync(HttpContext context, byte[] html)
    {
        var response = context.Response;
        response.Headers.CacheControl = Caching.Never;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        response.Headers.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentLength = html.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.BodyWriter.WriteAsync(html, context.RequestAborted);
        }
    }
}
