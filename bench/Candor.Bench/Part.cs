using System.Diagnostics;
using System.Globalization;

namespace Candor.Bench;

/// <summary>This program again, as a part of a bench that needs a process of its own.</summary>
internal sealed class Part : IDisposable
{
    private readonly Process process;

    private Part(Process process) => this.process = process;

    public int Id => process.Id;

    public StreamWriter Input => process.StandardInput;

    public StreamReader Output => process.StandardOutput;

    /// <summary>What the started program does: "pages PORT", "streams URL COUNT" or "receivers".</summary>
    public static Task<int> RunAsync(string[] part, CancellationToken cancellation) => part switch
    {
        ["pages", var port] => PageHost.RunAsync(int.Parse(port, CultureInfo.InvariantCulture), cancellation),
        ["streams", var url, var count] =>
            StreamHolder.RunAsync(new Uri(url), int.Parse(count, CultureInfo.InvariantCulture), cancellation),
        ["receivers"] => Receivers.RunAsync(cancellation),
        _ => Task.FromResult(2),
    };

    public static Part Start(IReadOnlyList<string> arguments) => new(Process.Start(
        new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true, RedirectStandardInput = true, UseShellExecute = false })!);

    public async Task ReadyAsync(CancellationToken cancellation)
    {
        if (await process.StandardOutput.ReadLineAsync(cancellation) != "ready")
        {
            throw new InvalidOperationException("A part of the bench did not start; run it by hand to see why.");
        }
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }
}
