using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace Candor.Watching;

/// <summary>
/// Every instrument of this node and of the runtime, added up for <c>/metrics</c>. The number of label sets is capped:
/// a defect that puts free text into a label costs a counter, not the memory.
/// </summary>
internal sealed class MetricsBook : IDisposable
{
    private const int SeriesMax = 2000;

    private static readonly HashSet<string> OfOthers = new(StringComparer.Ordinal)
    {
        "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
    };

    private readonly ConcurrentDictionary<SeriesKey, MetricSeries> series = new();
    private readonly MeterListener listener = new();
    private readonly Lock scraping = new();
    private long refused;
    private long scrape;

    /// <param name="scope">The meters of this node only; null takes any of Candor's.</param>
    public MetricsBook(Meters? scope)
    {
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (OfOthers.Contains(instrument.Meter.Name)
                || (instrument.Meter.Name.StartsWith("Candor.", StringComparison.Ordinal)
                    && (scope is null || ReferenceEquals(instrument.Meter.Scope, scope))))
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((i, value, tags, _) => Take(i, value, tags));
        listener.SetMeasurementEventCallback<int>((i, value, tags, _) => Take(i, value, tags));
        listener.SetMeasurementEventCallback<double>((i, value, tags, _) => Take(i, value, tags));
        listener.Start();
    }

    /// <summary>The whole book in Prometheus's text format, version 0.0.4.</summary>
    public string Write()
    {
        lock (scraping)
        {
            return WriteNow();
        }
    }

    private string WriteNow()
    {
        var now = Interlocked.Increment(ref scrape);
        listener.RecordObservableInstruments();

        // What is asked for at each scrape and did not answer now is not so any more: "3 are down" ends with the last of them.
        foreach (var gone in series.Where(one => one.Key.Instrument.IsObservable && one.Value.TakenIn != now))
        {
            series.TryRemove(gone);
        }

        var text = new StringBuilder(16 * 1024);
        foreach (var family in series.Values.GroupBy(one => one.Name).OrderBy(family => family.Key, StringComparer.Ordinal))
        {
            PrometheusText.Family(text, [.. family.OrderBy(one => one.Labels, StringComparer.Ordinal)]);
        }

        PrometheusText.Counter(
            text, "candor_metrics_refused_total", "Measurements with more label sets than are kept.", Interlocked.Read(ref refused));
        return text.ToString();
    }

    public void Dispose() => listener.Dispose();

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = new SeriesKey(instrument, PrometheusText.Labels(tags));
        if (!series.TryGetValue(key, out var one))
        {
            if (series.Count >= SeriesMax)
            {
                Interlocked.Increment(ref refused);
                return;
            }

            one = series.GetOrAdd(key, static k => new MetricSeries(k.Instrument, k.Labels));
        }

        one.Take(value);
        one.TakenIn = Interlocked.Read(ref scrape);
    }

    private readonly record struct SeriesKey(Instrument Instrument, string Labels);
}
