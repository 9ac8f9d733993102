using System.Collections.Immutable;
using Candor.Pages;
using Candor.Samples;
using Candor.State;

namespace Candor.Node;

/// <summary>Response times as the pages draw them: copied out of the samples once a minute, for every page alike.</summary>
internal sealed class ChartBook(Sampler samples, Func<World> world, TimeProvider time)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>Monitors between two pauses, so that ten thousand of them do not hold up what else wants to run.</summary>
    private const int Slice = 64;

    public ImmutableDictionary<MonitorId, ResponseTimes> Current { get; private set; } =
        ImmutableDictionary<MonitorId, ResponseTimes>.Empty;

    public async Task RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            await CopyAsync(stopping);
            await Task.Delay(Every, time, stopping);
        }
    }

    private async Task CopyAsync(CancellationToken stopping)
    {
        var charts = ImmutableDictionary.CreateBuilder<MonitorId, ResponseTimes>();
        var copied = 0;
        foreach (var monitor in world().Monitors.Keys)
        {
            if (ChartOf(monitor) is { } chart)
            {
                charts[monitor] = chart;
            }

            if (++copied % Slice == 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(1), time, stopping);
            }
        }

        Current = charts.ToImmutable();
    }

    /// <summary>The last day from the first place that has readings.</summary>
    private ResponseTimes? ChartOf(MonitorId monitor)
    {
        const Tier Shown = Tier.QuarterHour;
        foreach (var vantage in samples.Vantages(monitor))
        {
            var points = samples.Chart(monitor, vantage, Shown);
            if (points.Count > 0)
            {
                return new(Shown.Width(), [.. points.Select(point => new ResponsePoint(
                    point.At,
                    point.P5.TotalMilliseconds,
                    point.P50.TotalMilliseconds,
                    point.P95.TotalMilliseconds,
                    (int)Math.Min(point.Count, int.MaxValue)))]);
            }
        }

        return null;
    }
}
