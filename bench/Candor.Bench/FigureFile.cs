using System.Text.Json;

namespace Candor.Bench;

/// <summary>artifacts/bench.json: the figures with the machine, the commit and the date, so that they can be compared.</summary>
internal static class FigureFile
{
    public static async Task<string> WriteAsync(
        Machine machine, IReadOnlyList<Figure> figures, IReadOnlyList<string> failed, CancellationToken cancellation)
    {
        var path = Path.GetFullPath(Environment.GetEnvironmentVariable("CANDOR_BENCH_JSON") ?? "artifacts/bench.json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var file = File.Create(path);
        await JsonSerializer.SerializeAsync(
            file,
            new
            {
                at = DateTimeOffset.UtcNow,
                commit = Environment.GetEnvironmentVariable("CANDOR_COMMIT") ?? "unknown",
                machine,
                failed,
                figures = figures.Select(static f => new { f.Name, f.Value, f.Unit, f.Target, met = f.Ratio, f.Note }),
            },
            Options,
            cancellation);
        return Path.GetRelativePath(Environment.CurrentDirectory, path);
    }

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };
}
