using System.Text;
using Candor.Pages;
using Candor.Pages.Live;
using Candor.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Candor.Tests.Pages;

public sealed class LiveStreamsTests : IDisposable
{
    private readonly ManualTimeProvider time = new(MadeUpWorld.Start);
    private readonly OneThread thread = new();
    private readonly List<Task> serving = [];
    private readonly CancellationTokenSource stopping = new();
    private Task? running;

    public void Dispose() => stopping.Dispose();

    [Fact]
    public void Everybody_hears_what_changed()
    {
        var live = Started(LiveLimits.Default);
        var readers = Enumerable.Range(0, 3).Select(_ => Open(live)).ToList();
        live.Announce(new(new Edition { Position = 42 }, ["/", "/status.json"], time.GetUtcNow()));
        thread.RunUntilIdle();
        Assert.All(readers, reader =>
        {
            Assert.Contains("event: hello\n", Text(reader), StringComparison.Ordinal);
            Assert.Contains("id: 42-1\nevent: changed\ndata: {\"position\":42,", Text(reader), StringComparison.Ordinal);
            Assert.Contains("{\"path\":\"/status.json\",\"hash\":null}", Text(reader), StringComparison.Ordinal);
        });
        Assert.Equal(3, live.Count);
    }

    [Fact]
    public void Where_nobody_listens_nothing_is_sent_and_who_comes_next_knows_the_newest()
    {
        var live = Started(LiveLimits.Default);
        var before = thread.Done;
        live.Announce(new(new Edition { Position = 42 }, ["/"], time.GetUtcNow()));
        thread.RunUntilIdle();
        Assert.InRange(thread.Done - before, 1, LiveLimits.Default.Lanes / 2);
        Assert.Contains("id: 42-1\n", Text(Open(live)), StringComparison.Ordinal);
    }

    [Fact]
    public void Time_alone_is_no_change()
    {
        var live = Started(LiveLimits.Default);
        var reader = Open(live);
        live.Announce(new(new Edition { Position = 42 }, [], time.GetUtcNow()));
        thread.RunUntilIdle();
        Assert.Contains("event: verified\ndata: {\"at\":\"2026-03-01T09:00:00.000Z\"}\n\n", Text(reader), StringComparison.Ordinal);
        Assert.DoesNotContain("changed", Text(reader), StringComparison.Ordinal);
    }

    [Fact]
    public void Who_comes_back_and_missed_something_is_told_so_and_who_missed_nothing_is_not()
    {
        var live = Started(LiveLimits.Default);
        live.Announce(new(new Edition { Position = 7 }, ["/"], time.GetUtcNow()));
        thread.RunUntilIdle();
        Assert.Contains("\"missed\":true", Text(Open(live, "3-1")), StringComparison.Ordinal);
        Assert.DoesNotContain("missed", Text(Open(live, "7-1")), StringComparison.Ordinal);
        Assert.DoesNotContain("missed", Text(Open(live)), StringComparison.Ordinal);
        Assert.Contains("\"missed\":true", Text(Open(live, "what\u00e9ver")), StringComparison.Ordinal);
    }

    [Fact]
    public void One_stream_too_many_is_sent_away_politely()
    {
        var live = Started(LiveLimits.Default with { StreamsMax = 2 });
        Open(live);
        Open(live);
        var third = Open(live);
        Assert.Equal((503, "60"), (third.Response.StatusCode, third.Response.Headers.RetryAfter.ToString()));
        Assert.Equal(2, live.Count);
    }

    [Fact]
    public void A_comment_keeps_the_stream_alive_and_the_end_ends_it()
    {
        var live = Started(LiveLimits.Default);
        var reader = Open(live);
        time.Advance(TimeSpan.FromSeconds(10));
        thread.RunUntilIdle();
        Assert.EndsWith(": still here\n\n", Text(reader), StringComparison.Ordinal);
        stopping.Cancel();
        thread.RunUntilIdle();
        Assert.True(running!.IsCanceled);
        Assert.Equal(0, live.Count);
    }

    [Fact]
    public void A_reader_that_does_not_read_is_dropped_and_the_others_are_not()
    {
        var live = Started(LiveLimits.Default);
        var stuck = new StuckBody();
        var slow = Open(live, body: stuck);
        var good = Open(live);
        for (var i = 0; i < 3; i++)
        {
            time.Advance(TimeSpan.FromSeconds(10));
            thread.RunUntilIdle();
        }

        Assert.Equal(1, live.Dropped);
        Assert.True(slow.RequestAborted.IsCancellationRequested);
        Assert.False(good.RequestAborted.IsCancellationRequested);
        stopping.Cancel();
        stuck.Release();
        thread.RunUntilIdle();
        Assert.True(running!.IsCanceled);
    }

    [Fact]
    public void Only_reading_is_allowed()
    {
        var live = Started(LiveLimits.Default);
        Assert.Equal(405, Open(live, method: "POST").Response.StatusCode);
        var head = Open(live, method: "HEAD");
        Assert.Equal("text/event-stream", head.Response.ContentType);
        Assert.Equal(0, live.Count);
    }

    [Fact]
    public void News_that_come_while_others_wait_are_one_message()
    {
        var live = Started(LiveLimits.Default);
        var reader = Open(live);
        live.Announce(new(new Edition { Position = 1 }, ["/"], time.GetUtcNow()));
        live.Announce(new(new Edition { Position = 2 }, [], time.GetUtcNow()));
        live.Announce(new(new Edition { Position = 3 }, ["/", "/history"], time.GetUtcNow()));
        thread.RunUntilIdle();
        var text = Text(reader);
        Assert.Equal(2, text.Split("event: changed").Length);
        Assert.Contains("\"position\":3", text, StringComparison.Ordinal);
        Assert.Contains("[{\"path\":\"/\",\"hash\":null},{\"path\":\"/history\",\"hash\":null}]", text, StringComparison.Ordinal);
    }

    private LiveStreams Started(LiveLimits limits)
    {
        var live = new LiveStreams(time, limits);
        running = thread.Run(() => live.RunAsync(stopping.Token));
        return live;
    }

    private DefaultHttpContext Open(LiveStreams live, string? lastId = null, Stream? body = null, string method = "GET")
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Response.Body = body ?? new MemoryStream();
        context.Features.Set<IHttpRequestLifetimeFeature>(new Connection());
        if (lastId is not null)
        {
            context.Request.Headers["Last-Event-ID"] = lastId;
        }

        serving.Add(thread.Run(() => live.ServeAsync(context)));
        thread.RunUntilIdle();
        Assert.All(serving, task => Assert.False(task.IsFaulted));
        return context;
    }

    private static string Text(DefaultHttpContext context) =>
        Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray());

    private sealed class Connection : IHttpRequestLifetimeFeature
    {
        public CancellationToken RequestAborted { get; set; }

        public void Abort() => RequestAborted = new(canceled: true);
    }

    /// <summary>A connection whose other end has stopped reading.</summary>
    private sealed class StuckBody : MemoryStream
    {
        private readonly TaskCompletionSource released = new();

        public void Release() => released.TrySetResult();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            new(released.Task);
    }
}
