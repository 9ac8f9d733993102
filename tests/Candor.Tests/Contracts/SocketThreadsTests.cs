using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Candor.Effects;
using Candor.Effects.Dns;

namespace Candor.Tests.Contracts;

/// <summary>Who may stay on a socket's thread. All unit tests run as the program does: sockets finish in place.</summary>
public sealed class SocketThreadsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [ModuleInitializer]
    internal static void AsTheProgramRuns() => SocketThreads.FinishInPlace();

    [Fact]
    public async Task A_plain_socket_goes_on_where_it_was_heard()
    {
        using var pair = await PairAsync();

        // Without this, the tests below would pass whatever they test.
        Assert.False(await EndsOnPoolAsync(pair.Ours.ReceiveAsync(new byte[8], SocketFlags.None), pair));
    }

    [Fact]
    public async Task What_is_read_from_outside_leaves_the_sockets_thread()
    {
        using var pair = await PairAsync();
        await using var stream = new OutboundStream(pair.Ours);

        Assert.True(await EndsOnPoolAsync(stream.ReadAsync(new byte[8], Ct).AsTask(), pair));
    }

    [Fact]
    public void Nobody_stays_because_the_pool_was_quick()
    {
        var isOver = true;
        var thread = new Thread(() =>
        {
            var leaving = SocketThreads.LeaveAsync().GetAwaiter();
            using var poolWasHere = new ManualResetEventSlim();
            ThreadPool.UnsafeQueueUserWorkItem(static was => was.Set(), poolWasHere, preferLocal: false);
            poolWasHere.Wait(Ct);
            isOver = leaving.IsCompleted;
        });
        thread.Start();
        thread.Join();

        Assert.False(isOver);
    }

    [Fact]
    public async Task Datagrams_leave_it_too()
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var egress = new Egress(
            new EgressRules([IPNetwork.Parse("127.0.0.0/8")], []), static () => ResolverFiles.Empty, new SystemRandomness(), TimeProvider.System);
        List<bool> onPool = [];
        using var judged = new SemaphoreSlim(0);
        var asking = egress.ExchangeAsync(
            (IPEndPoint)server.LocalEndPoint!,
            new byte[1],
            _ =>
            {
                onPool.Add(Thread.CurrentThread.IsThreadPoolThread);
                judged.Release();
                return onPool.Count == 20;
            },
            Ct);
        var from = await server.ReceiveFromAsync(new byte[8], SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), Ct);
        for (var i = 0; i < 20; i++)
        {
            await server.SendToAsync(new byte[1], SocketFlags.None, from.RemoteEndPoint, Ct);
            await judged.WaitAsync(Ct);
        }

        await asking;
        Assert.DoesNotContain(false, onPool);
    }

    [Fact]
    public async Task Work_sent_elsewhere_stays_there_however_often_it_waits()
    {
        using var pair = await PairAsync();
        using var waits = new SemaphoreSlim(0);
        var onPool = new List<bool>();
        var work = SocketThreads.RunElsewhere(async () =>
        {
            for (var i = 0; i < 3; i++)
            {
                var receiving = pair.Ours.ReceiveAsync(new byte[8], SocketFlags.None);
                waits.Release();
                await receiving;
                onPool.Add(Thread.CurrentThread.IsThreadPoolThread);
            }
        });
        for (var i = 0; i < 3; i++)
        {
            await waits.WaitAsync(Ct);
            pair.Theirs.Send("x"u8);
        }

        await work;
        Assert.Equal([true, true, true], onPool);
    }

    private static async Task<bool> EndsOnPoolAsync(Task<int> pending, Pair pair)
    {
        var ends = pending.ContinueWith(
            static _ => Thread.CurrentThread.IsThreadPoolThread, Ct, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        Assert.False(pending.IsCompleted);
        pair.Theirs.Send("x"u8);
        return await ends;
    }

    private static async Task<Pair> PairAsync()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var ours = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await ours.ConnectAsync(listener.LocalEndPoint!, Ct);
        return new(ours, await listener.AcceptAsync(Ct));
    }

    private sealed record Pair(Socket Ours, Socket Theirs) : IDisposable
    {
        public void Dispose()
        {
            Ours.Dispose();
            Theirs.Dispose();
        }
    }
}
