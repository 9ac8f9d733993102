using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Candor.Bench;

/// <summary>One run of wrk.</summary>
internal sealed partial record Wrk(double RequestsPerSecond, double P99Ms, int Errors)
{
    public static async Task<Wrk> RunAsync(
        string url, int connections, int seconds, IReadOnlyList<string> headers, CancellationToken cancellation)
    {
        List<string> arguments = ["-t1", $"-c{connections}", $"-d{seconds}s", "--latency", .. headers.SelectMany(h => new[] { "-H", h }), url];
        using var process = Process.Start(new ProcessStartInfo("wrk", arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        var p99 = P99().Match(output);
        var unit = p99.Groups["unit"].Value switch { "us" => 0.001, "ms" => 1, _ => 1000.0 };
        return new(
            double.Parse(Rate().Match(output).Groups["n"].Value, CultureInfo.InvariantCulture),
            double.Parse(p99.Groups["n"].Value, CultureInfo.InvariantCulture) * unit,
            output.Contains("Non-2xx", StringComparison.Ordinal) || output.Contains("Socket errors", StringComparison.Ordinal) ? 1 : 0);
    }

    [GeneratedRegex(@"Requests/sec:\s+(?<n>[\d.]+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Rate();

    [GeneratedRegex(@"99%\s+(?<n>[\d.]+)(?<unit>us|ms|s)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex P99();
}
