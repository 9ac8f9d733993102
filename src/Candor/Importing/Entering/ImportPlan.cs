using System.Collections.Immutable;
using Candor.Journal;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;
using Candor.State.Postmortems;

namespace Candor.Importing.Entering;

/// <summary>What an import does to the page. Pure: request and world to steps, steps to facts.</summary>
internal sealed class ImportPlan
{
    private static readonly TimeSpan SameStart = TimeSpan.FromMinutes(1);

    private readonly ImportRequest request;
    private readonly World world;
    private readonly ComponentMap map;
    private readonly DateTimeOffset now;
    private readonly HashSet<string> origins;
    private readonly ILookup<string, Incident> byTitle;

    private ImportPlan(ImportRequest request, World world, DateTimeOffset now)
    {
        (this.request, this.world, this.now) = (request, world, now);
        map = new(world, request.Import, request.Components);
        origins = [.. world.Incidents.Values.Select(one => one.Origin).Concat(world.Maintenances.Values.Select(one => one.Origin)).OfType<string>()];
        byTitle = world.Incidents.Values.ToLookup(incident => incident.Title, StringComparer.Ordinal);
        Steps = [.. request.Incidents.Select(Step), .. request.Maintenances.Select(Step)];
    }

    public ImmutableArray<ImportStep> Steps { get; }

    /// <summary>Every component that a source names in what would be entered, with the one of this page or the name in its history.</summary>
    public IEnumerable<(string Theirs, ComponentId Ours, bool IsHistoric)> Components =>
        map.Used.Select(pair => (pair.Key, pair.Value, !world.Components.ContainsKey(pair.Value)));

    public static (ImportPlan? Plan, Refusal? Refusal) Of(ImportRequest request, World world, DateTimeOffset now)
    {
        var plan = new ImportPlan(request, world, now);
        return plan.map.Unknown().FirstOrDefault() is { } slip
            ? (null, new("no_such_component", $"There is no component “{slip}” here; the page lists them. Map to one of those, or leave it out.", "components"))
            : (plan, null);
    }

    /// <summary>The facts of all steps that enter something, decided one after the other against what came before.</summary>
    public Decision<Event> Decide(Actor by)
    {
        var entering = Steps.Where(step => step.Act == ImportAct.Enter).ToList();
        if (entering.Count == 0)
        {
            return Array.Empty<Event>();
        }

        var (events, after) = (new List<Event> { Head(by) }, world);
        after = World.Fold(after, events[0]);
        foreach (var step in entering)
        {
            var decided = step.Incident is { } incident
                ? IncidentDecisions.Backfill(after, now, Actor.Import(request.Source), new(step.Id), incident)
                : MaintenanceDecisions.Backfill(after, now, Actor.Import(request.Source), new(step.Id), step.Maintenance!);
            if (decided.Refusal is { } refusal)
            {
                return refusal with { Sentence = $"“{step.Title}”: {refusal.Sentence}" };
            }

            events.AddRange(decided.Events);
            after = decided.Events.Aggregate(after, World.Fold);
        }

        return events.ToArray();
    }

    private HistoryImported Head(Actor by) => new(now, request.Import, request.Source, by)
    {
        Page = request.Page,
        Names = [.. Components.Where(one => one.IsHistoric).DistinctBy(one => one.Ours).Select(one => new HistoricName(one.Ours, one.Theirs))],
    };

    private ImportStep Step(ImportedIncident from)
    {
        var origin = BroughtIn.OriginOf(request.Import, from.Key);
        var step = new ImportStep(DerivedId.Of(origin), LongText.Title(from.Title), ImportAct.Enter);
        if (world.Incidents.ContainsKey(new(step.Id)) || origins.Contains(origin))
        {
            return step with { Act = ImportAct.Present };
        }

        if (PastWords.Of(from) is not { } past)
        {
            return LeftOut(step, "has no day, so it has no place in the history", "give the day on which it began with --date 2026-03-04");
        }

        if (Same(step.Title, past.StartedAt) is { } same)
        {
            return step with { Act = ImportAct.Present, Why = $"stands here already as {same.Id}, with the same title and start", Remedy = "change that one where it says less" };
        }

        var wish = new BackfillIncident(step.Title, past.StartedAt, past.Updates)
        {
            ImpactOverride = from.Impact,
            Components = Impacts(from, past.StartedAt),
            Downtimes = [.. from.Downtimes.Where(downtime => downtime.Ended is not { } ended || ended >= downtime.Began)],
            Postmortem = past.Postmortem,
            Origin = origin,
            OriginIsFree = true,
        };
        if (IncidentDecisions.Against(world, now, wish) is { } no)
        {
            return LeftOut(step, $"cannot be entered: {no.Sentence}", "mend it in the source, or enter it by hand");
        }

        origins.Add(origin);
        return past.Updates.Any(update => update.Status is IncidentStatus.Resolved or IncidentStatus.Postmortem) || past.Postmortem is not null
            ? step with { Incident = wish }
            : step with { Incident = wish, Why = "is open in its source and will be here", Remedy = $"end it with `candor post resolve {step.Id}`" };
    }

    private ImportStep Step(ImportedMaintenance from)
    {
        var origin = BroughtIn.OriginOf(request.Import, "maintenance/" + from.Key);
        var step = new ImportStep(DerivedId.Of(origin), LongText.Title(from.Title), ImportAct.Enter);
        if (world.Maintenances.ContainsKey(new(step.Id)) || origins.Contains(origin))
        {
            return step with { Act = ImportAct.Present };
        }

        if (PastWork.Of(from, map.Find, now) is not { } wish)
        {
            return from.ScheduledFor is null
                ? LeftOut(step, "has no time, so it has no place in the history", "announce it with `candor post maintenance` where it is still to come")
                : LeftOut(step, "is still to come", "announce it with `candor post maintenance`, so that it begins, ends and reminds by itself");
        }

        wish = wish with { Origin = origin, OriginIsFree = true };
        if (MaintenanceDecisions.Against(world, now, wish) is { } no)
        {
            return LeftOut(step, $"cannot be entered: {no.Sentence}", "mend it in the source, or enter it by hand");
        }

        origins.Add(origin);
        return step with { Maintenance = wish };
    }

    private static ImportStep LeftOut(ImportStep step, string why, string remedy) => step with { Act = ImportAct.LeftOut, Why = why, Remedy = remedy };

    /// <summary>The same incident that came here another way: by hand, by a feed, by another kind of export.</summary>
    private Incident? Same(string title, DateTimeOffset started) => byTitle[title].FirstOrDefault(
        other => BroughtIn.Of(world, other.Origin)?.Id != request.Import && (other.StartedAt - started).Duration() < SameStart);

    /// <summary>Intervals as changes of status, each closed where the next does not begin; then what is only named.</summary>
    private ImmutableArray<ComponentImpact> Impacts(ImportedIncident incident, DateTimeOffset started)
    {
        var changes = new List<ComponentImpact>();
        foreach (var intervals in incident.Intervals.Where(interval => interval.From is not null).GroupBy(interval => map.Find(interval.Component)))
        {
            var all = intervals.OrderBy(interval => interval.From).ToList();
            changes.AddRange(all.Select(interval => new ComponentImpact(intervals.Key, interval.Status, interval.From!.Value)));
            if (all[^1] is { Until: { } until, Status: not ComponentStatus.Operational })
            {
                changes.Add(new(intervals.Key, ComponentStatus.Operational, until));
            }
        }

        var known = changes.Select(change => change.Component).ToHashSet();
        foreach (var path in incident.Affected.Concat(incident.Intervals.Select(interval => interval.Component)))
        {
            // Named as affected, and how badly is not said.
            if (map.Find(path) is var id && known.Add(id))
            {
                changes.Add(new(id, ComponentStatus.Operational, started));
            }
        }

        return [.. changes.OrderBy(change => change.At)];
    }
}
