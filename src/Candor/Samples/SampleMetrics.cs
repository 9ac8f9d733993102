using System.Diagnostics.Metrics;

namespace Candor.Samples;

/// <summary>What storing samples costs and loses.</summary>
internal sealed class SampleMetrics
{
    private readonly Counter<long> written;
    private readonly Counter<long> rolledUp;
    private readonly Counter<long> dropped;
    private readonly Histogram<double> duration;

    public SampleMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Candor.Samples");
        written = meter.CreateCounter<long>("candor.samples.written", "{reading}", "Raw readings stored.");
        rolledUp = meter.CreateCounter<long>("candor.samples.rolled_up", "{slot}", "Roll-ups stored.");
        dropped = meter.CreateCounter<long>("candor.samples.dropped", "{reading}", "Readings not stored because too many waited.");
        duration = meter.CreateHistogram<double>("candor.samples.write.duration", "s", "How long one write took.");
    }

    public void Wrote(int readings, int slots, TimeSpan took)
    {
        written.Add(readings);
        rolledUp.Add(slots);
        duration.Record(took.TotalSeconds);
    }

    public void Dropped() => dropped.Add(1);
}
