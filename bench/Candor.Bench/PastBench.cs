using System.Diagnostics;
using Candor.Journal;
using Candor.Journal.Sqlite;
using Candor.Pages;
using Candor.Pages.AsOf;
using Candor.Pages.Audiences;
using Candor.State;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Bench;

/// <summary>The status page as it was, for a journal of a hundred thousand facts: the first question, and then any.</summary>
internal static class PastBench
{
    private const int Facts = 100_000;
    private const int Asked = 200;

    public static async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("candor-bench-").FullName;
        try
        {
            var path = Path.Combine(folder, "journal.db");
            var end = TimeProvider.System.GetUtcNow().AddDays(-1);
            var start = end.AddDays(-90);
            await FillAsync(path, start, end, cancellation);
            using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            await using var store = await SqliteJournalStore.OpenAsync(path, cancellation);
            var reader = new StoredReader(store);
            var pages = new PastPages(
                () => reader, TimeProvider.System, PastLimits.Default with { Within = TimeSpan.FromMinutes(1) }, NullLogger<PastPages>.Instance);
            var running = pages.RunAsync(stopping.Token);
            var first = await TimeAsync(pages, end, cancellation);
            var random = new Random(1);
            var times = new List<double>();
            for (var i = 0; i < Asked; i++)
            {
                times.Add(await TimeAsync(pages, start + random.NextDouble() * (end - start), cancellation));
            }

            await stopping.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            times.Sort();
            return
            [
                new("past.first", first, "ms", null, "the first question after a start, 100,000 facts folded on the way"),
                new("past.p50", times[times.Count / 2], "ms", null, "the status page as it was at a random instant, the lane's rest included"),
                new("past.p99", times[(int)(times.Count * 0.99)], "ms", 1_000, "the same"),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> TimeAsync(PastPages pages, DateTimeOffset at, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        var order = pages.Order("/", at, Eyes.Everybody) ?? throw new InvalidOperationException("The past has no room for one question.");
        _ = await pages.WaitAsync(order, cancellation) ?? throw new InvalidOperationException("The past did not answer in time.");
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static async Task FillAsync(string path, DateTimeOffset start, DateTimeOffset end, CancellationToken cancellation)
    {
        await using var store = await SqliteJournalStore.OpenAsync(path, cancellation);
        List<NewEvent> batch = [];
        List<Event> head = [new PageConfigured(start, new Page("heroncopier0", "Heron Copier", "UTC"))];
        head.AddRange(Enumerable.Range(0, 50).Select(i =>
            new ComponentAdded(start, new(PageWorld.ComponentAt(i), $"Service number {i}", null, i))));
        await store.AppendAsync(Position.Start, [.. head.Select(Stored)], start, cancellation);
        for (var i = head.Count; i < Facts; i++)
        {
            var at = start + (end - start) * ((double)i / Facts);
            var status = i / 50 % 2 == 0 ? ComponentStatus.Operational : (ComponentStatus)(2 + (i % 3));
            batch.Add(Stored(new ComponentStateChanged(at, PageWorld.ComponentAt(i % 50), at, new(status), "answered 503")));
            if (batch.Count == 500 || i == Facts - 1)
            {
                await store.AppendAsync(store.Head.Position, batch, at, cancellation);
                batch.Clear();
            }
        }
    }

    private static NewEvent Stored(Event happened) => new(Kinds.NameOf(happened), Kinds.Encode(happened), happened.At, happened.At);

    private sealed class StoredReader(SqliteJournalStore store) : IJournalReader
    {
        public Position Position => store.Head.Position;

        public ValueTask WaitForOpenAsync(CancellationToken cancellation) => default;

        public ValueTask WaitAsync(Position after, CancellationToken cancellation) => default;

        public ValueTask<IReadOnlyList<Envelope>> ReadAsync(Position after, int max, CancellationToken cancellation) =>
            store.ReadAsync(after, max, cancellation);
    }
}
