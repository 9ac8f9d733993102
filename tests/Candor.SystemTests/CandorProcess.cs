using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Candor.SystemTests;

/// <summary>
/// The real executable on free ports, with a data folder of its own. Tests read what strangers would read, stop it
/// politely or kill it, and start it again on the same data.
/// </summary>
public sealed partial class CandorProcess : IAsyncDisposable
{
    private readonly CandorOptions options;
    private readonly bool ownsFolder;
    private readonly ConcurrentQueue<string> errors = new();
    private Process process = null!;
    private TaskCompletionSource<string> readyLine = null!;

    private CandorProcess(CandorOptions options)
    {
        this.options = options;
        ownsFolder = options.Data is null;
        Folder = options.Data ?? Directory.CreateTempSubdirectory("candor-system-").FullName;
        if (options.Settings is { } settings)
        {
            File.WriteAllText(SettingsPath, settings);
        }
    }

    /// <summary>Holds candor.yaml and the data folder.</summary>
    public string Folder { get; }

    public string SettingsPath => Path.Combine(Folder, "candor.yaml");

    public string Data => Path.Combine(Folder, "data");

    /// <summary>The line that <c>serve</c> prints when it answers.</summary>
    public string ReadyLine { get; private set; } = "";

    public Uri Address { get; private set; } = null!;

    public Uri AdminAddress { get; private set; } = null!;

    /// <summary>From the start of the process to its line.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <summary>One connection pool per process, so that no test meets another's connections.</summary>
    public HttpClient Http { get; private set; } = null!;

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>Everything on the error stream so far.</summary>
    public string Log => string.Join('\n', errors);

    public static async Task<CandorProcess> StartAsync(CandorOptions options, CancellationToken cancellation)
    {
        var candor = new CandorProcess(options);
        try
        {
            await candor.StartAgainAsync(cancellation);
            return candor;
        }
        catch
        {
            await candor.DisposeAsync();
            throw;
        }
    }

    public static Task<CandorProcess> StartAsync(string settings, CancellationToken cancellation) =>
        StartAsync(new CandorOptions { Settings = settings }, cancellation);

    /// <summary>Starts a process that is not running, on the same data, and waits for its line.</summary>
    public async Task StartAgainAsync(CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        Launch();
        var ended = process.WaitForExitAsync(cancellation);
        var first = await Task.WhenAny(readyLine.Task, ended, Task.Delay(options.ReadyWithin, cancellation));
        if (first != readyLine.Task)
        {
            var what = process.HasExited ? $"ended with {process.ExitCode}" : $"said nothing for {options.ReadyWithin}";
            Assert.Fail($"candor {what} before it was ready:\n{Log}");
        }

        ReadyAfter = clock.Elapsed;
        ReadyLine = await readyLine.Task;
        var addresses = Addresses().Matches(ReadyLine).Select(match => new Uri(match.Value)).ToList();
        (Address, AdminAddress) = (addresses[0], addresses[1]);
        Http?.Dispose();
        Http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(10) };
    }

    /// <summary>Ends it at once, as a power cut would.</summary>
    public async Task KillAsync(CancellationToken cancellation)
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(cancellation);
    }

    /// <summary>Asks it to stop (SIGTERM) and says how it ended and how long that took.</summary>
    public async Task<(int ExitCode, TimeSpan Took)> StopAsync(CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        Signal("TERM");
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, clock.Elapsed);
    }

    /// <summary>Sends any signal, by name: STOP, CONT.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public Task<string> TextAsync(string path, CancellationToken cancellation) => Http.GetStringAsync(path, cancellation);

    /// <summary>A JSON answer as a tree; the caller needs not dispose it.</summary>
    public async Task<JsonElement> JsonAsync(string path, CancellationToken cancellation) =>
        JsonElement.Parse(await Http.GetByteArrayAsync(path, cancellation));

    public async Task<string> AdminTextAsync(string path, CancellationToken cancellation) =>
        await Http.GetStringAsync(new Uri(AdminAddress, path), cancellation);

    /// <summary>Opens the live stream.</summary>
    public Task<LiveReader> ListenAsync(CancellationToken cancellation) => LiveReader.OpenAsync(Address, cancellation);

    /// <summary>Looks at an answer until it is as wanted.</summary>
    public async Task<TimeSpan> UntilAsync(
        string path, Func<JsonElement, bool> isSo, TimeSpan within, CancellationToken cancellation)
    {
        var last = default(JsonElement);
        return await Patience.UntilAsync(
            async () => isSo(last = await JsonAsync(path, cancellation)), within, () => $"{path}: {last}\n{Log}", cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process?.Dispose();
        Http?.Dispose();
        if (ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private void Launch()
    {
        string[] command =
        [
            .. options.Under, options.Program, "serve", "--config", SettingsPath, "--data", Data,
            "--listen", FormattableString.Invariant($"http://127.0.0.1:{options.Port ?? 0}"), "--admin-listen", "http://127.0.0.1:0", .. options.Arguments,
        ];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder,
        };
        foreach (var (name, value) in options.Environment)
        {
            start.Environment[name] = value;
        }

        readyLine = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var ready = readyLine;
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => ready.TrySetResultUnlessNull(line.Data);
        process.ErrorDataReceived += (_, line) => errors.Enqueue(line.Data ?? "");
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    [GeneratedRegex(@"http://[0-9.:\[\]]+", RegexOptions.None, 1000)]
    private static partial Regex Addresses();
}

internal static class ReadyLines
{
    public static void TrySetResultUnlessNull(this TaskCompletionSource<string> ready, string? line)
    {
        if (line is not null)
        {
            ready.TrySetResult(line);
        }
    }
}
