using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Candor.Tests.Contracts;

/// <summary>A real listener on the loopback address that treats every connection as a test says.</summary>
internal sealed class LocalListener : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task accepting;
    private int connections;

    public LocalListener(Func<Stream, CancellationToken, Task> serve)
    {
        listener.Start();
        accepting = AcceptAsync(serve);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Connections => Volatile.Read(ref connections);

    public string Http => $"http://127.0.0.1:{Port}";

    /// <summary>Answers every request with the same bytes, after reading its head.</summary>
    public static LocalListener Answering(string head, string body = "") => new(async (stream, cancellation) =>
    {
        await HeadAsync(stream, cancellation);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(head.ReplaceLineEndings("\r\n") + "\r\n\r\n" + body), cancellation);
    });

    /// <summary>The request's head as text.</summary>
    public static async Task<string> HeadAsync(Stream stream, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, cancellation) > 0)
        {
            text.Append((char)one[0]);
        }

        return text.ToString();
    }

    /// <summary>Wraps a way to serve into TLS with the certificate.</summary>
    public static Func<Stream, CancellationToken, Task> Tls(
        System.Security.Cryptography.X509Certificates.X509Certificate2 certificate, Func<Stream, CancellationToken, Task> serve) =>
        async (stream, cancellation) =>
        {
            await using var secure = new SslStream(stream, leaveInnerStreamOpen: true);
            await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, cancellation);
            await serve(secure, cancellation);
            await secure.ShutdownAsync();
        };

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await accepting;
        stop.Dispose();
    }

    private async Task AcceptAsync(Func<Stream, CancellationToken, Task> serve)
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                Interlocked.Increment(ref connections);
                serving.Add(ServeAsync(client, serve));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client, Func<Stream, CancellationToken, Task> serve)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                await serve(stream, stop.Token);
                client.Client.Shutdown(SocketShutdown.Send);
                while (await stream.ReadAsync(new byte[1024], stop.Token) > 0)
                {
                    // Reading to the end spares the client a reset.
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException
                or System.Security.Authentication.AuthenticationException)
            {
                // The prober went away, as many of these tests want.
            }
        }
    }
}
