using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Candor.Bench;

/// <summary>The real executable with settings and a data folder of its own, on free loopback ports.</summary>
internal sealed partial class ServedCandor : IAsyncDisposable
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(120);

    private readonly Process process;

    private ServedCandor(Process process, string ready, TimeSpan readyAfter)
    {
        this.process = process;
        ReadyAfter = readyAfter;
        Address = new(Listening().Match(ready).Value);
        AdminAddress = new(Listening().Matches(ready)[^1].Value);
        Http = new(new SocketsHttpHandler { PooledConnectionLifetime = Timeout.InfiniteTimeSpan }) { BaseAddress = Address };
    }

    public Uri Address { get; }

    public Uri AdminAddress { get; }

    public HttpClient Http { get; }

    public TimeSpan ReadyAfter { get; }

    public int Id => process.Id;

    public TimeSpan Cpu
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public double ResidentMb
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / 1_000_000.0;
        }
    }

    /// <summary>Starts it and waits for the line that it prints when it answers.</summary>
    public static async Task<ServedCandor> StartAsync(
        string folder, string settings, CancellationToken cancellation, int port = 0, Executable? program = null)
    {
        var config = Path.Combine(folder, "candor.yaml");
        await File.WriteAllTextAsync(config, settings, cancellation);
        var started = Stopwatch.GetTimestamp();
        var child = Process.Start(new ProcessStartInfo((program ?? Executable.Built()).Path,
        [
            "serve", "--config", config, "--data", Path.Combine(folder, "data"),
            "--listen", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"),
            "--admin-listen", "http://127.0.0.1:0",
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var errors = new List<string>();
        child.ErrorDataReceived += (_, line) =>
        {
            lock (errors)
            {
                errors.Add(line.Data ?? "");
            }
        };
        child.BeginErrorReadLine();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(ReadyWithin);
        try
        {
            var ready = await child.StandardOutput.ReadLineAsync(patience.Token)
                ?? throw new InvalidOperationException($"candor serve did not start: {string.Join('\n', errors)}");
            return new(child, ready, Stopwatch.GetElapsedTime(started));
        }
        catch
        {
            child.Kill(entireProcessTree: true);
            child.Dispose();
            throw;
        }
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
    }

    public async Task KillAsync(CancellationToken cancellation)
    {
        process.Kill();
        await process.WaitForExitAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
        Http.Dispose();
    }

    /// <summary>A port that was free a moment ago, for those who must know it before the process is there.</summary>
    public static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+", RegexOptions.None, 1_000)]
    private static partial Regex Listening();
}
