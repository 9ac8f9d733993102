using System.Diagnostics;
using System.Diagnostics.Metrics;
using Candor.Judging;
using Candor.Samples;
using Candor.Samples.Sqlite;
using Candor.State;
using Candor.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Bench;

/// <summary>Ten thousand monitors every 20 s for a quarter of an hour of virtual time, stored in a real file.</summary>
internal static class SamplesBench
{
    private const int Monitors = 10_000;
    private const int PerSecond = 500;
    private const int Seconds = 900;

    public static async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("candor-bench-").FullName;
        try
        {
            var path = Path.Combine(folder, "samples.db");
            var (cpu, memory) = await FillAsync(path, cancellation);
            var bytes = new FileInfo(path).Length / (double)(PerSecond * Seconds);
            var restart = await RestartAsync(path, cancellation);
            return
            [
                new("samples.cpu", cpu, "% of a core", 3, "500 readings/s of 10,000 monitors: charts, raw, roll-ups, retention"),
                new("samples.memory", memory / 1024.0 / Monitors, "kB a monitor", null, "charts, last readings and open slots, after 15 minutes"),
                new("samples.disk", bytes, "bytes a reading", null, "raw with five phases, and the roll-ups beside it"),
                new("samples.load", restart, "s", null, "10,000 monitors' charts read back at start, beside the first probes"),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(double CpuPercent, double Bytes)> FillAsync(string path, CancellationToken cancellation)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var time = new ManualTimeProvider(new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        using var run = new Run(path, time);
        var names = Enumerable.Range(0, Monitors).Select(static i => new MonitorId($"monitor-{i}")).ToArray();
        var random = new Random(20260301);
        await SecondsAsync(run, names, random, 0, 20, cancellation);
        var cpu = Environment.CpuUsage.TotalTime;
        await SecondsAsync(run, names, random, 20, Seconds, cancellation);
        var used = Environment.CpuUsage.TotalTime - cpu;
        var memory = GC.GetTotalMemory(forceFullCollection: true) - before;
        await run.StopAsync();
        return (100 * used.TotalSeconds / (Seconds - 20), memory);
    }

    private static async Task SecondsAsync(
        Run run, MonitorId[] names, Random random, int from, int until, CancellationToken cancellation)
    {
        for (var second = from; second < until; second++)
        {
            for (var i = 0; i < PerSecond; i++)
            {
                run.Sampler.Add(Seen(names[((second * PerSecond) + i) % Monitors], run.Time.GetUtcNow(), random));
            }

            await run.SecondAsync(cancellation);
        }
    }

    private static async Task<double> RestartAsync(string path, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        await using var store = await SqliteSampleStore.OpenAsync(path, TimeProvider.System, cancellation);
        var now = new DateTimeOffset(2026, 3, 1, 0, 15, 0, TimeSpan.Zero);
        await store.RecoverAsync(now, cancellation);
        await store.LoadAsync(now, static _ => { }, cancellation);
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static Observation Seen(MonitorId monitor, DateTimeOffset at, Random random)
    {
        var first = TimeSpan.FromMilliseconds(40 + (random.NextDouble() * 60));
        return new(monitor, VantageId.Local, at, Reading.Good, "", first + TimeSpan.FromMilliseconds(14))
        {
            Phases =
            [
                new("dns", TimeSpan.FromMilliseconds(1)), new("connect", TimeSpan.FromMilliseconds(4)),
                new("tls", TimeSpan.FromMilliseconds(8)), new("first_byte", first), new("body", TimeSpan.FromMilliseconds(1)),
            ],
        };
    }

    /// <summary>A sampler over a real file whose seconds pass when told.</summary>
    private sealed class Run : IMeterFactory
    {
        private readonly CancellationTokenSource stopping = new();
        private readonly SemaphoreSlim written = new(0);
        private readonly Task running;

        public Run(string path, ManualTimeProvider time)
        {
            Time = time;
            Sampler = new(
                async ct => new Signalling(await SqliteSampleStore.OpenAsync(path, time, ct), written),
                time, SamplerLimits.Default, new(this), NullLogger<Sampler>.Instance);
            running = Sampler.RunAsync(stopping.Token);
        }

        public Sampler Sampler { get; }

        public ManualTimeProvider Time { get; }

        public async Task SecondAsync(CancellationToken cancellation)
        {
            // The loop may not have reached its delay yet; until it has, the clock passes it by (which only adds work).
            do
            {
                Time.Advance(TimeSpan.FromSeconds(1));
            }
            while (!await written.WaitAsync(TimeSpan.FromMilliseconds(3), cancellation));
        }

        public async Task StopAsync()
        {
            await stopping.CancelAsync();
            await running;
        }

        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
            stopping.Dispose();
            written.Dispose();
        }
    }

    private sealed class Signalling(ISampleStore store, SemaphoreSlim written) : ISampleStore
    {
        public ValueTask<StoredSamples> RecoverAsync(DateTimeOffset now, CancellationToken cancellation) =>
            store.RecoverAsync(now, cancellation);

        public ValueTask<int> LoadAsync(DateTimeOffset now, Action<StoredRollup> each, CancellationToken cancellation) =>
            store.LoadAsync(now, each, cancellation);

        public ValueTask<IReadOnlyList<ValueSlot>> ReadValuesAsync(DateTimeOffset from, CancellationToken cancellation) =>
            store.ReadValuesAsync(from, cancellation);

        public ValueTask<IReadOnlyList<StoredRollup>> WriteAsync(SampleWrite write, CancellationToken cancellation) =>
            store.WriteAsync(write, cancellation);

        public async ValueTask RetainAsync(DateTimeOffset now, CancellationToken cancellation)
        {
            await store.RetainAsync(now, cancellation);
            written.Release();
        }

        public ValueTask<IReadOnlyList<Observation>> ReadAsync(
            MonitorId monitor, DateTimeOffset from, DateTimeOffset until, int max, CancellationToken cancellation) =>
            store.ReadAsync(monitor, from, until, max, cancellation);

        public ValueTask DisposeAsync() => store.DisposeAsync();
    }
}
