using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text;
using Candor.Pages;
using Candor.Pages.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Candor.Tests.Pages;

/// <summary>Streams that are sent straight into the socket, by a real server to real sockets.</summary>
public sealed class SocketStreamTests
{
    private const int Many = 250;
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reader_is_answered_and_hears_what_changed_on_a_connection_that_served_a_page_before()
    {
        await using var site = await Site.StartAsync(LiveLimits.Default);
        using var reader = await site.ConnectAsync();
        await SendAsync(reader, "/page");
        Assert.Contains("a page", await UntilAsync(reader, "a page"), StringComparison.Ordinal);
        await SendAsync(reader, "/events");
        var said = await UntilAsync(reader, "event: hello");
        site.Announce(42);
        said += await UntilAsync(reader, "event: changed", end: "\n\n");

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", said, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Type: text/event-stream\r\n", said, StringComparison.Ordinal);
        Assert.Contains("\r\nCache-Control: no-store\r\n", said, StringComparison.Ordinal);
        Assert.Contains("\r\nX-Content-Type-Options: nosniff\r\n", said, StringComparison.Ordinal);
        Assert.Contains("\r\nDate: ", said, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n\r\n", said, StringComparison.Ordinal);
        Assert.Contains("id: 42-1\nevent: changed\ndata: {\"position\":42,", said, StringComparison.Ordinal);
        await site.StopStreamsAsync();
        Assert.Equal(0, await reader.ReceiveAsync(new byte[16], Ct));
        await SoonAsync(() => site.Live.Count == 0);
    }

    /// <summary>What the socket does not take at once is sent later, and nothing of it is lost, doubled or torn.</summary>
    [Fact]
    public async Task A_reader_that_rests_gets_every_message_whole_and_in_order_and_nobody_waits_for_it()
    {
        await using var site = await Site.StartAsync(LiveLimits.Default with { LagMax = int.MaxValue, WriteMax = TimeSpan.FromMinutes(5) });
        using var resting = await site.ConnectAsync();
        using var awake = await site.ConnectAsync();
        await SendAsync(resting, "/events");
        await SendAsync(awake, "/events");
        await UntilAsync(resting, "event: hello");
        await UntilAsync(awake, "event: hello");
        for (var i = 1; i <= Many; i++)
        {
            site.Announce(i, pages: 500);
            await UntilAsync(awake, $"id: {i}-{i}\n", end: "\n\n");
        }

        var text = await UntilAsync(resting, $"id: {Many}-{Many}\n", end: "\n\n");
        var numbers = text.Split('\n').Where(static line => line.StartsWith("id: ", StringComparison.Ordinal)).Select(static line => line[4..]);
        Assert.Equal(Enumerable.Range(1, Many).Select(static i => $"{i}-{i}"), numbers);
        Assert.All(
            text.Split("\n\n").Where(static one => one.Contains("event: changed", StringComparison.Ordinal)),
            static one => Assert.EndsWith("}]}", one, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_takes_nothing_for_too_long_is_dropped_and_others_are_not()
    {
        await using var site = await Site.StartAsync(
            LiveLimits.Default with { LagMax = int.MaxValue, WriteMax = TimeSpan.FromMilliseconds(300), Heartbeat = TimeSpan.FromMilliseconds(50) });
        using var stuck = await site.ConnectAsync();
        using var awake = await site.ConnectAsync();
        await SendAsync(stuck, "/events");
        await SendAsync(awake, "/events");
        await UntilAsync(stuck, "event: hello");
        await UntilAsync(awake, "event: hello");
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var listening = DrainAsync(awake, reading.Token);
        await SoonAsync(() =>
        {
            site.Announce(1, pages: 2_000);
            return site.Live.Dropped == 1;
        });
        await SoonAsync(() => site.Live.Count == 1);
        Assert.False(listening.IsCompleted);
        await reading.CancelAsync();
    }

    [Fact]
    public async Task Who_lags_too_far_behind_is_let_go()
    {
        await using var site = await Site.StartAsync(LiveLimits.Default with { LagMax = 3, WriteMax = TimeSpan.FromMinutes(5) });
        using var reader = await site.ConnectAsync();
        using var awake = await site.ConnectAsync();
        await SendAsync(reader, "/events");
        await SendAsync(awake, "/events");
        await UntilAsync(reader, "event: hello");
        await UntilAsync(awake, "event: hello");
        for (var i = 1; i <= Many; i++)
        {
            site.Announce(i, pages: 500);
            await UntilAsync(awake, $"id: {i}-{i}\n", end: "\n\n");
        }

        await DrainAsync(reader, Ct).WaitAsync(Long, Ct);
        await SoonAsync(() => site.Live.Count == 1);
    }

    [Fact]
    public async Task Whoever_goes_away_is_noticed_with_the_next_message()
    {
        await using var site = await Site.StartAsync(LiveLimits.Default with { Heartbeat = TimeSpan.FromMilliseconds(50) });
        var reader = await site.ConnectAsync();
        await SendAsync(reader, "/events");
        await UntilAsync(reader, "event: hello");
        Assert.Equal(1, site.Live.Count);
        reader.Dispose();
        await SoonAsync(() => site.Live.Count == 0);
    }

    /// <summary>Under TLS and HTTP/2 only the server knows what the bytes on the wire are.</summary>
    [Theory]
    [InlineData("HTTP/1.1", false, true)]
    [InlineData("HTTP/1.1", true, false)]
    [InlineData("HTTP/2", false, false)]
    [InlineData("HTTP/1.0", false, false)]
    public void Only_what_goes_as_it_is_written_is_sent_straight(string protocol, bool isEncrypted, bool isStraight)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        var context = new DefaultHttpContext();
        context.Request.Protocol = protocol;
        context.Features.Set<IConnectionSocketFeature>(new Plugged(socket));
        if (isEncrypted)
        {
            context.Features.Set(DispatchProxy.Create<ITlsHandshakeFeature, Untouched>());
        }

        Assert.Equal(isStraight, SocketStream.SocketOf(context) == socket);
    }

    private static Task<int> SendAsync(Socket socket, string path) =>
        socket.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: status.example.com\r\n\r\n"), Ct).AsTask();

    /// <summary>Reads until a text and then another one have come.</summary>
    private static async Task<string> UntilAsync(Socket socket, string text, string end = "")
    {
        var said = new StringBuilder();
        var tail = "";
        var buffer = new byte[64 * 1024];
        var isNear = false;
        for (var began = Stopwatch.GetTimestamp(); ;)
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Long, "It never came.");
            var at = isNear ? 0 : tail.IndexOf(text, StringComparison.Ordinal);
            isNear |= at >= 0;
            if (isNear && tail.IndexOf(end, at, StringComparison.Ordinal) >= 0)
            {
                return said.ToString();
            }

            var read = await socket.ReceiveAsync(buffer, Ct).AsTask().WaitAsync(Long, Ct);
            Assert.True(read > 0, $"The connection ended: {said}");
            var heard = Encoding.UTF8.GetString(buffer, 0, read);
            said.Append(heard);
            tail = string.Concat(tail.AsSpan(Math.Max(0, tail.Length - 64)), heard);
        }
    }

    private static async Task SoonAsync(Func<bool> isSo)
    {
        for (var began = Stopwatch.GetTimestamp(); !isSo(); await Task.Delay(20, Ct))
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Long);
        }
    }

    private static async Task DrainAsync(Socket socket, CancellationToken cancellation)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await socket.ReceiveAsync(buffer, cancellation) > 0)
            {
                // Whatever it says.
            }
        }
        catch (Exception over) when (over is SocketException or OperationCanceledException)
        {
            // Broken off is over as well.
        }
    }

    private sealed class Plugged(Socket socket) : IConnectionSocketFeature
    {
        public Socket Socket => socket;
    }

    /// <summary>What is only looked for, and not into.</summary>
    public class Untouched : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => throw new NotSupportedException();
    }

    private sealed class Site : IAsyncDisposable
    {
        private readonly CancellationTokenSource stopping = new();
        private readonly WebApplication app;
        private readonly Task running;

        private Site(LiveStreams live, WebApplication app)
        {
            (Live, this.app) = (live, app);
            running = live.RunAsync(stopping.Token);
        }

        public LiveStreams Live { get; }

        public static async Task<Site> StartAsync(LiveLimits limits)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var built = builder.Build();
            var live = new LiveStreams(TimeProvider.System, limits with { Lanes = 1 });
            built.MapGet("/page", static () => Results.Text("a page"));
            built.MapGet("/events", context => live.ServeAsync(context));
            await built.StartAsync(Ct);
            return new(live, built);
        }

        public void Announce(int position, int pages = 1) =>
            Live.Announce(new(new Edition { Position = position }, [.. Enumerable.Range(0, pages).Select(static i => $"/page/{i}")], TimeProvider.System.GetUtcNow()));

        public async Task<Socket> ConnectAsync()
        {
            var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, new Uri(address).Port), Ct);
            return socket;
        }

        public async Task StopStreamsAsync()
        {
            await stopping.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        }

        public async ValueTask DisposeAsync()
        {
            await stopping.CancelAsync();
            await app.DisposeAsync();
            stopping.Dispose();
        }
    }
}
