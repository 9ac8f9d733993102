using System.Buffers;
using System.Globalization;
using System.Text;
using Candor.Effects;
using Candor.Pages.AsOf;
using Candor.Pages.Audiences;
using Candor.Pages.Phrases;
using Microsoft.Extensions.Primitives;

namespace Candor.Pages.Serving;

/// <summary>Answers <c>?at=</c> on the pages: as they were, or in a sentence why not.</summary>
internal sealed class PastAnswers(PastPages pages, TimeProvider time)
{
    private const string RetryAfter = "2";

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

    /// <summary>
    /// What is kept and what is refused is answered where it is heard, so a flood of questions about the past costs no
    /// more than one about the present. Only who has a place in the queue waits, and leaves the sockets' thread for it.
    /// </summary>
    public Task AnswerAsync(HttpContext context, string path, StringValues asked, Publication from, Eyes eyes)
    {
        context.Response.Headers["X-Robots-Tag"] = "noindex";
        var instant = Instant.Read(asked, time.GetUtcNow());
        if (instant.Fault is { } fault)
        {
            return Say(context, StatusCodes.Status400BadRequest, WordsOf(from).NoInstant(fault));
        }

        if (pages.Kept(path, instant.At, eyes) is { } kept)
        {
            return Show(context, instant.At, kept, from);
        }

        return pages.Order(path, instant.At, eyes) is { } order
            ? SocketThreads.RunElsewhere(() => WaitAsync(context, order, from))
            : SayBusy(context, from);
    }

    private async Task WaitAsync(HttpContext context, PastOrder order, Publication from)
    {
        var page = await pages.WaitAsync(order, context.RequestAborted);
        await (page is null ? SayBusy(context, from) : Show(context, order.At, page, from));
    }

    private static Task Show(HttpContext context, DateTimeOffset at, PageBytes page, Publication from)
    {
        // RFC 7089: this is a memento, and of which instant.
        context.Response.Headers["Memento-Datetime"] = at.ToString("R", CultureInfo.InvariantCulture);
        return PageServer.Answer(context, page, from);
    }

    private static Task SayBusy(HttpContext context, Publication from)
    {
        context.Response.Headers.RetryAfter = RetryAfter;
        return Say(context, StatusCodes.Status503ServiceUnavailable, WordsOf(from).PastIsBusy);
    }

    private static PlainWords WordsOf(Publication from) => PageWords.In(from.Editions.Edition.Language).Plain;

    private static Task Say(HttpContext context, int status, string sentence)
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
            response.BodyWriter.Write(body);
        }

        return Task.CompletedTask;
    }
}
