using System.Threading.Channels;
using Candor.Judging;
using Candor.State;
using Microsoft.Extensions.Logging;

namespace Candor.Samples;

/// <summary>
/// Remembers what was measured. A reading counts in the charts at once and is stored within a second or so; nobody who
/// adds or draws ever waits for the store.
/// </summary>
/// <remarks>
/// <code>
/// Observation ─> Add ─┬─> SampleBook (memory): last readings, open slots, chart lines, gauges ─> pages
///                     └─> pending ─ 1 s ─> one transaction: raw batch + slots that waited long enough ─> store
/// </code>
/// </remarks>
internal sealed partial class Sampler(
    Func<CancellationToken, ValueTask<ISampleStore>> open,
    TimeProvider time,
    SamplerLimits limits,
    SampleMetrics metrics,
    ILogger<Sampler> logger)
{
    // A clock ahead of ours must not close the slots that everyone else still fills.
    private static readonly TimeSpan AheadMax = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly SampleBook book = new();
    private readonly ValueBook told = new();
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private List<(Series Of, Observation Seen)> pending = [];
    private long nextWrite = 1;
    private long dropped;
    private long lost;

    private (SamplesPhase Phase, string Detail, int Damaged, string? Quarantined) state =
        (SamplesPhase.Loading, "", 0, null);

    public SamplesCondition Condition
    {
        get
        {
            lock (gate)
            {
                return new(state.Phase, state.Detail, dropped, lost + book.SlotsLost, state.Damaged, state.Quarantined);
            }
        }
    }

    /// <summary>Takes a reading. Never blocks, never throws for the store's sake.</summary>
    public void Add(Observation seen)
    {
        var now = time.GetUtcNow();
        var dated = seen.At > now + AheadMax ? seen with { At = now } : seen;
        lock (gate)
        {
            var series = book.Add(dated, now, nextWrite);
            if (pending.Count < limits.PendingMax)
            {
                pending.Add((series, dated));
            }
            else
            {
                dropped++;
                metrics.Dropped();
            }
        }

        wake.Writer.TryWrite(true);
    }

    /// <summary>Takes values of a metric that another tool measured. Never blocks, never throws for the store's sake.</summary>
    public void Tell(string metric, IReadOnlyList<ToldValue> values)
    {
        lock (gate)
        {
            told.Add(metric, values, time.GetUtcNow());
        }

        wake.Writer.TryWrite(true);
    }

    /// <summary>Forgets all values of a metric.</summary>
    public void Forget(string metric)
    {
        lock (gate)
        {
            told.Drop(metric);
        }

        wake.Writer.TryWrite(true);
    }

    /// <summary>Values of a metric since an instant, oldest first, by slots of a width.</summary>
    public IReadOnlyList<ValueSlot> Told(string metric, Tier tier, DateTimeOffset from)
    {
        lock (gate)
        {
            return told.Of(metric, tier, from);
        }
    }

    /// <summary>The places that have readings of a monitor.</summary>
    public IReadOnlyList<VantageId> Vantages(MonitorId monitor)
    {
        lock (gate)
        {
            return [.. book.Of(monitor).Select(static s => s.Vantage)];
        }
    }

    /// <summary>
    /// Response times of a monitor from one place, oldest first: the last day by quarter hours, the last week by hours,
    /// or the last 90 days by days.
    /// </summary>
    public IReadOnlyList<ChartPoint> Chart(MonitorId monitor, VantageId vantage, Tier tier)
    {
        var from = tier.FirstShown(time.GetUtcNow());
        lock (gate)
        {
            return book.Of(monitor, vantage)?.Track(tier).Line.From(from) ?? [];
        }
    }

    /// <summary>The last readings of a monitor from one place, newest first.</summary>
    public IReadOnlyList<LatestReading> Latest(MonitorId monitor, VantageId vantage)
    {
        lock (gate)
        {
            return book.Of(monitor, vantage)?.Latest.NewestFirst() ?? [];
        }
    }

    /// <summary>The newest observation of a monitor from one place, with its phases; null before the first of this process.</summary>
    public Observation? Newest(MonitorId monitor, VantageId vantage)
    {
        lock (gate)
        {
            return book.Of(monitor, vantage)?.Latest.Newest;
        }
    }

    /// <summary>What else was measured of a monitor from one place, by name.</summary>
    public IReadOnlyList<StoredGauge> Gauges(MonitorId monitor, VantageId vantage)
    {
        lock (gate)
        {
            return [.. (book.Of(monitor, vantage)?.Gauges.All ?? [])
                .Select(static g => g.Value).OrderBy(static g => g.Name, StringComparer.Ordinal)];
        }
    }
}
