using System.Diagnostics.Metrics;
using Candor.Judging;
using Candor.Samples;
using Candor.Samples.Memory;
using Candor.State;
using Candor.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Tests.Samples;

/// <summary>One process that samples, in virtual time, over a medium that outlives it.</summary>
internal sealed class SamplerRun : IAsyncDisposable, IMeterFactory
{
    public static readonly DateTimeOffset Midnight = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly CancellationTokenSource stopping = new();
    private readonly ManualTimeProvider time;
    private readonly Task running;
    private bool crashed;

    public SamplerRun(MemorySampleMedium medium, TimeSpan after = default, SamplerLimits? limits = null)
    {
        time = new(Midnight + after);
        Sampler = new(
            _ => new(crashed ? throw new IOException("gone") : new MemorySampleStore(medium)),
            time, limits ?? SamplerLimits.Default, new(this), NullLogger<Sampler>.Instance);
        running = Sampler.RunAsync(stopping.Token);
    }

    public Sampler Sampler { get; }

    public DateTimeOffset Now => time.GetUtcNow();

    public void See(
        MonitorId monitor, double ms, Reading reading = Reading.Good, DateTimeOffset? at = null, VantageId? vantage = null) =>
        Sampler.Add(new(monitor, vantage ?? VantageId.Local, at ?? Now, reading, "", TimeSpan.FromMilliseconds(ms)));

    public void Measure(MonitorId monitor, string name, double value, string unit) =>
        Sampler.Add(new(monitor, VantageId.Local, Now, Reading.Good, "", TimeSpan.FromMilliseconds(1))
        {
            Measurements = [new(name, value, unit)],
        });

    /// <summary>Moves the clock, and lets what became due run.</summary>
    public async Task PassAsync(TimeSpan by)
    {
        await SettleAsync();
        time.Advance(by);
        await SettleAsync();
    }

    /// <summary>Ends it cleanly.</summary>
    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        await running;
    }

    /// <summary>From now on nothing reaches the medium.</summary>
    public void Crash() => crashed = true;

    public async ValueTask DisposeAsync()
    {
        if (!crashed)
        {
            await StopAsync();
        }

        stopping.Dispose();
    }

    Meter IMeterFactory.Create(MeterOptions options) => new(options);

    void IDisposable.Dispose()
    {
    }

    // The loop's continuations run in this thread or on the pool; either way they need no more than a few turns.
    private static async Task SettleAsync()
    {
        for (var turn = 0; turn < 20; turn++)
        {
            await Task.Yield();
        }
    }
}
