using System.Diagnostics;
using System.Diagnostics.Metrics;
using Candor.Judging;
using Candor.Probing;
using Candor.State;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Bench;

/// <summary>10,000 HTTP monitors every 20 s against a local server: how late, how much processor, how much memory.</summary>
internal static class ScaleBench
{
    private const int Monitors = 10_000;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(60);

    public static async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellation)
    {
        if (!ProbeTarget.IsThere)
        {
            return [];
        }

        using var target = new ProbeTarget();
        await target.ReadyAsync(cancellation);
        var (good, other) = (0, 0);
        using var meters = new Meters();
        using var scheduler = new Scheduler(
            VantageId.Local,
            ProbeBench.Tools(),
            (seen, _) =>
            {
                Interlocked.Increment(ref seen.Reading == Reading.Good ? ref good : ref other);
                return ValueTask.CompletedTask;
            },
            SchedulerOptions.Default,
            meters,
            NullLogger.Instance);
        scheduler.Watch([.. Enumerable.Range(0, Monitors).Select(i => Monitor(i, target))]);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var running = scheduler.RunAsync(stopping.Token);
        await Task.Delay(WarmUp, cancellation);

        using var self = Process.GetCurrentProcess();
        using var lateness = new Lateness();
        var (cpu, clock) = (self.TotalProcessorTime, Stopwatch.GetTimestamp());
        (good, other) = (0, 0);
        await Task.Delay(Measured, cancellation);
        self.Refresh();
        var seconds = Stopwatch.GetElapsedTime(clock).TotalSeconds;
        var share = (self.TotalProcessorTime - cpu).TotalSeconds / seconds * 100;
        var looks = good + other;
        await stopping.CancelAsync();
        await running.ContinueWith(static _ => { }, TaskScheduler.Default);
        return
        [
            new("scale.lateness.p99", lateness.Percentile(0.99), "ms", 50, $"{Monitors} HTTP monitors every 20 s, {looks} looks, {other} not good"),
            new("scale.lateness.p50", lateness.Percentile(0.5), "ms", null, "how late looks began"),
            new("scale.cpu", share, "% of a core", 25, "scheduler and probes, the server apart"),
            new("scale.cpu.per_look", share / 100 * seconds * 1_000 / looks, "CPU-ms", 0.25, "the same per look"),
            new("scale.resident", self.WorkingSet64 / 1e6, "MB", 250, "the bench's whole process"),
        ];
    }

    private static MonitorDefinition Monitor(int i, ProbeTarget target) => new(
        new($"monitor-{i}"),
        new("http", target.Url, $$"""{"url":"{{target.Url}}page/{{i}}","body":"Heron"}"""),
        Every,
        TimeSpan.FromSeconds(10),
        JudgingRules.Default);

    private sealed class Meters : IMeterFactory
    {
        private readonly List<Meter> made = [];

        public Meter Create(MeterOptions options)
        {
            made.Add(new(options));
            return made[^1];
        }

        public void Dispose() => made.ForEach(meter => meter.Dispose());
    }

    /// <summary>Keeps every lateness that is measured while it lives.</summary>
    private sealed class Lateness : IDisposable
    {
        private readonly List<double> seconds = [];
        private readonly MeterListener listener = new();

        public Lateness()
        {
            listener.InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Name == "candor.probe.lateness")
                {
                    l.EnableMeasurementEvents(instrument);
                }
            };
            listener.SetMeasurementEventCallback<double>((_, value, _, _) =>
            {
                lock (seconds)
                {
                    seconds.Add(value);
                }
            });
            listener.Start();
        }

        public double Percentile(double share)
        {
            lock (seconds)
            {
                seconds.Sort();
                return seconds.Count == 0 ? double.NaN : seconds[(int)(seconds.Count * share)] * 1_000;
            }
        }

        public void Dispose() => listener.Dispose();
    }
}
