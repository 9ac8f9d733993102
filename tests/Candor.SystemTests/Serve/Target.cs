using System.Net;
using System.Net.Sockets;

namespace Candor.SystemTests.Serve;

/// <summary>A port that accepts connections, or for a while does not: the simplest service there is.</summary>
public sealed class Target : IDisposable
{
    private TcpListener? listener;

    public Target()
    {
        Start(0);
        Port = ((IPEndPoint)listener!.LocalEndpoint).Port;
    }

    public int Port { get; }

    public void Stop()
    {
        listener?.Dispose();
        listener = null;
    }

    public void StartAgain() => Start(Port);

    public void Dispose() => Stop();

    private void Start(int port)
    {
        listener = new(IPAddress.Loopback, port);
        listener.Start();
        _ = AcceptAsync(listener);
    }

    /// <summary>Who is not taken waits in the kernel, and after four thousand nobody gets in any more: after an hour of probes.</summary>
    private static async Task AcceptAsync(TcpListener from)
    {
        try
        {
            while (true)
            {
                using var taken = await from.AcceptTcpClientAsync(CancellationToken.None);
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
            // As was asked.
        }
    }
}
