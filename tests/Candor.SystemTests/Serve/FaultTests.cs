using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Candor.SystemTests.Serve;

/// <summary>The machine fails under the running program, and readers go on reading.</summary>
public sealed class FaultTests
{
    private const int JournalOpened = 100;
    private const int JournalFailed = 102;
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(30);

    public static bool NoStrace => Repository.Find("strace") is null;

    public static bool CannotMount => Environment.UserName != "root" || Repository.Find("mount") is null;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Skip = "needs strace", SkipWhen = nameof(NoStrace))]
    public async Task P_05_The_page_is_served_throughout_a_failed_flush_and_the_journal_is_back_within_two_seconds()
    {
        using var control = new Target();
        using var target = new Target();
        var folder = Directory.CreateTempSubdirectory("candor-flush-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "candor.yaml"), Settings(target, control), Ct);
        await using (var candor = await CandorProcess.StartAsync(
            new CandorOptions
            {
                Data = folder,
                Under =
                [
                    // Only the journal's log, and only one flush of it, after a start that went well.
                    Repository.Find("strace")!, "-f", "-qq", "-o", Path.Combine(folder, "trace"),
                    "-P", Path.Combine(folder, "data", "journal.db-wal"), "-e", "trace=fsync,fdatasync",
                    "-e", "inject=fsync,fdatasync:error=EIO:when=12",
                ],
                Arguments = ["--log-format", "json"],
                ReadyWithin = TimeSpan.FromSeconds(60),
            },
            Ct))
        {
            using var reading = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            var reader = ReadAllTheTimeAsync(candor, reading.Token);
            await ChangeUntilFailedAsync(candor, target);
            await Patience.UntilAsync(
                () => Task.FromResult(Events(candor).SkipWhile(line => IdOf(line) != JournalFailed).Any(line => IdOf(line) == JournalOpened)),
                Within, () => candor.Log, Ct);
            target.Stop();
            await candor.UntilAsync(
                "/api/v2/summary.json", summary => summary.GetProperty("incidents").GetArrayLength() == 1, Within, Ct);
            await reading.CancelAsync();

            var (reads, failed) = await reader;
            Assert.True(reads > 20 && failed == 0, $"{failed} of {reads} reads failed");
            var away = Events(candor).SkipWhile(line => IdOf(line) != JournalFailed).ToList();
            var took = At(away.First(line => IdOf(line) == JournalOpened)) - At(away[0]);
            Assert.True(took <= TimeSpan.FromSeconds(2), $"the journal was away for {took}");
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact(Skip = "needs root, to mount a file system of 32 MiB", SkipWhen = nameof(CannotMount))]
    public async Task P_06_With_a_full_disk_every_read_succeeds_and_the_page_says_what_is_wrong_until_there_is_room()
    {
        using var control = new Target();
        using var target = new Target();
        var folder = Directory.CreateTempSubdirectory("candor-full-page-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "candor.yaml"), Settings(target, control), Ct);
        var data = Directory.CreateDirectory(Path.Combine(folder, "data")).FullName;
        await Tools.RunAsync("mount", ["-t", "tmpfs", "-o", "size=32m,mode=700", "tmpfs", data], Ct);
        try
        {
            await using var candor = await CandorProcess.StartAsync(new CandorOptions { Data = folder }, Ct);
            using var reading = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            var reader = ReadAllTheTimeAsync(candor, reading.Token);
            await HealthAsync(candor, "ok");

            Tools.Fill(Path.Combine(data, "filler"));
            await HealthAsync(candor, "degraded");
            await Patience.UntilAsync(
                async () => (await candor.TextAsync("/", Ct)).Contains("disk is full", StringComparison.Ordinal), Within, () => candor.Log, Ct);

            File.Delete(Path.Combine(data, "filler"));
            var back = await HealthAsync(candor, "ok");
            Assert.True(back <= TimeSpan.FromSeconds(5), $"well again after {back}");
            target.Stop();
            await candor.UntilAsync(
                "/api/v2/summary.json", summary => summary.GetProperty("incidents").GetArrayLength() == 1, Within, Ct);
            await reading.CancelAsync();
            var (reads, failed) = await reader;
            Assert.True(reads > 20 && failed == 0, $"{failed} of {reads} reads failed");
        }
        finally
        {
            await Tools.RunAsync("umount", [data], CancellationToken.None);
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Killed_again_and_again_it_keeps_the_one_incident_and_resolves_it()
    {
        using var control = new Target();
        using var target = new Target();
        await using var candor = await CandorProcess.StartAsync(Settings(target, control), Ct);
        await candor.UntilAsync("/api/v2/summary.json", IsOperational, Within, Ct);
        target.Stop();
        await candor.UntilAsync(
            "/api/v2/summary.json", summary => summary.GetProperty("incidents").GetArrayLength() == 1, Within, Ct);
        var before = await candor.JsonAsync("/api/v2/incidents/unresolved.json", Ct);

        for (var round = 0; round < 5; round++)
        {
            await candor.KillAsync(Ct);
            await candor.StartAgainAsync(Ct);
            await Task.Delay(TimeSpan.FromMilliseconds(200 * round), Ct);
        }

        await candor.UntilAsync(
            "/api/v2/incidents/unresolved.json", open => open.GetProperty("incidents").GetArrayLength() == 1, Within, Ct);
        var after = await candor.JsonAsync("/api/v2/incidents/unresolved.json", Ct);
        Assert.Equal(IncidentOf(before), IncidentOf(after));

        target.StartAgain();
        await candor.UntilAsync("/api/v2/summary.json", IsOperational, Within, Ct);
        var all = await candor.JsonAsync("/api/v2/incidents.json", Ct);
        Assert.Equal(1, all.GetProperty("incidents").GetArrayLength());
    }

    private static string Settings(Target target, Target control) =>
        SystemSettings.Of(control.Port, ("Website", $"{{ tcp: '127.0.0.1:{target.Port}' }}"));

    private static bool IsOperational(JsonElement summary) =>
        summary.GetProperty("incidents").GetArrayLength() == 0
        && summary.GetProperty("components")[0].GetProperty("status").GetString() == "operational";

    private static string? IncidentOf(JsonElement incidents) => incidents.GetProperty("incidents")[0].GetProperty("id").GetString();

    /// <summary>Goes up and down, so that there is always something to store, until a flush has failed.</summary>
    private static async Task ChangeUntilFailedAsync(CandorProcess candor, Target target)
    {
        for (var change = 0; change < 40 && Events(candor).All(line => IdOf(line) != JournalFailed); change++)
        {
            target.Stop();
            await Task.Delay(2500, Ct);
            target.StartAgain();
            await Task.Delay(2500, Ct);
        }

        Assert.Contains(Events(candor), line => IdOf(line) == JournalFailed);
    }

    private static IEnumerable<JsonElement> Events(CandorProcess candor) =>
        candor.Log.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonElement.Parse(line));

    private static int IdOf(JsonElement line) => line.GetProperty("EventId").GetInt32();

    private static DateTimeOffset At(JsonElement line) =>
        DateTimeOffset.Parse(line.GetProperty("Timestamp").GetString()!, CultureInfo.InvariantCulture);

    private static Task<TimeSpan> HealthAsync(CandorProcess candor, string status) => candor.UntilAsync(
        "/healthz", health => health.GetProperty("status").GetString() == status, Within, Ct);

    private static async Task<(int Reads, int Failed)> ReadAllTheTimeAsync(CandorProcess candor, CancellationToken until)
    {
        var (reads, failed) = (0, 0);
        while (!until.IsCancellationRequested)
        {
            using var answer = await candor.Http.GetAsync(new Uri("/", UriKind.Relative), Ct);
            reads++;
            failed += answer.StatusCode == HttpStatusCode.OK ? 0 : 1;
            await Task.Delay(20, Ct);
        }

        return (reads, failed);
    }
}
