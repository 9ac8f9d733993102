using System.Diagnostics;
using System.Net;
using System.Text;
using Candor.Journal;
using Candor.Journal.Sqlite;
using Candor.Node;
using Candor.Probing;
using Candor.Settings;
using Candor.Settings.Plans;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Bench;

/// <summary>From the start of the process to the first byte of a whole page, with a million events in the journal.</summary>
internal static class StartBench
{
    private const int Services = 50;
    private const int Incidents = 1_000;
    private const int Stored = 1_000_000;
    private const int Page = 5_000;

    // Nothing listens there, and nobody looks within the bench.
    private const int Nowhere = 9;

    public static Task<IReadOnlyList<Figure>> RunAsync(IReadOnlyList<Executable> forms, CancellationToken cancellation) =>
        Executable.InTurnAsync(forms, program => MeasureAsync(program, cancellation));

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(Executable program, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("candor-bench-").FullName;
        try
        {
            var settings = BenchSettings.Of(Services, Nowhere, Nowhere, "24h");
            await FillAsync(folder, settings, cancellation);
            var replay = await FirstByteAsync(program, folder, settings, kill: false, cancellation);
            var stopped = await FirstByteAsync(program, folder, settings, kill: true, cancellation);
            var killed = await FirstByteAsync(program, folder, settings, kill: true, cancellation);
            return
            [
                new("start.first_byte", stopped.Page, "s", 1, "after a clean stop; a million events, 50 components, 1,000 incidents"),
                new("start.first_byte.killed", killed.Page, "s", 1, "after kill -9"),
                new("start.first_byte.replay", replay.Page, "s", null, "with neither snapshot nor saved pages: everything is read and folded"),
                new("start.resident", stopped.ResidentMb, "MB", null, "with that history, once the page is up"),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(double Page, double ResidentMb)> FirstByteAsync(
        Executable program, string folder, string settings, bool kill, CancellationToken cancellation)
    {
        var port = ServedCandor.FreePort();
        var started = Stopwatch.GetTimestamp();
        var asking = AskAsync(port, cancellation);
        await using var candor = await ServedCandor.StartAsync(folder, settings, cancellation, port, program);
        var page = Stopwatch.GetElapsedTime(started, await asking).TotalSeconds;

        // Time to write what the next start will want: the snapshot and the pages.
        await Task.Delay(TimeSpan.FromSeconds(20), TimeProvider.System, cancellation);
        var resident = candor.ResidentMb;
        await (kill ? candor.KillAsync(cancellation) : candor.StopAsync(cancellation));
        return (page, resident);
    }

    /// <summary>Asks from before the process is there until it gets a whole page; answers with when that was.</summary>
    private static async Task<long> AskAsync(int port, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}") };
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync("/", HttpCompletionOption.ResponseHeadersRead, cancellation);
                var at = Stopwatch.GetTimestamp();
                if (answer.StatusCode == HttpStatusCode.OK
                    && (await answer.Content.ReadAsStringAsync(cancellation)).Contains("Service 049", StringComparison.Ordinal))
                {
                    return at;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, cancellation);
        }
    }

    private static async Task FillAsync(string folder, string settings, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.Combine(folder, "data"));
        await using var store = await SqliteJournalStore.OpenAsync(Path.Combine(folder, "data", "journal.db"), cancellation);
        var folding = new WorldFolding(TimeProvider.System);
        foreach (var page in Events(settings).Select(folding.Encode).Chunk(Page))
        {
            await store.AppendAsync(store.Head.Position, page, TimeProvider.System.GetUtcNow(), cancellation);
        }
    }

    private static IEnumerable<Event> Events(string settings)
    {
        var now = TimeProvider.System.GetUtcNow();
        var start = now.AddDays(-90);
        var wanted = new SettingsReader(CheckKinds.All).Read(Encoding.UTF8.GetBytes(settings)).Declaration!;
        var plan = Plan.Between(World.Empty, wanted, start).Events;
        var world = plan.Aggregate(World.Empty, World.Fold);
        var pairs = world.Components.Values.Select(static c => (c.Id, Monitor: c.Definition.Monitors[0])).ToArray();
        var changes = Stored - plan.Length - (2 * Incidents);
        var step = (now - start) / (changes + 1);
        return [.. plan, .. Enumerable.Range(0, Incidents).SelectMany(i => Incident(i, start, pairs[i % Services].Id)), .. Changes()];

        IEnumerable<Event> Changes()
        {
            for (var i = 0; i < changes / 2; i++)
            {
                var (component, monitor) = pairs[i % Services];
                var at = start + (step * i * 2);
                var bad = i / Services % 2 == 0;
                yield return new MonitorJudged(
                    at, monitor, bad ? Verdict.Down : Verdict.Up, at, new(bad ? 1 : 0, 1, 1, bad ? "answered 503" : "", at));
                yield return new ComponentStateChanged(
                    at, component, at, new(bad ? ComponentStatus.MajorOutage : ComponentStatus.Operational), bad ? "answered 503" : null);
            }
        }
    }

    private static IEnumerable<Event> Incident(int index, DateTimeOffset start, ComponentId component)
    {
        var id = new IncidentId($"incident{index:0000}");
        var at = start.AddHours(index * 2);
        yield return new IncidentOpened(
            at, id, "A service is down", at, Automatic: true, Published: true,
            "It is not answering: connection refused, seen by 1 of 1 places.", [new(component, ComponentStatus.MajorOutage, at)]);
        yield return new IncidentUpdated(
            at.AddMinutes(40), id, 2, IncidentStatus.Resolved, "It answers again.", Automatic: true,
            [new(component, ComponentStatus.Operational, at.AddMinutes(40))]);
    }
}
