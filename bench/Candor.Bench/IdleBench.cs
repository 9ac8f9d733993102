using System.Diagnostics;

namespace Candor.Bench;

/// <summary>What the real executable takes while it watches 100 services once a minute and nobody reads.</summary>
internal static class IdleBench
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(70);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(60);

    public static async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("candor-bench-").FullName;
        try
        {
            await using var targets = await ProbeTargets.StartAsync(cancellation);
            await using var candor = await ServedCandor.StartAsync(
                folder, BenchSettings.Of(100, targets.Port, targets.ControlPort, "60s"), cancellation);
            await Task.Delay(WarmUp, TimeProvider.System, cancellation);
            var (cpu, started) = (candor.Cpu, Stopwatch.GetTimestamp());
            await Task.Delay(Measured, TimeProvider.System, cancellation);
            var used = (candor.Cpu - cpu) / Stopwatch.GetElapsedTime(started);
            return
            [
                new("idle.resident", candor.ResidentMb, "MB", 120, "100 HTTP monitors every 60 s, after two minutes"),
                new("idle.cpu", used * 100, "% of a core", 1, "the same, over one minute"),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
