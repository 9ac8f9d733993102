using System.Collections.Concurrent;
using Candor.Effects;

namespace Candor.Commands.Drills.Rig;

/// <summary>This very program beside a drill: a mirror, an agent, a command that is run once.</summary>
internal sealed class DrillProcess : IAsyncDisposable
{
    private static readonly TimeSpan SpeaksWithin = TimeSpan.FromMinutes(1);

    private readonly ConcurrentQueue<string> errors = new();
    private readonly IReadOnlyList<string> arguments;
    private readonly IPipedProcess process;
    private readonly StreamReader output;
    private readonly TimeProvider time;

    private DrillProcess(IReadOnlyList<string> arguments, TimeProvider time, IReadOnlyList<string>? under = null)
    {
        (this.arguments, this.time) = (arguments, time);
        process = SystemProcesses.StartBeside(arguments, errors.Enqueue, under);
        output = new(process.Output.AsStream());
    }

    /// <summary>What it complained of last.</summary>
    public string Complaints => string.Join('\n', errors.TakeLast(20));

    /// <summary>Starts one that goes on, and returns it with its first line, which says that it is ready.</summary>
    /// <param name="under">What starts it in turn, such as a host of the drill's own network.</param>
    public static async Task<(DrillProcess Process, string Line)> StartAsync(
        IReadOnlyList<string> arguments, TimeProvider time, CancellationToken cancellation, IReadOnlyList<string>? under = null)
    {
        var started = new DrillProcess(arguments, time, under);
        try
        {
            var line = await started.output.ReadLineAsync(cancellation).AsTask().WaitAsync(SpeaksWithin, time, cancellation);
            return line is null ? throw started.Fault() : (started, line);
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs one to its end and returns what it said. Throws where it failed.</summary>
    public static async Task<string> SayAsync(IReadOnlyList<string> arguments, TimeProvider time, CancellationToken cancellation)
    {
        await using var run = new DrillProcess(arguments, time);
        var said = (await run.output.ReadToEndAsync(cancellation)).Trim();
        return await run.process.Ended.WaitAsync(cancellation) == 0 ? said : throw run.Fault();
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await ((Task)process.Ended.WaitAsync(TimeSpan.FromSeconds(20), time, CancellationToken.None)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        output.Dispose();
        process.Dispose();
    }

    private CommandFault Fault() => new($"candor {string.Join(' ', arguments)} failed: {Complaints}", "Run it by hand to see why.");
}
