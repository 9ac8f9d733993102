namespace Candor.Pages.Live;

/// <summary>One reader's open stream.</summary>
internal abstract class LiveStream
{
    /// <summary>A send has been waiting for the reader for too long.</summary>
    public abstract bool IsStuck { get; }

    /// <summary>Sets the headers; false where nothing more is to be sent.</summary>
    public static bool Accepts(HttpContext context, bool isPrivate)
    {
        var response = context.Response;
        response.Headers.XContentTypeOptions = "nosniff";
        if (!isPrivate)
        {
            response.Headers.AccessControlAllowOrigin = "*";
        }

        response.Headers.CacheControl = isPrivate ? Caching.Private : Caching.Never;
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers.Allow = "GET, HEAD";
            return false;
        }

        response.Headers.ContentType = "text/event-stream";
        // Otherwise nginx in front would hold events back until its buffer is full.
        response.Headers["X-Accel-Buffering"] = "no";
        return HttpMethods.IsGet(context.Request.Method);
    }

    /// <summary>Sends the greeting and then all that follows a message, until the reader has gone or is to go.</summary>
    public abstract Task RunAsync(LiveMessage at, ReadOnlyMemory<byte> greeting);

    /// <summary>Breaks the connection off.</summary>
    public abstract void Drop();
}
