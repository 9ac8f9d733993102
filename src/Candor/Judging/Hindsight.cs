using System.Collections.Immutable;
using Candor.Effects;
using Candor.State;
using Candor.State.Incidents;
using Monitor = Candor.State.Monitor;

namespace Candor.Judging;

/// <summary>
/// What readings that came late may say: that an incident began earlier than it says. It is said to people, who may move the
/// start; no verdict, no status, no word to readers and no notice ever comes of it. A place that was cut off may have been
/// blind as well, so its failures count only while its control targets answered.
/// </summary>
internal static class Hindsight
{
    /// <summary>How long after its end an incident is still thought about.</summary>
    private static readonly TimeSpan Reach = TimeSpan.FromDays(7);

    /// <summary>What begins so little earlier is not worth anybody's press of a button.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMinutes(1);

    /// <summary>A late reading, in the order in which they were taken: it begins a run of failures, goes on with it or ends it.</summary>
    public static Ruling Recall(Bench bench, World world, LateReading late, Moment now)
    {
        var key = (late.Monitor, late.Vantage);
        if (late.Reading == Reading.None || !world.Monitors.TryGetValue(late.Monitor, out var monitor)
            || !Judge.VantagesOf(world, monitor.Definition).Contains(late.Vantage)
            || late.At <= bench.Recalled.GetValueOrDefault(key)?.LastAt)
        {
            return Ruling.Silent(bench);
        }

        var (went, events) = Settle(bench, world, key, late.At, now);
        var run = GoesOn(went.Recalled.GetValueOrDefault(key), late.At, late.Reading, monitor) ?? (late.Reading == Reading.Bad ? LateRun.Of(late.At) : null);
        return new(With(went, key, run), events);
    }

    /// <summary>A fresh reading goes on with a run that began late, or ends it.</summary>
    public static Bench GoOn(Bench bench, World world, Observation seen)
    {
        var key = (seen.Monitor, seen.Vantage);
        return bench.Recalled.GetValueOrDefault(key) is { } run && seen.Reading != Reading.None && world.Monitors.TryGetValue(seen.Monitor, out var monitor)
            ? With(bench, key, GoesOn(run, seen.At, seen.Reading, monitor))
            : bench;
    }

    /// <summary>What is heard of the control targets now tells of the last late readings as well.</summary>
    public static Bench GoOn(Bench bench, World world, ControlReading reading) => bench.Recalled.IsEmpty
        ? bench
        : Witness(bench, world, new LateControl(reading.Vantage, reading.Target, reading.At, reading.Answered));

    /// <summary>A control target answered a place, or did not.</summary>
    public static Bench Witness(Bench bench, World world, LateControl late)
    {
        var (vantage, target, at, answered) = late;
        if (!answered || !world.Policy.Controls.Contains(target))
        {
            return bench;
        }

        var usable = bench.Lookouts.GetValueOrDefault(vantage)?.Controls.Values.Count(static control => control.AnsweredAt is not null) ?? 0;
        var targets = usable > 0 ? usable : world.Policy.Controls.Length;
        return bench with
        {
            Witnesses = bench.Witnesses.SetItem(vantage, bench.Witnesses.GetValueOrDefault(vantage, LateWitness.None).With(target, at, targets)),
        };
    }

    /// <summary>What runs that go on show by now. Asked every second; there is hardly ever a run.</summary>
    public static Ruling Tick(Bench bench, World world, Moment now)
    {
        if (bench.Recalled.IsEmpty)
        {
            return Ruling.Silent(bench);
        }

        var events = ImmutableArray.CreateBuilder<Event>();
        foreach (var (key, run) in bench.Recalled.OrderBy(static one => one.Value.Since).ThenBy(static one => one.Key.Vantage.Value, StringComparer.Ordinal))
        {
            // What would tell of its newest failures may not have been heard yet.
            var ruling = Settle(bench, world, key, run.LastAt, now);
            bench = ruling.Bench;
            events.AddRange(ruling.Events);
            world = ruling.Events.Aggregate(world, World.Fold);
        }

        return new(bench, events.DrainToImmutable());
    }

    /// <summary>Believes of a run what can be believed by now, and says what it then shows.</summary>
    /// <param name="at">Up to when everything was heard of it.</param>
    private static Ruling Settle(Bench bench, World world, (MonitorId Monitor, VantageId Vantage) key, DateTimeOffset at, Moment now)
    {
        if (bench.Recalled.GetValueOrDefault(key) is not { } before || !world.Monitors.TryGetValue(key.Monitor, out var monitor))
        {
            return Ruling.Silent(With(bench, key, null));
        }

        var witness = world.Policy.Controls.IsEmpty ? null : bench.Witnesses.GetValueOrDefault(key.Vantage, LateWitness.None);
        var run = before.Settle(witness, at);
        if (run is null || run.Count < monitor.Definition.Rules.DownAfter)
        {
            return Ruling.Silent(With(bench, key, run));
        }

        run = run.About is null ? run with { About = About(world, monitor, run, now) } : run;
        var suggested = run.About!.Value.Union(world.OpenIncidents.OrderBy(static id => id.Value, StringComparer.Ordinal))
            .Select(id => world.Incidents.GetValueOrDefault(id))
            .OfType<Incident>()
            .Where(incident => BeganWith(incident, monitor, run) && IsAbout(world, incident, monitor.Id))
            .Select(incident => new EarlierStartSuggested(now.Wall, incident.Id, run.Since, monitor.Id, key.Vantage));
        return new(With(bench, key, run), [.. suggested]);
    }

    /// <summary>Where readings are missing in between nobody knows whether it failed all the time.</summary>
    private static LateRun? GoesOn(LateRun? run, DateTimeOffset at, Reading reading, Monitor monitor) =>
        reading == Reading.Bad && at - run?.LastAt <= Judge.FreshFor(monitor.Definition) ? run!.With(at) : null;

    private static Bench With(Bench bench, (MonitorId, VantageId) key, LateRun? run) => bench with
    {
        Recalled = run is null ? bench.Recalled.Remove(key) : bench.Recalled.SetItem(key, run),
    };

    private static ImmutableArray<IncidentId> About(World world, Monitor monitor, LateRun run, Moment now) =>
    [
        .. world.Incidents.Values
            .Where(incident => incident.StartedAt > run.Since && !(now.Wall - incident.ClosedAt > Reach) && IsAbout(world, incident, monitor.Id))
            .OrderBy(static incident => incident.StartedAt)
            .ThenBy(static incident => incident.Id.Value, StringComparer.Ordinal)
            .Select(static incident => incident.Id),
    ];

    private static bool IsAbout(World world, Incident incident, MonitorId monitor) => incident.Causes.Contains(monitor)
        || incident.AffectedComponents.Any(id => world.Components.GetValueOrDefault(id)?.Definition.AllMonitors().Contains(monitor) is true);

    /// <summary>
    /// It failed before an incident began and until it did. Where a person has set the beginning, that is what it is; and what
    /// was suggested is suggested again only for a still earlier one.
    /// </summary>
    private static bool BeganWith(Incident incident, Monitor monitor, LateRun run) =>
        incident is { Removed: null, Merged: null, Backfilled: false, Backdatings.IsEmpty: true }
        && incident.StartedAt - run.Since >= Least
        && run.LastAt >= incident.StartedAt - Judge.FreshFor(monitor.Definition)
        && !(incident.EarlierStart?.StartedAt <= run.Since);
}
