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
        meter.CreateObservableGauge("candor.notices", () => Notices(works), "{update}", "Updates to be told, by channel and what became of them.");
        meter.CreateObservableGauge(
            "candor.notices.oldest_pending", () => OldestPending(works), "s", "How long the oldest waits, by channel.");
        meter.CreateObservableGauge(
            "candor.readback.addresses", () => ReadBack(works), "{address}", "Addresses at which readers get what was published, or do not.");
        meter.CreateObservableGauge(
            "candor.readback.behind", () => works.ReadBack.Addresses.Select(static one => one.WrongFor.TotalSeconds).DefaultIfEmpty().Max(), "s",
            "For how long readers somewhere have not had what was published.");
        meter.CreateObservableGauge(
            "candor.alive.addresses", () => Alive(works), "{address}", "Addresses that were told that this node works, or could not be.");
        meter.CreateObservableGauge(
            "candor.pages.render.duration", () => node.Publisher.Condition.Took.TotalSeconds, "s", "How long the newest edition took.");
    }

    public void Dispose() => meter.Dispose();

    private static IEnumerable<Measurement<int>> Notices(Works works) =>
        from room in works.Office?.Rooms ?? []
        let view = room.View
        from count in new (string State, int Count)[]
        {
            ("accepted", view.Total.Accepted), ("sent", view.Total.Sent), ("failed", view.Total.Failed), ("pending", view.Total.Pending),
            ("superseded", view.Total.Superseded), ("suppressed", view.Total.Suppressed), ("expired", view.Total.Expired),
            ("ambiguous", view.Ambiguous),
        }
        select new Measurement<int>(count.Count, new("channel", view.Channel), new("state", count.State));

    private static IEnumerable<Measurement<int>> ReadBack(Works works) => works.ReadBack.Addresses
        .CountBy(static one => one.ReadAt is null ? "unread" : one.Wrong is null ? "right" : "wrong")
        .Select(static count => new Measurement<int>(count.Value, new KeyValuePair<string, object?>("state", count.Key)));

    private static IEnumerable<Measurement<int>> Alive(Works works) => works.Calls.Answers
        .CountBy(answer => works.Calls.Held is not null ? "held" : answer.Trouble is null ? "told" : "unheard")
        .Select(static count => new Measurement<int>(count.Value, new KeyValuePair<string, object?>("state", count.Key)));

    private static IEnumerable<Measurement<double>> OldestPending(Works works) =>
        from room in works.Office?.Rooms ?? []
        let view = room.View
        select new Measurement<double>(
            view.OldestPending is { } since ? (works.Time.GetUtcNow() - since).TotalSeconds : 0, new KeyValuePair<string, object?>("channel", view.Channel));

    private static IEnumerable<Measurement<int>> Verdicts(World world) => world.Monitors.Values
        .CountBy(monitor => monitor.Verdict)
        .Select(count => new Measurement<int>(
            count.Value, new KeyValuePair<string, object?>("verdict", count.Key.ToString().ToLowerInvariant())));
}
