using System.Net;
using System.Net.Sockets;

namespace Candor.SystemTests.Serve;

/// <summary>A port that accepts connections, or for a while does not: the simplest service there is.</summary>
public sealed class Target : IDisposable
{
    private TcpListener? listener = new(IPAddress.Loopback, 0);

    public Target()
    {
        listener!.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public int Port { get; }

    public void Stop()
    {
        listener?.Dispose();
        listener = null;
    }

    public void StartAgain()
    {
        listener = new(IPAddress.Loopback, Port);
        listener.Start();
    }

    public void Dispose() => Stop();
}
