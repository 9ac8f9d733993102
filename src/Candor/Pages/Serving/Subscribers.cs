namespace Candor.Pages.Serving;

/// <summary>
/// Statuspage's address for subscribing. This build cannot keep a subscriber, so it says so in a form that Statuspage's
/// clients understand, rather than accepting what it would lose.
/// </summary>
internal static class Subscribers
{
    private static readonly byte[] NotYet =
        """{"error":"Subscribing is not available on this page. Use the Atom feed at /history.atom instead."}"""u8.ToArray();

    private static readonly byte[] ReadNothing =
        """{"error":"Subscribers cannot be listed."}"""u8.ToArray();

    public static async Task AnswerAsync(HttpContext context)
    {
        var method = context.Request.Method;
        var isWrite = HttpMethods.IsPost(method) || HttpMethods.IsDelete(method);
        var body = isWrite ? NotYet : ReadNothing;
        var response = context.Response;
        response.Headers.AccessControlAllowOrigin = "*";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = Caching.NothingMayRun;
        response.Headers.CacheControl = Caching.Never;
        response.Headers.Allow = "POST, DELETE, OPTIONS";
        if (HttpMethods.IsOptions(method))
        {
            response.StatusCode = StatusCodes.Status204NoContent;
            response.Headers.AccessControlAllowMethods = "POST, DELETE, OPTIONS";
            response.Headers.AccessControlAllowHeaders = "*";
            return;
        }

        response.StatusCode = isWrite ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status405MethodNotAllowed;
        response.Headers.ContentType = "application/json; charset=utf-8";
        response.Headers.ContentLength = body.Length;
        if (!HttpMethods.IsHead(method))
        {
            await response.BodyWriter.WriteAsync(body, context.RequestAborted);
        }
    }
}
