using System.Buffers;
using Candor.Effects;
using Candor.Languages;
using Candor.Pages.Audiences;
using Candor.Pages.Live;
using Microsoft.Extensions.Primitives;

namespace Candor.Pages.Serving;

/// <summary>
/// Answers readers from the current edition. A request picks bytes by exact name and hands over headers that were made
/// with them; it never waits for a store, a lock or a template, and what it does not know it passes on.
/// </summary>
internal sealed class PageServer(Publications publications, TimeProvider time)
{
    private static readonly StringValues AnyOrigin = "*";
    private static readonly StringValues NoSniff = "nosniff";
    private static readonly StringValues ReferrerPolicy = "strict-origin-when-cross-origin";
    private static readonly StringValues VaryByEncoding = "Accept-Encoding";
    private static readonly StringValues VaryByReader = "Accept-Encoding, Cookie";
    private static readonly StringValues ReadOnlyMethods = "GET, HEAD, OPTIONS";

    /// <summary>For one publication that everybody sees.</summary>
    public PageServer(IEditionSource editions, LiveStreams live, TimeProvider time)
        : this(new Publications(new(null, editions, live)), time)
    {
    }

    /// <summary>What the page speaks while there is nothing of it yet.</summary>
    public Func<Language> Speaks { get; init; } = static () => Language.English;

    /// <summary>Pages as they were; null where nobody keeps a journal to fold.</summary>
    public PastAnswers? Past { get; init; }

    public Task ServeAsync(HttpContext context, RequestDelegate next)
    {
        publications.CountReading();
        var path = Target.Of(context);
        var from = publications.Of(context);
        var edition = from.Editions.Edition;
        if (publications.HasAudiences)
        {
            // A cache in front keeps what is for everybody, and must not give it to who sees more.
            context.Response.Headers.Vary = VaryByReader;
        }

        if (Past is { } past && !edition.IsClosed && context.Request.QueryString.HasValue && PastAnswers.AskedOf(context, path) is { } asked)
        {
            return past.AnswerAsync(context, path, asked, from, edition.Eyes);
        }

        if (edition.Find(path, time.GetUtcNow()) is { } page)
        {
            return Answer(context, page, from);
        }

        return path switch
        {
            PublicRoutes.Events when !edition.IsClosed => ListenAsync(context, from),
            _ => PassOnAsync(context, path, from, edition, next),
        };
    }

    private Task ListenAsync(HttpContext context, Publication from) => from.IsPrivate
        ? publications.Readers.WhileIn(context, () => from.Live.ServeAsync(context, isPrivate: true))
        : from.Live.ServeAsync(context);

    private async Task PassOnAsync(HttpContext context, string path, Publication from, Edition edition, RequestDelegate next)
    {
        // Others may wait for a store, so the sockets' threads are not theirs.
        await SocketThreads.RunElsewhere(() => next(context));
        if (context.Response.HasStarted || context.GetEndpoint() is not null)
        {
            return;
        }

        if (path == PublicRoutes.Subscribers && !edition.IsClosed)
        {
            await Subscribers.AnswerAsync(context);
            return;
        }

        // One slash too many is a slip of the hand. The address sent back is a name of ours, not what was asked for.
        if (path.Length > 1 && path[^1] == '/' && edition.Find(path[..^1], time.GetUtcNow()) is not null)
        {
            context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
            context.Response.Headers.Location = path[..^1];
            return;
        }

        if (!edition.IsComplete && PublicRoutes.MayStillCome(path, edition))
        {
            await StartingPage.AnswerAsync(context, LanguageOf(edition));
            return;
        }

        var missing = edition.Find("/404", time.GetUtcNow());
        if (missing is null)
        {
            // No route leads there, whatever the pages will be; the one that says so in full is still to come.
            await StartingPage.AnswerMissingAsync(context, LanguageOf(edition));
            return;
        }

        await Answer(context, missing, from);
    }

    private Language LanguageOf(Edition edition) => edition.Front.Count > 0 ? edition.Language : Speaks();

    public static Task Answer(HttpContext context, PageBytes page, Publication from)
    {
        var request = context.Request;
        var response = context.Response;
        var headers = response.Headers;
        headers.XContentTypeOptions = NoSniff;
        headers["Referrer-Policy"] = ReferrerPolicy;
        headers.ContentSecurityPolicy = page.ContentSecurityPolicy;
        if (page.IsOpenToAll && !from.IsPrivate)
        {
            headers.AccessControlAllowOrigin = AnyOrigin;
        }

        var isHead = HttpMethods.IsHead(request.Method);
        if (!isHead && !HttpMethods.IsGet(request.Method) && page.StatusCode == StatusCodes.Status200OK)
        {
            return AnswerOtherMethod(context, from);
        }

        var encoded = AcceptedEncoding.Choose(page, request.Headers.AcceptEncoding);
        headers.CacheControl = page.StatusCode != StatusCodes.Status200OK ? Caching.Never
            : from.IsPrivate ? Caching.Private
            : page.CacheControl;
        if (headers.Vary.Count == 0)
        {
            headers.Vary = VaryByEncoding;
        }

        headers.ETag = encoded.ETagValue;
        var asked = request.Headers.IfNoneMatch;
        if (asked.Count > 0 && page.StatusCode == StatusCodes.Status200OK && EntityTags.Match(asked, encoded.ETag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.StatusCode = page.StatusCode;
        headers.ContentType = page.ContentType;
        headers.ContentLength = encoded.Bytes.Length;
        if (encoded.ContentEncoding.Count > 0)
        {
            headers.ContentEncoding = encoded.ContentEncoding;
        }

        if (!isHead)
        {
            response.BodyWriter.Write(encoded.Bytes.Span);
        }

        return Task.CompletedTask;
    }

    /// <summary>Pages can only be read. OPTIONS gets the answer that a browser asks for before it reads across origins.</summary>
    private static Task AnswerOtherMethod(HttpContext context, Publication from)
    {
        var headers = context.Response.Headers;
        headers.Allow = ReadOnlyMethods;
        if (HttpMethods.IsOptions(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            if (!from.IsPrivate)
            {
                headers.AccessControlAllowMethods = ReadOnlyMethods;
                headers.AccessControlAllowHeaders = AnyOrigin;
                headers.AccessControlMaxAge = "86400";
            }

            return Task.CompletedTask;
        }

        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        headers.CacheControl = Caching.Never;
        return Task.CompletedTask;
    }
}
