using System.Collections.Concurrent;
using System.Diagnostics;

namespace Candor.SystemTests.Mirrors;

/// <summary>A real <c>candor mirror</c> with a folder of its own, which is killed and started again on it.</summary>
public sealed class MirrorProcess(string key) : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> lines = new();
    private Process? process;

    public string Folder { get; } = Directory.CreateTempSubdirectory("candor-mirror-").FullName;

    public HttpClient Http { get; private set; } = null!;

    /// <summary>Further arguments of <c>candor mirror</c>.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public string Log => string.Join('\n', lines);

    public async Task StartAsync(Uri publisher, CancellationToken cancellation)
    {
        const string Ready = "is ready: ";
        var ready = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        process = new Process
        {
            StartInfo = new(Repository.Program, ["mirror", "--of", publisher.ToString(), "--key", key, "--data", Folder, "--listen", "http://127.0.0.1:0", .. Arguments])
            {
                UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
            },
        };
        foreach (var (name, value) in Environment)
        {
            process.StartInfo.Environment[name] = value;
        }

        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.IndexOf(Ready, StringComparison.Ordinal) is >= 0 and var at)
            {
                ready.TrySetResult(line.Data[(at + Ready.Length)..]);
            }
        };
        process.ErrorDataReceived += (_, line) => lines.Enqueue(line.Data ?? "");
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await ready.Task.WaitAsync(TimeSpan.FromSeconds(60), cancellation);
        Http?.Dispose();
        Http = new HttpClient { BaseAddress = new(await ready.Task), Timeout = TimeSpan.FromSeconds(10) };
    }

    public async Task KillAsync(CancellationToken cancellation)
    {
        process!.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(cancellation);
        process.Dispose();
        process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await KillAsync(CancellationToken.None);
        }

        Http?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
