using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Candor.SystemTests.Readers;

/// <summary>A reader who does not behave: what is sent, and what is read, is up to the test.</summary>
internal sealed class RawReader : IDisposable
{
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    public static async Task<RawReader> OpenAsync(Uri address, CancellationToken cancellation, int? receiveBuffer = null)
    {
        var reader = new RawReader();
        if (receiveBuffer is { } bytes)
        {
            reader.socket.ReceiveBufferSize = bytes;
        }

        await reader.socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, address.Port), cancellation);
        return reader;
    }

    /// <summary>False where the other end has closed.</summary>
    public async Task<bool> SendAsync(string text, CancellationToken cancellation)
    {
        try
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes(text), cancellation);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>What has come next, as text; null at the end.</summary>
    public async Task<string?> ReadAsync(CancellationToken cancellation)
    {
        var buffer = new byte[16_384];
        try
        {
            var read = await socket.ReceiveAsync(buffer, cancellation);
            return read == 0 ? null : Encoding.UTF8.GetString(buffer, 0, read);
        }
        catch (SocketException)
        {
            return null;
        }
    }

    /// <summary>Reads until the other end closes, and says whether it did.</summary>
    public async Task<bool> ClosesWithinAsync(TimeSpan time, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(time);
        try
        {
            while (await ReadAsync(patience.Token) is not null)
            {
                // Only the end matters.
            }

            return true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    public void Dispose() => socket.Dispose();
}
