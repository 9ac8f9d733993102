using System.Globalization;
using Candor.Effects;

namespace Candor.Commands.Drills.Rig;

/// <summary>What only the machine's own programs do: a process stands still, files take no writes.</summary>
internal sealed class DrillHandles(TimeProvider time)
{
    private const int OutputMost = 4_096;
    private static readonly TimeSpan DoneWithin = TimeSpan.FromSeconds(10);
    private static readonly string[] Places = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries), "/usr/bin", "/bin"];

    private readonly SystemProcesses processes = new(time);

    /// <summary>A stopped process keeps everything and does nothing; false where this machine cannot.</summary>
    public Task<bool> SetStandsStillAsync(int id, bool still, CancellationToken cancellation) =>
        DoAsync("kill", [still ? "-STOP" : "-CONT", id.ToString(CultureInfo.InvariantCulture)], cancellation);

    /// <summary>
    /// Nobody writes to these files, not even who has them open. False where that is not to be had: it takes root and a file
    /// system that knows such files.
    /// </summary>
    public Task<bool> SetReadOnlyAsync(IReadOnlyList<string> files, bool isSo, CancellationToken cancellation) =>
        DoAsync("chattr", [isSo ? "+i" : "-i", .. files], cancellation);

    private async Task<bool> DoAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellation) =>
        Places.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists) is { } found
        && (await processes.RunAsync(found, arguments, DoneWithin, OutputMost, cancellation)).ExitCode == 0;
}
