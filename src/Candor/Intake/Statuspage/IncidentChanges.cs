using System.Collections.Immutable;
using Candor.Access;
using Candor.Journal;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;
using Candor.State.Postmortems;

namespace Candor.Intake.Statuspage;

/// <summary>What Statuspage's writes of incidents do to the world: who may, what is wished, then the same decisions as everything else. Pure.</summary>
internal static class IncidentChanges
{
    private const string RemovedBecause = "Removed by its author.";

    /// <summary>With a time to come it is a maintenance, with a time that is over an incident of the past.</summary>
    public static Decision<Event> Create(World world, DateTimeOffset at, Principal who, string id, SentBody body)
    {
        var sent = new SentFields(body, world, at);
        return sent.Text("scheduled_for") is not null || IsPlanned(sent) ? MaintenanceChanges.Schedule(world, at, who, new(id), body)
            : sent.Flag("backfilled") is true ? Backfill(world, at, who, new(id), sent)
            : Open(world, at, who, new(id), sent);
    }

    public static Decision<Event> Change(World world, DateTimeOffset at, Principal who, string id, int? version, SentBody body)
    {
        if (world.Maintenances.ContainsKey(new(id)))
        {
            return MaintenanceChanges.Change(world, at, who, new(id), version, body);
        }

        var incident = new IncidentId(id);
        var no = Missing(world, incident) ?? (version is { } seen ? IncidentDecisions.Expect(world, incident, seen) : null);
        return no is not null ? no : Change(world, at, who, world.Incidents[incident], new SentFields(body, world, at));
    }

    public static Decision<Event> Remove(World world, DateTimeOffset at, Principal who, string id)
    {
        if (world.Maintenances.ContainsKey(new(id)))
        {
            return MaintenanceChanges.Remove(world, at, who, new(id), RemovedBecause);
        }

        var incident = new IncidentId(id);
        return (Missing(world, incident) ?? Permissions.Against(who, Act.EditHistory, Touched(world.Incidents[incident], []), world)) is { } no
            ? no
            : IncidentDecisions.Remove(world, at, new(who.Actor), incident, RemovedBecause);
    }

    /// <summary>An update is put right; nobody is told again unless that is asked for.</summary>
    public static Decision<Event> Edit(World world, DateTimeOffset at, Principal who, string id, string update, SentBody body)
    {
        var sent = new SentFields(body, world, at);
        var (text, displayAt) = (sent.Text("body"), sent.Moment("display_at"));
        var isTypo = sent.Flag("deliver_notifications") is not true;
        if (sent.Fault is { } fault)
        {
            return fault;
        }

        if (world.Maintenances.TryGetValue(new(id), out var maintenance) && maintenance.Removed is null)
        {
            return Seq(maintenance.Updates.Length) is { } found
                ? Permissions.Against(who, Act.EditHistory, maintenance.Plan.Components, world) is { } against
                    ? against
                    : MaintenanceDecisions.Edit(world, at, new(who.Actor), maintenance.Id, new(found, text, isTypo) { DisplayAt = displayAt })
                : NoUpdate(id, update);
        }

        return Missing(world, new(id)) is { } no ? no
            : Seq(world.Incidents[new(id)].Updates.Length) is not { } seq ? NoUpdate(id, update)
            : Permissions.Against(who, Act.EditHistory, Touched(world.Incidents[new(id)], []), world) is { } forbidden ? forbidden
            : IncidentDecisions.Edit(world, at, new(who.Actor), new(id), new(seq, text, isTypo) { DisplayAt = displayAt });

        int? Seq(int length) => Enumerable.Range(1, length).Select(static n => (int?)n).FirstOrDefault(n => UpdateIds.Of(new(id), n!.Value) == update);
    }

    private static Decision<Event> Open(World world, DateTimeOffset at, Principal who, IncidentId id, SentFields sent)
    {
        var status = sent.Word("status", V1Words.Incident) ?? IncidentStatus.Investigating;
        var wish = new OpenIncident(sent.Text("name") ?? "", sent.Text("body") ?? StoredWords.Of(world.Page).Unsaid(status, goesOn: false), status, sent.Affected())
        {
            ImpactOverride = sent.Impact("impact_override"),
            DeliverNotifications = sent.Flag("deliver_notifications") ?? true,
            Metadata = sent.Metadata(),
        };
        return (sent.Fault ?? Permissions.Against(who, Act.PostIncident, Named(wish.Components), world)) is { } no
            ? no
            : IncidentDecisions.Open(world, at, new(who.Actor), id, wish);
    }

    private static Decision<Event> Backfill(World world, DateTimeOffset at, Principal who, IncidentId id, SentFields sent)
    {
        var when = sent.Day("backfill_date", TimeZoneInfo.FindSystemTimeZoneById(world.Page.TimeZone));
        var status = sent.Word("status", V1Words.Incident) ?? IncidentStatus.Resolved;
        var wish = new BackfillIncident(
            sent.Text("name") ?? "", when ?? at, [new(when ?? at, status, sent.Text("body") ?? StoredWords.Of(world.Page).Unsaid(status, goesOn: false))])
        {
            ImpactOverride = sent.Impact("impact_override"),
            Metadata = sent.Metadata(),
        };
        var no = sent.Fault
            ?? (when is null ? new Refusal("empty", "A backfilled incident needs its day; give backfill_date, such as 2026-11-26.", "backfill_date") : null)
            ?? (sent.Affected().IsEmpty ? null : new Refusal("backfilled", "A backfilled incident names no components; leave components and component_ids out.", "components"))
            ?? (status is IncidentStatus.Resolved or IncidentStatus.Postmortem
                ? null
                : new Refusal("backfilled", "A backfilled incident is over; leave status out, or write resolved.", "status"))
            ?? Permissions.Against(who, Act.EditHistory, [], world);
        return no is not null ? no : IncidentDecisions.Backfill(world, at, new(who.Actor), id, wish);
    }

    /// <summary>Every member that says something new becomes a fact of its own, all of them in one commit or none.</summary>
    private static Decision<Event> Change(World world, DateTimeOffset at, Principal who, Incident incident, SentFields sent)
    {
        var (id, by) = (incident.Id, new Actor(who.Actor));
        var (status, body, affected) = (sent.Word("status", V1Words.Incident), sent.Text("body"), sent.Affected());
        var (name, impact, metadata) = (sent.Text("name"), sent.Impact("impact_override"), sent.Metadata());
        var quiet = sent.Flag("deliver_notifications") is false;
        if (sent.Fault is { } fault)
        {
            return fault;
        }

        // Tools send all of an object back; what it says already is no news.
        var news = affected.Where(one => !SaysAlready(incident, one)).ToImmutableArray();
        var corrects = (name is not null && name.Trim() != incident.Title)
            || (sent.Has("impact_override") && impact != incident.ImpactOverride)
            || (sent.Has("metadata") && metadata != incident.Metadata);
        var isTold = world.Postmortems.GetValueOrDefault(id) is { IsPublic: true };
        var says = body is not null || !news.IsEmpty
            || (status is { } wanted && wanted != incident.Status && !(isTold && wanted == IncidentStatus.Postmortem));
        var touched = Touched(incident, affected);
        var no = Permissions.Against(who, Act.PostIncident, touched, world)
            ?? (corrects ? Permissions.Against(who, Act.EditHistory, touched, world) : null);
        return no is not null ? no : Steps.InOrder(
            world,
            w => name is null ? Nothing : IncidentDecisions.Rename(w, at, by, id, name),
            w => sent.Has("impact_override") ? IncidentDecisions.OverrideImpact(w, at, by, id, impact) : Nothing,
            w => sent.Has("metadata") ? IncidentDecisions.SetMetadata(w, at, by, id, metadata) : Nothing,
            w => says
                ? IncidentDecisions.Post(w, at, by, id, Words(StoredWords.Of(w.Page), incident, status, body, news) with { DeliverNotifications = !quiet })
                : Nothing);
    }

    private static PostUpdate Words(StoredWords words, Incident incident, IncidentStatus? status, string? body, ImmutableArray<Affected> news)
    {
        var goesOn = status is null || status == incident.Status;
        return new(status, body ?? words.Unsaid(status ?? incident.Status, goesOn), news);
    }

    private static bool SaysAlready(Incident incident, Affected one) =>
        incident.Components.LastOrDefault(said => said.Component == one.Component && said.Region is null) is { Component.Value: not null } last
        && last.Status == one.Status;

    private static bool IsPlanned(SentFields sent) => V1Words.Planned.Any(word => word.Item1 == sent.Text("status"));

    private static HashSet<ComponentId> Named(ImmutableArray<Affected> components) => [.. components.Select(static one => one.Component)];

    /// <summary>Words in an incident are about everything that it affects.</summary>
    private static HashSet<ComponentId> Touched(Incident incident, ImmutableArray<Affected> components) =>
        [.. Named(components), .. incident.AffectedComponents];

    private static Refusal? Missing(World world, IncidentId id) => world.Incidents.GetValueOrDefault(id) is { Removed: null }
        ? null
        : new("no_such_incident", $"There is no incident {id}; GET …/incidents lists them.", "id");

    private static Refusal NoUpdate(string id, string update) =>
        new("no_such_update", $"Incident {id} has no update {update}; GET …/incidents/{id} lists them.", "id");

    private static Decision<Event> Nothing => Array.Empty<Event>();
}
