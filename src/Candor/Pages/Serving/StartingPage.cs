namespace Candor.Pages.Serving;

/// <summary>The answer while there is nothing to show yet: at the very first start, or for a page that is still to come.</summary>
internal static class StartingPage
{
    private static readonly byte[] Html =
        """
        <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <title>Starting</title><h1>This status page is starting</h1>
        <p>It cannot say yet how things are. Please load it again in a few seconds.</p></html>

        """u8.ToArray();

    private static readonly byte[] Missing =
        """
        <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <title>No such page</title><h1>There is no page at this address</h1></html>

        """u8.ToArray();

    public static Task AnswerAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "2";
        return SendAsync(context, Html);
    }

    /// <summary>For an address that leads nowhere, while the page for that is still to come.</summary>
    public static Task AnswerMissingAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return SendAsync(context, Missing);
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
