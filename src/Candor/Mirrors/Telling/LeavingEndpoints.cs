using System.Net;
using Candor.Access;
using Candor.Languages;
using Candor.Notices.Subscribers;
using Candor.Pages;

namespace Candor.Mirrors.Telling;

/// <summary>
/// On a mirror: the way out of the mails that it sent, without the publisher. As there, a GET shows and changes nothing, and
/// one POST ends it (RFC 8058), and a bare one does not. The link is noted and handed to the publisher when it is back, which can tell whose it is.
/// </summary>
internal static class LeavingEndpoints
{
    public const string Folder = "/unsubscribe/";

    private const long BodyBytesMost = 4 * 1024;

    private const string Why = "the link is the right to it; it went to the subscriber's address and nowhere else";

    /// <param name="language">The page's, as the copy speaks it: whose link it is the mirror does not know.</param>
    public static void MapLeaving(this IEndpointRouteBuilder routes, TellingBook book, Uri publisher, Func<Language> language)
    {
        routes.MapGet(Folder + "{link}", context => AnswerAsync(context, book, publisher, language())).OpenToAll(Why);
        routes.MapPost(Folder + "{link}", context => AnswerAsync(context, book, publisher, language())).OpenToAll(Why).BodyAtMost(BodyBytesMost);
    }

    internal static async Task AnswerAsync(HttpContext context, TellingBook book, Uri publisher, Language language)
    {
        var isPost = HttpMethods.IsPost(context.Request.Method);
        var isAsked = isPost && await OneClick.IsSaidAsync(context);
        var response = context.Response;
        response.Headers.CacheControl = Caching.Never;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
        response.ContentType = "text/html; charset=utf-8";
        var (status, page) = Answer(book, publisher, SubscriptionLink.Read((string)context.Request.RouteValues["link"]!)?.ToString(), isAsked, TellingSpeech.Of(language));
        response.StatusCode = status == StatusCodes.Status200OK && isPost && !isAsked ? StatusCodes.Status422UnprocessableEntity : status;
        await response.WriteAsync(page, context.RequestAborted);
    }

    private static (int Status, string Page) Answer(TellingBook book, Uri publisher, string? link, bool isAsked, TellingSpeech speech)
    {
        if (link is null || !book.Knows(link))
        {
            var there = Encoded(new Uri(publisher, Folder + link).AbsoluteUri);
            return (StatusCodes.Status404NotFound, PageOf(speech, speech.NowhereTitle, link is null ? "" : $"<p>{Encoded(speech.Nowhere)} <a href=\"{there}\">{Encoded(speech.ThePage)}</a></p>"));
        }

        if (!isAsked)
        {
            return (StatusCodes.Status200OK, PageOf(speech, speech.LeaveTitle, $"<p>{Encoded(speech.LeaveAsks)}</p><form method=\"post\"><input type=\"hidden\" name=\"{OneClick.Field}\" value=\"{OneClick.Value}\"><button>{Encoded(speech.LeaveButton)}</button></form>"));
        }

        try
        {
            return book.Leave(link)
                ? (StatusCodes.Status200OK, PageOf(speech, speech.LeftTitle, $"<p>{Encoded(speech.LeftNext)}</p>"))
                : NotNoted();
        }
        catch (IOException)
        {
            return NotNoted();
        }

        (int Status, string Page) NotNoted() => (StatusCodes.Status503ServiceUnavailable, PageOf(speech, speech.NotNotedTitle, $"<p>{Encoded(speech.NotNotedNext)}</p>"));
    }

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);

    private static string PageOf(TellingSpeech speech, string title, string html) =>
        $"<!doctype html><html lang=\"{speech.Language.Tag}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\"><title>{Encoded(title)}</title></head><body><main><h1>{Encoded(title)}</h1>{html}</main></body></html>";
}
