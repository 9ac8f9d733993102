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

    public static async Task AnswerAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers.RetryAfter = "2";
        response.Headers.CacheControl = Caching.Never;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        response.Headers.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentLength = Html.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.BodyWriter.WriteAsync(Html, context.RequestAborted);
        }
    }
}
