using System.Diagnostics.Metrics;
using Candor.Judging;
using Candor.Samples;
using Candor.Samples.Memory;
using Candor.State;
using Candor.Testing;
using Candor.Tests.Pages;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Tests.Samples;

/// <summary>One process that samples, in virtual time, over a medium that outlives it.</summary>
internal sealed class SamplerRun : IAsyncDisposable, IMeterFactory
{
    public static readonly DateTimeOffset Midnight = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly CancellationTokenSource stopping = new();
    private readonly OneThread thread = new();
    private readonly ManualTimeProvider time;
    private readonly Task running;
    private bool crashed;

    public SamplerRun(MemorySampleMedium medium, TimeSpan after = default, SamplerLimits? limits = null)
    {
        time = new(Midnight + after);
        Sampler = new(
            _ => new(crashed ? throw new IOException("gone") : new MemorySampleStore(medium)),
            time, limits ?? SamplerLimits.Default, new(this), NullLogger<Sampler>.Instance);
        running = thread.Run(() => Sampler.RunAsync(stopping.Token));
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
    public Task PassAsync(TimeSpan by)
    {
        thread.RunUntilIdle();
        time.Advance(by);
        thread.RunUntilIdle();
        return Task.CompletedTask;
    }

    /// <summary>Ends it cleanly.</summary>
    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        thread.RunUntilIdle();
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
}
