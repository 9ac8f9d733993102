using System.Diagnostics;
using System.Text.Json;

namespace Candor.SystemTests.Drills;

/// <summary>A drill as somebody at a shell runs it.</summary>
internal static class DrillRun
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Every figure by its name; all but the timed ones, and those that were not tried, must hold.</summary>
    public static async Task<Dictionary<string, JsonElement>> OfAsync(IReadOnlyList<string> timed, ITestOutputHelper output, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Repository.Program, ["drill", .. arguments, "--json"])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var told = process.StandardError.ReadToEndAsync(Ct);
        var lines = (await process.StandardOutput.ReadToEndAsync(Ct)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync(Ct);
        output.WriteLine(await told);
        output.WriteLine(string.Join('\n', lines));
        var figures = lines.Select(static line => JsonElement.Parse(line)).ToDictionary(static one => one.GetProperty("name").GetString()!);
        Assert.NotEmpty(figures);
        Assert.All(figures, one => Assert.True(IsHeld(one.Value) || timed.Contains(one.Key), one.Value.GetRawText()));
        Assert.Equal(figures.Values.All(IsHeld) ? 0 : 1, process.ExitCode);
        return figures;
    }

    private static bool IsHeld(JsonElement figure) => !figure.TryGetProperty("holds", out var holds) || holds.GetBoolean();
}
