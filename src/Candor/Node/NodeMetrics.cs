using System.Diagnostics.Metrics;
using Candor.State;

namespace Candor.Node;

/// <summary>How the node stands, asked when somebody reads the metrics.</summary>
internal sealed class NodeMetrics : IDisposable
{
    private readonly Meter meter;

    public NodeMetrics(Node node)
    {
        meter = node.Meters.Create("Candor.Node");
        var works = node.Works;
        meter.CreateObservableGauge(
            "candor.journal.position", () => works.Journal.Position.Value, "{event}", "The last durable event.");
        meter.CreateObservableGauge(
            "candor.journal.running", () => works.Journal.Condition.Phase == Journal.JournalPhase.Running ? 1 : 0, "{node}", "1 while the journal takes events.");
        meter.CreateObservableGauge(
            "candor.judging.waiting", () => works.Judging.Waiting, "{reading}", "Readings that wait to be judged.");
        meter.CreateObservableGauge("candor.monitors", () => Verdicts(works.Journal.State), "{monitor}", "Monitors by verdict.");
        meter.CreateObservableGauge(
            "candor.incidents.open", () => works.Journal.State.OpenIncidents.Count, "{incident}", "Incidents that are not resolved.");
        meter.CreateObservableGauge("candor.problems", () => node.Self.Problems.Length, "{problem}", "What is wrong with Candor itself.");
        meter.CreateObservableGauge("candor.live.streams", () => node.Live.Count, "{stream}", "Open live streams.");
        meter.CreateObservableGauge(
            "candor.pages.render.duration", () => node.Publisher.Condition.Took.TotalSeconds, "s", "How long the newest edition took.");
    }

    public void Dispose() => meter.Dispose();

    private static IEnumerable<Measurement<int>> Verdicts(World world) => world.Monitors.Values
        .CountBy(monitor => monitor.Verdict)
        .Select(count => new Measurement<int>(
            count.Value, new KeyValuePair<string, object?>("verdict", count.Key.ToString().ToLowerInvariant())));
}
