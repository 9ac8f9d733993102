using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Candor.Pages.Live;

/// <summary>
/// Server-sent events: tells open pages that something changed, and what. The message is written once for all; ten
/// thousand streams cost ten thousand small sends and nothing else.
/// </summary>
internal sealed class LiveStreams(TimeProvider time, LiveLimits limits)
{
    private readonly ConcurrentDictionary<LiveStream, bool> streams = new();
    private readonly Lock gate = new();
    private volatile LiveMessage last = new(0, ReadOnlyMemory<byte>.Empty);
    private volatile string lastEventId = "0-0";
    private int count;

    /// <summary>Streams that are open.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>Streams that were dropped because their readers did not keep up.</summary>
    public long Dropped { get; private set; }

    /// <summary>Sends the news of an edition to everybody. Returns at once.</summary>
    public void Announce(EditionNews news)
    {
        if (news.Changed.Count == 0)
        {
            Send(Text(null, "verified", new LiveVerified(news.At), LiveJson.Default.LiveVerified));
            return;
        }

        lock (gate)
        {
            lastEventId = string.Create(CultureInfo.InvariantCulture, $"{news.Edition.Position}-{last.Number + 1}");
            Send(Text(lastEventId, "changed", ChangedOf(news), LiveJson.Default.LiveChanged));
        }
    }

    /// <summary>Sends heartbeats and drops readers that do not keep up, until cancelled; then ends all streams.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                await Task.Delay(limits.Heartbeat, time, cancellation);
                DropStuck();
                Send(": still here\n\n"u8.ToArray());
            }
        }
        finally
        {
            Send(ReadOnlyMemory<byte>.Empty, isEnd: true);
        }
    }

    public async Task ServeAsync(HttpContext context)
    {
        if (!LiveStream.Accepts(context))
        {
            return;
        }

        if (Interlocked.Increment(ref count) > limits.StreamsMax)
        {
            Interlocked.Decrement(ref count);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "60";
            return;
        }

        var from = last;
        var stream = new LiveStream(context, time, limits);
        streams[stream] = true;
        try
        {
            await stream.RunAsync(from, Greeting(context.Request), () => last.Number);
        }
        finally
        {
            streams.TryRemove(stream, out _);
            Interlocked.Decrement(ref count);
        }
    }

    private byte[] Greeting(HttpRequest request)
    {
        var id = lastEventId;
        var asked = request.Headers["Last-Event-ID"].ToString();
        var greeting = $"retry: 3000\nid: {id}\nevent: hello\ndata: {{}}\n\n";

        // Something was announced while this reader was away, or another process announced it: everything may be new.
        return asked.Length == 0 || asked == id
            ? Encoding.UTF8.GetBytes(greeting)
            : [.. Encoding.UTF8.GetBytes(greeting),
                .. Text(id, "changed", new LiveChanged(Position(id), SpreadMs(), true, []), LiveJson.Default.LiveChanged)];
    }

    private static long Position(string id) =>
        long.Parse(id.AsSpan(0, id.IndexOf('-', StringComparison.Ordinal)), CultureInfo.InvariantCulture);

    private LiveChanged ChangedOf(EditionNews news) => new(
        news.Edition.Position,
        SpreadMs(),
        Missed: false,
        news.Changed.Select(path => new LivePage(path, news.Edition.Find(path, news.At)?.Hash)).ToList());

    /// <summary>Browsers fetch at a random moment within this, so that everybody who is told does not come at once.</summary>
    private int SpreadMs() => (int)(Count * 1000L / limits.FetchesPerSecond);

    private void Send(ReadOnlyMemory<byte> bytes, bool isEnd = false)
    {
        lock (gate)
        {
            var before = last;
            last = new(before.Number + 1, bytes) { IsEnd = isEnd };
            before.FollowedBy(last);
        }
    }

    private void DropStuck()
    {
        foreach (var (stream, _) in streams)
        {
            if (stream.IsStuck)
            {
                Dropped++;
                stream.Drop();
            }
        }
    }

    private static byte[] Text<T>(
        string? id, string name, T data, JsonTypeInfo<T> type)
    {
        var buffer = new ArrayBufferWriter<byte>();
        buffer.Write(Encoding.UTF8.GetBytes(id is null ? $"event: {name}\ndata: " : $"id: {id}\nevent: {name}\ndata: "));
        buffer.Write(JsonSerializer.SerializeToUtf8Bytes(data, type));
        buffer.Write("\n\n"u8);
        return buffer.WrittenSpan.ToArray();
    }
}
