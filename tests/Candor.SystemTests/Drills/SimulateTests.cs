using System.Diagnostics;
using System.Text.Json;

namespace Candor.SystemTests.Drills;

public sealed class SimulateTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task P_35_Another_process_comes_to_the_same_by_the_same_seeds()
    {
        var once = await SimulateAsync();
        var twice = await SimulateAsync();

        Assert.Equal(0, once.GetProperty("failing").GetArrayLength());
        Assert.NotEmpty(once.GetProperty("hash").GetString()!);
        Assert.Equal(once.GetProperty("hash").GetString(), twice.GetProperty("hash").GetString());
    }

    private static async Task<JsonElement> SimulateAsync()
    {
        using var process = Process.Start(
            new ProcessStartInfo(Repository.Program, ["drill", "simulate", "--seeds", "20", "--minutes", "10", "--json"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            })!;
        using var figures = await JsonDocument.ParseAsync(process.StandardOutput.BaseStream, default, Ct);
        await process.WaitForExitAsync(Ct);
        Assert.Equal(0, process.ExitCode);
        return figures.RootElement.Clone();
    }
}
