using System.Diagnostics.Metrics;
using Candor.Judging;

namespace Candor.Probing;

/// <summary>What the scheduler counts.</summary>
internal sealed class ScheduleMetrics
{
    private readonly Histogram<double> duration;
    private readonly Histogram<double> lateness;
    private readonly Counter<long> overlapped;
    private readonly Counter<long> defects;

    public ScheduleMetrics(IMeterFactory meters, Func<int> running)
    {
        var meter = meters.Create("Candor.Probing");
        duration = meter.CreateHistogram<double>("candor.probe.duration", "s", "How long looks took.");
        lateness = meter.CreateHistogram<double>("candor.probe.lateness", "s", "How late looks began.");
        overlapped = meter.CreateCounter<long>(
            "candor.probe.overlapped", "{round}", "Rounds that came due while the one before had not begun or ended.");
        defects = meter.CreateCounter<long>("candor.probe.defects", "{look}", "Looks that ended by a fault of Candor's own.");
        meter.CreateObservableGauge("candor.probe.running", running, "{look}", "Looks under way.");
    }

    public void Looked(string kind, Finding finding) => duration.Record(
        finding.Took.TotalSeconds,
        new KeyValuePair<string, object?>("kind", kind),
        new KeyValuePair<string, object?>("reading", Word(finding.Reading)));

    public void Began(TimeSpan late) => lateness.Record(late.TotalSeconds);

    public void Overlapped(long rounds) => overlapped.Add(rounds);

    public void Defect() => defects.Add(1);

    private static string Word(Reading reading) => reading switch
    {
        Reading.Good => "good",
        Reading.Slow => "slow",
        Reading.Bad => "bad",
        _ => "none",
    };
}
