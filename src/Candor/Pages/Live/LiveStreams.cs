using System.Collections.Concurrent;
using System.Globalization;

namespace Candor.Pages.Live;

/// <summary>
/// Server-sent events: tells open pages that something changed, and what. The message is written once for all; ten
/// thousand streams cost ten thousand small sends and nothing else. News that come while others are being sent are
/// merged into one message.
/// </summary>
internal sealed class LiveStreams(TimeProvider time, LiveLimits limits)
{
    private readonly ConcurrentDictionary<LiveStream, bool> streams = new();
    private readonly LiveLane[] lanes = [.. Enumerable.Range(0, limits.Lanes).Select(_ => new LiveLane())];
    private readonly Lock gate = new();
    private TaskCompletionSource waker = NewSignal();
    private EditionNews? waiting;
    private volatile string lastEventId = "0-0";
    private int count;
    private int arrivals;
    private long announced;

    /// <summary>Streams that are open.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>Streams that were dropped because their readers did not keep up.</summary>
    public long Dropped { get; private set; }

    /// <summary>Has the news of an edition sent to everybody. Returns at once.</summary>
    public void Announce(EditionNews news)
    {
        lock (gate)
        {
            waiting = waiting is { } before
                ? news with
                {
                    Changed = [.. before.Changed.Union(news.Changed, StringComparer.Ordinal)],
                    IsRegated = before.IsRegated || news.IsRegated,
                }
                : news;
            waker.TrySetResult();
        }
    }

    /// <summary>Sends news and heartbeats and drops readers that do not keep up, until cancelled; then ends all streams.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                await WaitAsync(cancellation);
                cancellation.ThrowIfCancellationRequested();
                DropStuck();
                var news = Take();
                if (news is { IsRegated: true })
                {
                    lastEventId = NextId(news);
                    EndAll();
                }
                else
                {
                    // Whoever comes after this reads the new id, so nobody misses what is sent to nobody.
                    var text = news is null ? LiveText.Heartbeat : TextOf(news);
                    if (Count > 0)
                    {
                        await SendAsync(text, cancellation);
                    }
                }
            }
        }
        finally
        {
            EndAll();
        }
    }

    public async Task ServeAsync(HttpContext context, bool isPrivate = false)
    {
        if (!LiveStream.Accepts(context, isPrivate))
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

        // The place in the chain is taken before the id is read: a message in between comes twice rather than never.
        var lane = lanes[(uint)Interlocked.Increment(ref arrivals) % lanes.Length];
        var from = lane.Last;
        var stream = StreamOf(context, lane);
        streams[stream] = true;
        try
        {
            await stream.RunAsync(from, Greeting(context.Request));
        }
        finally
        {
            streams.TryRemove(stream, out _);
            lane.Remove(stream);
            Interlocked.Decrement(ref count);
        }
    }

    private LiveStream StreamOf(HttpContext context, LiveLane lane)
    {
        if (SocketStream.SocketOf(context) is not { } socket)
        {
            return new WrittenStream(context, time, limits, () => lane.Last.Number);
        }

        var stream = new SocketStream(context, socket, time, limits, () => lane.Last.Number);
        lane.Add(stream);
        return stream;
    }

    /// <summary>Browsers come again by themselves, and whoever lets them in decides anew. Who comes now begins behind the end.</summary>
    private void EndAll() => Array.ForEach(lanes, static lane => lane.Send(ReadOnlyMemory<byte>.Empty, isEnd: true));

    private byte[] Greeting(HttpRequest request)
    {
        var id = lastEventId;
        var asked = request.Headers["Last-Event-ID"].ToString();

        // Otherwise something was announced while this reader was away, or another process announced it.
        var isUpToDate = asked.Length == 0 || asked == id;
        return LiveText.Greeting(id, isUpToDate ? null : new LiveChanged(PositionOf(id), SpreadMs(), Missed: true, []));
    }

    private byte[] TextOf(EditionNews news)
    {
        if (news.Changed.Count == 0)
        {
            return LiveText.Of(new LiveVerified(news.At));
        }

        lastEventId = NextId(news);
        var pages = news.Changed.Select(path => new LivePage(path, news.Edition.Find(path, news.At)?.Hash)).ToList();
        return LiveText.Of(lastEventId, new(news.Edition.Position, SpreadMs(), Missed: false, pages));
    }

    private string NextId(EditionNews news) => string.Create(CultureInfo.InvariantCulture, $"{news.Edition.Position}-{++announced}");

    private static long PositionOf(string id) =>
        long.Parse(id.AsSpan(0, id.IndexOf('-', StringComparison.Ordinal)), CultureInfo.InvariantCulture);

    /// <summary>Browsers fetch at a random moment within this, so that everybody who is told does not come at once.</summary>
    private int SpreadMs() => (int)(Count * 1000L / limits.FetchesPerSecond);

    private async Task SendAsync(byte[] bytes, CancellationToken cancellation)
    {
        // The pool takes up the next lane once the sends of this one are done, and whatever else came meanwhile. Pages do not
        // wait for the pool at all; a pause by the clock only made everybody hear later.
        foreach (var lane in lanes)
        {
            cancellation.ThrowIfCancellationRequested();
            lane.Send(bytes);
            await Task.Yield();
        }
    }

    private EditionNews? Take()
    {
        lock (gate)
        {
            (var news, waiting) = (waiting, null);
            return news;
        }
    }

    /// <summary>Until there are news, or it is time for a sign of life.</summary>
    private async Task WaitAsync(CancellationToken cancellation)
    {
        TaskCompletionSource signal;
        lock (gate)
        {
            if (waiting is not null)
            {
                return;
            }

            signal = waker = NewSignal();
        }

        await using var timer = time.CreateTimer(Wake, signal, limits.Heartbeat, Timeout.InfiniteTimeSpan);
        await using var stop = cancellation.Register(Wake, signal);
        await signal.Task;
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

    private static void Wake(object? signal) => ((TaskCompletionSource)signal!).TrySetResult();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
