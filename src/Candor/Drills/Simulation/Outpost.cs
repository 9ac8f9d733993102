using Candor.Judging;
using Candor.Node;
using Candor.Probing;
using Candor.State;
using Candor.Watching;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Drills.Simulation;

/// <summary>
/// A vantage point beside the node's own: the same scheduler, probes and control targets, looking at the same services
/// over a network of its own, and reporting to the node's judge.
/// </summary>
internal sealed class Outpost : IDisposable
{
    private readonly VantageId vantage;
    private readonly Meters meters = new();
    private readonly Scheduler scheduler;
    private readonly Controls controls;
    private Works? node;

    public Outpost(string place, SimulatedNetwork network, VirtualTime time, SeededRandomness random)
    {
        vantage = new(place);
        var tools = new ProbeTools(network, time, random) { Names = SimulatedNetwork.Names };
        scheduler = new(vantage, tools, ReportAsync, SchedulerOptions.Default, meters, NullLogger.Instance);
        controls = new(
            vantage, tools, SimulatedNetwork.Gateways,
            (reading, cancellation) => node!.Judging.Signs.WriteAsync(reading, cancellation));
    }

    public async Task RunAsync(Works works, CancellationToken stopping)
    {
        node = works;
        await Task.WhenAll(scheduler.RunAsync(stopping), controls.RunAsync(stopping), FollowAsync(works, stopping));
    }

    public void Dispose()
    {
        scheduler.Dispose();
        controls.Dispose();
        meters.Dispose();
    }

    private async Task FollowAsync(Works works, CancellationToken stopping)
    {
        await works.Journal.WaitForReadingAsync(works.Time, stopping);
        while (true)
        {
            var published = works.Journal.Current;
            scheduler.Watch(
            [
                .. published.State.Monitors.Values.Select(monitor => monitor.Definition)
                    .Where(monitor => monitor.From.Contains(vantage)),
            ]);
            await works.Journal.WaitAsync(published.Position, stopping);
        }
    }

    private ValueTask ReportAsync(Observation seen, CancellationToken cancellation)
    {
        if (seen.Reading == Reading.Bad)
        {
            controls.Soon();
        }

        return node!.Judging.Signs.WriteAsync(seen, cancellation);
    }
}
