using System.Diagnostics;
using System.Globalization;
using System.Text;
using Candor.Journal;
using Candor.Journal.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Bench;

/// <summary>The journal over SQLite: durable appends by 50 writers, and reading a million events back.</summary>
internal static class JournalBench
{
    private const int Writers = 50;
    private const int Stored = 1_000_000;

    public static async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("candor-bench-").FullName;
        try
        {
            return [.. await AppendAsync(folder, cancellation), .. await ReplayAsync(folder, cancellation)];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<IReadOnlyList<Figure>> AppendAsync(string folder, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, "append.db");
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var journal = new Journal<Sum, Amount>(
            async ct => await SqliteJournalStore.OpenAsync(path, ct),
            new Summing(),
            null,
            TimeProvider.System,
            JournalLimits.Default,
            NullLogger.Instance);
        var running = journal.RunAsync(stopping.Token);
        await journal.WaitForOpenAsync(cancellation);
        await WriteForAsync(journal, TimeSpan.FromSeconds(2), cancellation);

        var before = journal.Position.Value;
        var started = Stopwatch.GetTimestamp();
        var latencies = await WriteForAsync(journal, TimeSpan.FromSeconds(8), cancellation);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var rate = (journal.Position.Value - before) / seconds;
        await stopping.CancelAsync();
        await running;

        latencies.Sort();
        return
        [
            new("journal.append", rate, "events/s", 20_000, $"{Writers} writers, one event a commit, durable, 300 bytes"),
            new("journal.append.p50", latencies[latencies.Count / 2], "ms", null, "from commit to acknowledged"),
            new("journal.append.p99", latencies[(int)(latencies.Count * 0.99)], "ms", null, "from commit to acknowledged"),
        ];
    }

    private static async Task<List<double>> WriteForAsync(
        Journal<Sum, Amount> journal, TimeSpan time, CancellationToken cancellation)
    {
        var until = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        var writers = Enumerable.Range(0, Writers).Select(_ => Task.Run(
            async () =>
            {
                var latencies = new List<double>();
                while (Stopwatch.GetTimestamp() < until)
                {
                    var started = Stopwatch.GetTimestamp();
                    await journal.CommitAsync(static _ => [new Amount(1)], cancellation);
                    latencies.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                }

                return latencies;
            },
            cancellation));
        return [.. (await Task.WhenAll(writers)).SelectMany(static l => l)];
    }

    private static async Task<IReadOnlyList<Figure>> ReplayAsync(string folder, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, "replay.db");
        await FillAsync(path, cancellation);
        var read = await TimeAsync(path, static (_, _) => { }, cancellation);
        var folding = new Summing();
        var state = folding.Initial;
        var folded = await TimeAsync(path, (e, f) => state = f.Fold(state, f.Decode(e), e.Stamp), cancellation);
        var started = await StartFromSnapshotAsync(path, cancellation);
        return
        [
            new("journal.start", started, "ms", 1000, "open with a million events and a snapshot 1,000 events behind the end"),
            new("journal.read", Stored / read.Seconds, "events/s", null, "read from SQLite, checksum and chain verified"),
            new("journal.replay", Stored / folded.Seconds, "events/s", 1_000_000, "read, verified, decoded and folded into a small state"),
            new("journal.replay.time", folded.Seconds, "s", 5, "one million events from nothing to current"),
            new("journal.replay.cpu", folded.Cpu, "cpu-s", null, "of all threads, for the same million: what other load cannot change"),
        ];
    }

    private static async Task<double> StartFromSnapshotAsync(string path, CancellationToken cancellation)
    {
        Published<Sum> snapshot;
        await using (var store = await SqliteJournalStore.OpenAsync(path, cancellation))
        {
            var last = (await store.ReadAsync(new(Stored - 1001), 1, cancellation))[0];
            snapshot = new(new(last.Position.Value), last.Position, last.Hash);
        }

        var began = Stopwatch.GetTimestamp();
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var journal = new Journal<Sum, Amount>(
            async ct => await SqliteJournalStore.OpenAsync(path, ct),
            new Summing(),
            snapshot,
            TimeProvider.System,
            JournalLimits.Default,
            NullLogger.Instance);
        var running = journal.RunAsync(stopping.Token);
        await journal.WaitForOpenAsync(cancellation);
        var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        await stopping.CancelAsync();
        await running;
        return journal.State.Total == Stored ? took : throw new InvalidDataException("The snapshot and the tail do not add up.");
    }

    private static async Task FillAsync(string path, CancellationToken cancellation)
    {
        await using var store = await SqliteJournalStore.OpenAsync(path, cancellation);
        var folding = new Summing();
        for (var at = 0; at < Stored; at += 2000)
        {
            var page = new NewEvent[2000];
            for (var i = 0; i < page.Length; i++)
            {
                page[i] = folding.Encode(new(1));
            }

            await store.AppendAsync(new(at), page, DateTimeOffset.UnixEpoch, cancellation);
        }
    }

    private static async Task<(double Seconds, double Cpu)> TimeAsync(
        string path, Action<Envelope, Summing> each, CancellationToken cancellation)
    {
        await using var store = await SqliteJournalStore.OpenAsync(path, cancellation);
        var folding = new Summing();
        var cpu = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        var ahead = store.ReadAsync(Position.Start, 4096, cancellation).AsTask();
        while (await ahead is { Count: > 0 } page)
        {
            ahead = store.ReadAsync(page[^1].Position, 4096, cancellation).AsTask();
            foreach (var e in page)
            {
                each(e, folding);
            }
        }

        return (Stopwatch.GetElapsedTime(started).TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
    }

    private sealed record Sum(long Total);

    private sealed record Amount(long Value);

    private sealed class Summing : IFolding<Sum, Amount>
    {
        // About the size of an incident update.
        private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"amount":1,"text":" """ + new string('x', 278) + "\"}");

        public Sum Initial { get; } = new(0);

        public Sum Fold(Sum before, Amount happened, in Stamp stamp) => new(before.Total + happened.Value);

        public NewEvent Encode(Amount happened) =>
            new("bench.amount", Body, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);

        public Amount Decode(Envelope stored) =>
            new(long.Parse(stored.Body.Span.Slice(10, 1), CultureInfo.InvariantCulture));
    }
}
