using System.Collections.Concurrent;
using System.Diagnostics;

namespace Candor.SystemTests.Places;

/// <summary>A real `candor agent` with a folder of its own.</summary>
internal sealed class AgentProcess : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> lines = new();
    private Process process = null!;

    public string Folder { get; } = Directory.CreateTempSubdirectory("candor-agent-").FullName;

    /// <summary>The executable.</summary>
    public string Program { get; init; } = Repository.Program;

    /// <summary>A program and its arguments to run it under: another host's network, a clock of its own.</summary>
    public IReadOnlyList<string> Under { get; init; } = [];

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public int Waiting => Directory.Exists(Path.Combine(Folder, "spool"))
        ? Directory.GetFiles(Path.Combine(Folder, "spool")).Count(static file => char.IsAsciiDigit(Path.GetFileName(file)[0]))
        : 0;

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    public int Id => process.Id;

    /// <summary>Everything it wrote so far.</summary>
    public string Log => string.Join('\n', lines);

    public static AgentProcess Start(Uri server, string code)
    {
        var agent = new AgentProcess();
        agent.Start("--server", server.ToString(), "--code", code);
        return agent;
    }

    public void Start(params string[] arguments)
    {
        string[] command = [.. Under, Program, "agent", "--data", Folder, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => lines.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => lines.Enqueue(line.Data ?? "");
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public async Task KillAsync(CancellationToken cancellation)
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync(CancellationToken.None);
        }

        process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
