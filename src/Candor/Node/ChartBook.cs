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

    public ImmutableDictionary<MetricId, MetricValues> Metrics { get; private set; } = ImmutableDictionary<MetricId, MetricValues>.Empty;

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
        CopyMetrics();
    }

    /// <summary>What says the same as before stays the same object, because pages are keyed by it.</summary>
    private void CopyMetrics()
    {
        var (now, before) = (time.GetUtcNow(), Metrics);
        Metrics = world().Metrics.Keys
            .Select(id => (Id: id, Values: ValuesOf(id, now)))
            .Where(static one => !one.Values.Month.IsEmpty)
            .ToImmutableDictionary(static one => one.Id, one => before.GetValueOrDefault(one.Id) is { } same && same == one.Values ? same : one.Values);
    }

    private MetricValues ValuesOf(MetricId id, DateTimeOffset now)
    {
        var hours = samples.Told(id.Value, Tier.Hour, now - TimeSpan.FromDays(30));
        return new(
            [.. samples.Told(id.Value, Tier.QuarterHour, now - TimeSpan.FromDays(1)).Select(static slot => PointOf([slot]))],
            [.. hours.Where(slot => slot.At >= now - TimeSpan.FromDays(7)).Select(static slot => PointOf([slot]))],
            [.. hours.GroupBy(static slot => slot.Slot / (int)(MetricValues.MonthStep / MetricValues.WeekStep)).Select(static four => PointOf([.. four]))]);
    }

    private static MetricPoint PointOf(IReadOnlyList<ValueSlot> slots) =>
        new(slots[0].Tier.StartOf(slots[0].Slot), slots.Sum(static one => one.Sum) / slots.Sum(static one => one.Count), slots[^1].Last);

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
