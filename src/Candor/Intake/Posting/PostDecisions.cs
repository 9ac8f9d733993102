using System.Collections.Immutable;
using Candor.Access;
using Candor.Journal;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Intake.Posting;

/// <summary>What a post does to the world: the version that was seen, what was sent, who may touch it, then the decision itself. Pure.</summary>
internal static class PostDecisions
{
    public static readonly Refusal NoSuchIncident = new("no_such_incident", "There is no such incident; GET /api/incidents lists them.", "id");

    public static readonly Refusal NoSuchMaintenance = new(
        "no_such_maintenance", "There is no such maintenance; GET /api/maintenances lists them.", "id");

    public static Decision<Event> Open(World world, DateTimeOffset at, Principal who, IncidentId id, IncidentBody sent, ImmutableArray<AttachedFile> files = default)
    {
        var (wish, fault) = PostWishes.Read(world, at, sent);
        return (fault ?? Permissions.Against(who, Act.PostIncident, Named(wish.Components), world)) is { } no
            ? no
            : IncidentDecisions.Open(world, at, new(who.Actor), id, wish with { Files = files.IsDefault ? [] : files });
    }

    public static Decision<Event> Update(
        World world, DateTimeOffset at, Principal who, IncidentId id, int? version, UpdateBody sent, ImmutableArray<AttachedFile> files = default)
    {
        var (wish, fault) = PostWishes.Read(world, at, sent);
        return (Seen(world, id, version) ?? Missing(world, id) ?? fault ?? Permissions.Against(who, Act.PostIncident, Touched(world, id, wish.Components), world)) is { } no
            ? no
            : IncidentDecisions.Post(world, at, new(who.Actor), id, wish with { Files = files.IsDefault ? [] : files });
    }

    /// <summary>Like an update whose status is said already.</summary>
    public static Decision<Event> Resolve(
        World world, DateTimeOffset at, Principal who, IncidentId id, int? version, UpdateBody sent, ImmutableArray<AttachedFile> files = default) =>
        (Seen(world, id, version) ?? Missing(world, id)) is { } no ? no
        : sent is { Status: not null } or { NextUpdateBy: not null } or { NextUpdateInSeconds: not null }
            ? new Refusal("resolves", "Resolving says the status and promises nothing more; leave status and next_update out.", sent.Status is null ? "next_update_by" : "status")
        : world.Incidents.TryGetValue(id, out var incident) && incident.ResolvedAt is not null
            ? IncidentDecisions.Resolve(world, at, new(who.Actor), id, sent.Body ?? "", [])
        : Update(world, at, who, id, version, sent with { Status = "resolved" }, files);

    public static Decision<Event> Rename(World world, DateTimeOffset at, Principal who, IncidentId id, int? version, RenameBody sent) =>
        (Seen(world, id, version) ?? Missing(world, id) ?? Permissions.Against(who, Act.EditHistory, Touched(world, id, []), world)) is { } no
            ? no
            : IncidentDecisions.Rename(world, at, new(who.Actor), id, sent.Title ?? "");

    public static Decision<Event> Schedule(World world, DateTimeOffset at, Principal who, MaintenanceId id, MaintenanceBody sent)
    {
        var (wish, fault) = PostWishes.Read(world, at, sent);
        return (fault ?? Permissions.Against(who, Act.ScheduleMaintenance, wish.Plan.Components, world)) is { } no
            ? no
            : MaintenanceDecisions.Schedule(world, at, new(who.Actor), id, wish);
    }

    private static Refusal? Seen(World world, IncidentId id, int? version) => version is { } seen ? IncidentDecisions.Expect(world, id, seen) : null;

    /// <summary>Before anybody is asked what they may touch: of what is not there nobody may touch anything.</summary>
    private static Refusal? Missing(World world, IncidentId id) => world.Incidents.GetValueOrDefault(id) is { Removed: null } ? null : NoSuchIncident;

    private static HashSet<ComponentId> Named(ImmutableArray<Affected> components) => [.. components.Select(static one => one.Component)];

    /// <summary>Words in an incident are about everything that it affects.</summary>
    private static HashSet<ComponentId> Touched(World world, IncidentId id, ImmutableArray<Affected> components) =>
        [.. Named(components), .. world.Incidents.TryGetValue(id, out var incident) ? incident.AffectedComponents : []];
}
