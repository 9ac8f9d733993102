using System.Diagnostics;

namespace Candor.Bench;

/// <summary>
/// What the real executable takes while it watches 100 services once a minute and nobody reads: while much is still being
/// compiled, and as it goes on from then.
/// </summary>
internal static class IdleBench
{
    private static readonly TimeSpan Young = TimeSpan.FromSeconds(70);
    private static readonly TimeSpan WarmUp = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(60);

    public static Task<IReadOnlyList<Figure>> RunAsync(IReadOnlyList<Executable> forms, CancellationToken cancellation) =>
        Executable.AtOnceAsync(forms, program => MeasureAsync(program, cancellation));

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(Executable program, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("candor-bench-").FullName;
        try
        {
            await using var targets = await ProbeTargets.StartAsync(cancellation);
            await using var candor = await ServedCandor.StartAsync(
                folder, BenchSettings.Of(100, targets.Port, targets.ControlPort, "60s"), cancellation, program: program);
            var began = Stopwatch.GetTimestamp();
            await Task.Delay(Young, TimeProvider.System, cancellation);
            var young = await UsedAsync(candor, cancellation);
            await Task.Delay(WarmUp - Stopwatch.GetElapsedTime(began), TimeProvider.System, cancellation);
            var used = await UsedAsync(candor, cancellation);
            return
            [
                new("idle.resident", candor.ResidentMb, "MB", 120, "100 HTTP monitors every 60 s, after six minutes"),
                new("idle.cpu", used, "% of a core", 1, "the same, over the sixth minute"),
                new("idle.young.cpu", young, "% of a core", null, "the same, over the minute that begins after 70 s"),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Percent of one core over a minute.</summary>
    private static async Task<double> UsedAsync(ServedCandor candor, CancellationToken cancellation)
    {
        var (cpu, started) = (candor.Cpu, Stopwatch.GetTimestamp());
        await Task.Delay(Measured, TimeProvider.System, cancellation);
        return (candor.Cpu - cpu) / Stopwatch.GetElapsedTime(started) * 100;
    }
}
