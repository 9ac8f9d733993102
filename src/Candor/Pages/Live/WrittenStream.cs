using System.IO.Pipelines;

namespace Candor.Pages.Live;

/// <summary>A stream through the server's own writer: under TLS and HTTP/2, where only the server knows what the bytes on the wire are.</summary>
/// <param name="newest">The number of the newest message of its lane.</param>
internal sealed class WrittenStream(HttpContext context, TimeProvider time, LiveLimits limits, Func<long> newest) : LiveStream
{
    private long writingSince;

    public override bool IsStuck =>
        Volatile.Read(ref writingSince) is not 0 and var since && time.GetElapsedTime(since) > limits.WriteMax;

    public override async Task RunAsync(LiveMessage at, ReadOnlyMemory<byte> greeting)
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

    public override void Drop()
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
