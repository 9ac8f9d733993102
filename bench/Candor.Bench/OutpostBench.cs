using System.Diagnostics;
using System.Globalization;
using System.Text;
using Candor.Access;

namespace Candor.Bench;

/// <summary>What a real agent takes on its machine: 100 HTTP checks every 10 s, in its fourth minute.</summary>
internal static class OutpostBench
{
    private const int Checks = 100;
    private static readonly TimeSpan WarmUp = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(60);

    public static Task<IReadOnlyList<Figure>> RunAsync(IReadOnlyList<Executable> forms, CancellationToken cancellation) =>
        Executable.AtOnceAsync(forms, program => MeasureAsync(program, cancellation));

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(Executable program, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("candor-bench-").FullName;
        try
        {
            await using var targets = await ProbeTargets.StartAsync(cancellation);
            var (token, _) = await AdminBench.LetInAsync(Path.Combine(folder, "data"), cancellation, TokenScope.Admin);
            await using var candor = await ServedCandor.StartAsync(folder, Settings(targets), cancellation, program: program);
            var code = await AgentsBench.CodeAsync(candor, token, "eu", cancellation, privateNetworks: true);
            using var agent = Process.Start(new ProcessStartInfo(
                program.Path, ["agent", "--data", Path.Combine(folder, "agent"), "--server", candor.Address.ToString(), "--code", code])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            })!;
            try
            {
                await Task.Delay(WarmUp, cancellation);
                var (cpu, started) = (agent.TotalProcessorTime, Stopwatch.GetTimestamp());
                await Task.Delay(Measured, cancellation);
                agent.Refresh();
                return
                [
                    new("outpost.resident", agent.WorkingSet64 / 1_000_000.0, "MB", 60, "a real agent with 100 HTTP checks every 10 s, after four minutes"),
                    new("outpost.cpu", (agent.TotalProcessorTime - cpu) / Stopwatch.GetElapsedTime(started) * 100, "% of a core", null, "the same, over the fourth minute"),
                ];
            }
            finally
            {
                agent.Kill(entireProcessTree: true);
                await agent.WaitForExitAsync(CancellationToken.None);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Settings(ProbeTargets targets)
    {
        var text = new StringBuilder("page: { name: Bench }\ncomponents: []\nmonitors:\n");
        for (var i = 0; i < Checks; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  service-{i:000}: {{ http: \"http://127.0.0.1:{targets.Port}/{i}\", every: 10s, from: [eu] }}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"egress: {{ allow: [127.0.0.0/8] }}\nvantage: {{ controls: [\"127.0.0.1:{targets.ControlPort}\"], places: [eu] }}\n");
        return text.ToString();
    }
}
