using System.Text.Json;

namespace Candor.SystemTests.Serve;

/// <summary>The wall clock jumps under the running program.</summary>
public sealed class ClockTests
{
    internal const string Library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(30);

    public static bool NoFaketime => !File.Exists(Library);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Skip = "needs libfaketime", SkipWhen = nameof(NoFaketime))]
    public async Task P_17_When_the_wall_clock_jumps_nothing_opens_and_nothing_resolves()
    {
        using var works = new Target();
        using var fails = new Target();
        var folder = Directory.CreateTempSubdirectory("candor-clock-").FullName;
        var clock = Path.Combine(folder, "clock");
        await File.WriteAllTextAsync(clock, "+0", Ct);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "candor.yaml"),
            SystemSettings.Of(
                works.Port, ("Website", $"{{ tcp: '127.0.0.1:{works.Port}' }}"), ("Mail", $"{{ tcp: '127.0.0.1:{fails.Port}' }}")),
            Ct);
        await using (var candor = await CandorProcess.StartAsync(
            new CandorOptions
            {
                Data = folder,
                Environment = new Dictionary<string, string>
                {
                    ["LD_PRELOAD"] = Library,
                    ["FAKETIME_TIMESTAMP_FILE"] = clock,
                    ["FAKETIME_NO_CACHE"] = "1",
                    ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
                },
                ReadyWithin = TimeSpan.FromSeconds(60),
            },
            Ct))
        {
            await candor.UntilAsync("/api/v2/summary.json", summary => Statuses(summary) == "operational operational", Within, Ct);
            fails.Stop();
            await candor.UntilAsync("/api/v2/summary.json", IsOneOpen, Within, Ct);
            var open = await IdsAsync(candor);

            foreach (var jump in (string[])["+3600", "+0", "+86400", "-3600", "-86400", "+0"])
            {
                await File.WriteAllTextAsync(clock, jump, Ct);
                for (var look = 0; look < 25; look++)
                {
                    await Task.Delay(100, Ct);
                    Assert.Equal(open, await IdsAsync(candor));
                }
            }

            await Patience.UntilAsync(
                () => Task.FromResult(candor.Log.Contains("wall clock jumped", StringComparison.Ordinal)), TimeSpan.FromSeconds(20), () => candor.Log, Ct);
            fails.StartAgain();
            await candor.UntilAsync(
                "/api/v2/summary.json",
                summary => Statuses(summary) == "operational operational" && summary.GetProperty("incidents").GetArrayLength() == 0,
                Within,
                Ct);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static bool IsOneOpen(JsonElement summary) =>
        summary.GetProperty("incidents").GetArrayLength() == 1 && Statuses(summary) == "operational major_outage";

    private static string Statuses(JsonElement summary) => string.Join(
        ' ', summary.GetProperty("components").EnumerateArray().Select(one => one.GetProperty("status").GetString()));

    /// <summary>The open incidents; one that resolved or opened for no reason would show.</summary>
    private static async Task<string> IdsAsync(CandorProcess candor)
    {
        var all = await candor.JsonAsync("/api/v2/summary.json", Ct);
        return string.Join(' ', all.GetProperty("incidents").EnumerateArray().Select(one =>
            $"{one.GetProperty("id").GetString()}:{one.GetProperty("status").GetString()}"));
    }
}
