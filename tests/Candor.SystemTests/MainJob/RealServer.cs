using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Candor.SystemTests.MainJob;

/// <summary>A server of somebody else's, started for one test: stopped, frozen and started again as the test wants.</summary>
public sealed class RealServer : IAsyncDisposable
{
    private const int FirstPort = 20_000;
    private const int Ports = 12_000;

    private static int asked = Environment.ProcessId * 100;

    private readonly string program;
    private readonly IReadOnlyList<string> arguments;
    private readonly ConcurrentQueue<string> said = new();
    private Process? process;

    private RealServer(string program, IReadOnlyList<string> arguments, int port) =>
        (this.program, this.arguments, Port) = (program, arguments, port);

    public int Port { get; }

    /// <summary>
    /// Below the ports that the kernel gives to whoever connects or does not care, and never the same twice: nobody takes it
    /// by chance before the server for which it is has begun.
    /// </summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = FirstPort + (int)((uint)Interlocked.Increment(ref asked) % Ports);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody's; the next one.
            }
        }
    }

    /// <param name="arguments">What the program is given, once its port is known.</param>
    public static async Task<RealServer> StartAsync(
        string program, Func<int, IReadOnlyList<string>> arguments, CancellationToken cancellation)
    {
        var port = FreePort();
        var server = new RealServer(Repository.Find(program)!, arguments(port), port);
        await server.StartAsync(cancellation);
        return server;
    }

    public async Task StartAsync(CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Patience.UntilAsync(
            () => AcceptsAsync(cancellation), TimeSpan.FromSeconds(60), () => $"{program}: {string.Join('\n', said)}", cancellation);
    }

    /// <summary>Ends it at once, children and all.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        process!.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(cancellation);
    }

    /// <summary>Sends the main process a signal by name: HUP to read its settings again.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", process!.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            await StopAsync(CancellationToken.None);
        }

        process?.Dispose();
    }

    private async Task<bool> AcceptsAsync(CancellationToken cancellation)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, Port, cancellation);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
