using System.Globalization;
using System.Text;
using Candor.Effects;
using Candor.Pages.AsOf;
using Microsoft.Extensions.Primitives;

namespace Candor.Pages.Serving;

/// <summary>Answers <c>?at=</c> on the pages: as they were, or in a sentence why not.</summary>
internal sealed class PastAnswers(PastPages pages, TimeProvider time)
{
    private const string RetryAfter = "2";

    private const string Busy =
        "The past is being looked up for others, or the record is still being read. Please load it again in a few seconds.";

    /// <summary>The asked instant where this request is for a page of the past, else null.</summary>
    public static StringValues? AskedOf(HttpContext context, string path)
    {
        var request = context.Request;
        return (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            && request.Query.TryGetValue(Instant.Name, out var asked)
            && PublicRoutes.HasPast(path)
            ? asked
            : (StringValues?)null;
    }

    /// <summary>Whoever asks for the past may wait for it, so it leaves the thread that heard the request.</summary>
    public Task AnswerAsync(HttpContext context, string path, StringValues asked) =>
        SocketThreads.RunElsewhere(() => LookUpAsync(context, path, asked));

    private async Task LookUpAsync(HttpContext context, string path, StringValues asked)
    {
        context.Response.Headers["X-Robots-Tag"] = "noindex";
        var instant = Instant.Read(asked, time.GetUtcNow());
        if (instant.Fault is { } fault)
        {
            await SayAsync(context, StatusCodes.Status400BadRequest, fault);
            return;
        }

        if (await pages.AskAsync(path, instant.At, context.RequestAborted) is not { } page)
        {
            context.Response.Headers.RetryAfter = RetryAfter;
            await SayAsync(context, StatusCodes.Status503ServiceUnavailable, Busy);
            return;
        }

        // RFC 7089: this is a memento, and of which instant.
        context.Response.Headers["Memento-Datetime"] = instant.At.ToString("R", CultureInfo.InvariantCulture);
        await PageServer.Answer(context, page);
    }

    private static async Task SayAsync(HttpContext context, int status, string sentence)
    {
        var response = context.Response;
        var body = Encoding.UTF8.GetBytes(sentence + "\n");
        response.StatusCode = status;
        response.Headers.CacheControl = Caching.Never;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = Caching.NothingMayRun;
        response.Headers.ContentType = "text/plain; charset=utf-8";
        response.Headers.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.BodyWriter.WriteAsync(body, context.RequestAborted);
        }
    }
}
