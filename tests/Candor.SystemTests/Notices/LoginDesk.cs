using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Candor.SystemTests.Notices;

/// <summary>
/// Knows one user. Postfix asks it as it would ask Dovecot (its authentication protocol, version 1), so that no password
/// file of the machine takes part.
/// </summary>
public sealed class LoginDesk : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task accepting;

    public LoginDesk()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    public const string User = "candor";

    public const string Password = "p@ss:w%rd/ü";

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await accepting;
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await listener.AcceptTcpClientAsync(stop.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var pid = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
                await SayAsync(stream, $"VERSION\t1\t1\nMECH\tPLAIN\tplaintext\nMECH\tLOGIN\tplaintext\nSPID\t{pid}\nCUID\t1\nCOOKIE\t{new string('0', 32)}\nDONE\n");
                using var reader = new StreamReader(stream);
                while (await reader.ReadLineAsync(stop.Token) is { } line)
                {
                    var words = line.Split('\t');
                    if (words is ["AUTH", var id, "PLAIN", ..] && Array.Find(words, static w => w.StartsWith("resp=", StringComparison.Ordinal)) is { } answer)
                    {
                        var said = Encoding.UTF8.GetString(Convert.FromBase64String(answer[5..]));
                        await SayAsync(stream, said == $"\0{User}\0{Password}" ? $"OK\t{id}\tuser={User}\n" : $"FAIL\t{id}\tuser={User}\n");
                    }
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // Postfix went away.
            }
        }
    }

    private ValueTask SayAsync(NetworkStream stream, string text) => stream.WriteAsync(Encoding.ASCII.GetBytes(text), stop.Token);
}
