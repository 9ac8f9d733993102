using System.Diagnostics.Metrics;

namespace Candor.Watching;

/// <summary>One instrument with one set of labels: a sum, a last value, or a histogram.</summary>
internal sealed class MetricSeries
{
    /// <summary>From half a millisecond to a minute: probes, commits and renders alike.</summary>
    private static readonly double[] Seconds =
        [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    private static readonly double[] Counts = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000];

    private readonly Lock taking = new();
    private readonly bool adds;
    private readonly long[]? buckets;
    private double value;
    private long count;

    public MetricSeries(Instrument instrument, string labels)
    {
        var kind = instrument.GetType().Name;
        Kind = kind.StartsWith("Histogram", StringComparison.Ordinal) ? "histogram"
            : kind.Contains("UpDown", StringComparison.Ordinal) || kind.Contains("Gauge", StringComparison.Ordinal) ? "gauge"
            : "counter";
        adds = !instrument.IsObservable && !kind.StartsWith("Gauge", StringComparison.Ordinal);
        Bounds = instrument.Unit == "s" ? Seconds : Counts;
        buckets = Kind == "histogram" ? new long[Bounds.Count + 1] : null;
        Name = PrometheusText.NameOf(instrument.Name, instrument.Unit, Kind);
        Help = instrument.Description ?? instrument.Name;
        Labels = labels;
    }

    public string Name { get; }

    /// <summary>The number of the scrape that it last measured something in.</summary>
    public long TakenIn { get; set; }

    public string Help { get; }

    /// <summary>"counter", "gauge" or "histogram".</summary>
    public string Kind { get; }

    /// <summary>As they stand between braces; empty for none.</summary>
    public string Labels { get; }

    public IReadOnlyList<double> Bounds { get; }

    public void Take(double measured)
    {
        lock (taking)
        {
            value = adds ? value + measured : measured;
            count++;
            if (buckets is not null)
            {
                var bucket = 0;
                while (bucket < Bounds.Count && measured > Bounds[bucket])
                {
                    bucket++;
                }

                buckets[bucket]++;
            }
        }
    }

    /// <summary>The sum (or last value), how many were taken, and the buckets, all of one moment.</summary>
    public (double Value, long Count, long[]? Buckets) Read()
    {
        lock (taking)
        {
            return (value, count, (long[]?)buckets?.Clone());
        }
    }
}
