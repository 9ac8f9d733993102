using System.IO.Pipelines;

namespace Candor.Pages.Live;

/// <summary>One reader's open stream.</summary>
internal sealed class LiveStream(HttpContext context, TimeProvider time, LiveLimits limits)
{
    private long writingSince;

    /// <summary>A write has been waiting for the reader for too long.</summary>
    public bool IsStuck =>
        Volatile.Read(ref writingSince) is not 0 and var since && time.GetElapsedTime(since) > limits.WriteMax;

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

    public async Task RunAsync(LiveMessage at, ReadOnlyMemory<byte> greeting, Func<long> newest)
    {
        var writer = context.Response.BodyWriter;
        if (!await WriteAsync(writer, greeting))
        {
            return;
        }

        while (true)
        {
            at = await at.Next;
            if (at.IsEnd || newest() - at.Number > limits.LagMax || !await WriteAsync(writer, at.Bytes))
            {
                return;
            }
        }
    }

    public void Drop()
    {
        Volatile.Write(ref writingSince, 0);
        context.Abort();
    }

    /// <summary>False once the reader has gone.</summary>
    private async ValueTask<bool> WriteAsync(PipeWriter writer, ReadOnlyMemory<byte> bytes)
    {
        var write = writer.WriteAsync(bytes, CancellationToken.None);
        if (!write.IsCompleted)
        {
            Volatile.Write(ref writingSince, time.GetTimestamp());
        }

        var result = await write;
        Volatile.Write(ref writingSince, 0);
        return !result.IsCompleted && !result.IsCanceled;
    }
}
