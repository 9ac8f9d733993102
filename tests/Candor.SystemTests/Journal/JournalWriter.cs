using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Candor.SystemTests.Journal;

/// <summary>What a writer process was told is durable: writer, its number, the position.</summary>
public readonly record struct Acknowledged(int Writer, long Number, long Position);

/// <summary>The real executable writing to a journal as fast as it goes, until somebody ends it.</summary>
public sealed class JournalWriter : IAsyncDisposable
{
    private readonly Process process;
    private readonly Task reading;
    private readonly ConcurrentQueue<string> errors = new();
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private JournalWriter(Process process)
    {
        this.process = process;
        reading = ReadAsync();
    }

    /// <summary>Every acknowledgement in the order it was printed.</summary>
    public ConcurrentQueue<Acknowledged> Acks { get; } = new();

    /// <summary>Every commit that was reported as failed.</summary>
    public ConcurrentQueue<string> Failures { get; } = new();

    /// <summary>Completes when the journal is open.</summary>
    public Task Opened => opened.Task;

    public string Errors => string.Join('\n', errors);

    public static JournalWriter Start(string data, int writers, int? commits = null, params IReadOnlyList<string> under)
    {
        string[] command =
        [
            .. under, Repository.Program, "drill", "journal-writer", "--data", data,
            "--writers", writers.ToString(CultureInfo.InvariantCulture),
            "--commits", (commits ?? int.MaxValue).ToString(CultureInfo.InvariantCulture),
        ];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // Many short lives: less compilation at start and a smaller heap leave more of them to the journal.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_gcServer"] = "0";
        return new(Process.Start(start)!);
    }

    public async Task KillAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        await EndAsync();
    }

    /// <summary>Waits for the end and answers with the exit code; everything printed has been read then.</summary>
    public async Task<int> EndAsync()
    {
        await process.WaitForExitAsync(CancellationToken.None);
        await reading;
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process.Dispose();
    }

    private async Task ReadAsync()
    {
        var complaining = ReadErrorsAsync();
        while (await process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
        {
            Take(line);
        }

        await complaining;
        opened.TrySetResult();
    }

    private async Task ReadErrorsAsync()
    {
        while (await process.StandardError.ReadLineAsync(CancellationToken.None) is { } line)
        {
            errors.Enqueue(line);
        }
    }

    private void Take(string line)
    {
        var words = line.Split(' ');
        switch (words)
        {
            case ["open", _]:
                opened.TrySetResult();
                break;
            case ["ack", var writer, var number, var position] when long.TryParse(position, CultureInfo.InvariantCulture, out var at):
                Acks.Enqueue(new(
                    int.Parse(writer, CultureInfo.InvariantCulture), long.Parse(number, CultureInfo.InvariantCulture), at));
                break;
            case ["failed", ..]:
                Failures.Enqueue(line);
                break;
        }
    }
}
