using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Candor.SystemTests.Places;

/// <summary>A way to a server that can be cut: connections under way break, and no new one is let through.</summary>
internal sealed class CutCable : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, bool> open = new();
    private readonly CancellationTokenSource ended = new();
    private readonly Task accepting;
    private volatile IPEndPoint to;
    private volatile bool isCut;

    public CutCable(Uri to)
    {
        this.to = new(IPAddress.Loopback, to.Port);
        listener.Start();
        Address = new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        accepting = AcceptAsync();
    }

    public Uri Address { get; }

    public void Cut()
    {
        isCut = true;
        foreach (var socket in open.Keys)
        {
            socket.Dispose();
        }
    }

    public void Mend() => isCut = false;

    /// <summary>The server is elsewhere from now on.</summary>
    public void LeadTo(Uri server) => to = new(IPAddress.Loopback, server.Port);

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        Cut();
        listener.Dispose();
        await accepting;
        ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        var lines = new List<Task>();
        try
        {
            while (true)
            {
                lines.Add(CarryAsync(await listener.AcceptSocketAsync(ended.Token)));
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            await Task.WhenAll(lines);
        }
    }

    private async Task CarryAsync(Socket near)
    {
        using var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using (near)
        {
            open[near] = open[far] = true;
            try
            {
                if (!isCut)
                {
                    await far.ConnectAsync(to, ended.Token);
                    await using var a = new NetworkStream(near);
                    await using var b = new NetworkStream(far);
                    await Task.WhenAny(a.CopyToAsync(b, ended.Token), b.CopyToAsync(a, ended.Token));
                }
            }
            catch (Exception fault) when (fault is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // Cut, or one side has gone.
            }
            finally
            {
                open.TryRemove(near, out _);
                open.TryRemove(far, out _);
            }
        }
    }
}
