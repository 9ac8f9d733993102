namespace Candor.Effects;

/// <summary>Starts other programs: an argument list, never a shell.</summary>
internal interface IProcesses
{
    /// <summary>
    /// Runs a program to its end, or kills it with its children at the deadline. Output beyond
    /// <paramref name="outputLimitBytes"/> is read and dropped.
    /// </summary>
    Task<ProcessOutcome> RunAsync(
        string file, IReadOnlyList<string> arguments, TimeSpan deadline, int outputLimitBytes, CancellationToken cancellation);
}

/// <summary>What a program did. <see cref="Ended"/> says how; <see cref="ExitCode"/> is null unless it exited by itself.</summary>
internal sealed record ProcessOutcome(ProcessEnd Ended, int? ExitCode, string Output, string Error);

internal enum ProcessEnd
{
    Exited,
    KilledAtDeadline,
    NotStarted,
}
