using System.Collections.Immutable;
using Candor.Access;
using Candor.Intake.Posting;
using Candor.Journal;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Admin.Incidents;

/// <summary>What the composer does to the world: the same decisions as the API's, after a look at what its writer had seen. Pure.</summary>
internal static class RoomDecisions
{
    public static Decision<Event> Open(
        World world, DateTimeOffset at, Principal who, IncidentId id, ComposerForm form, ImmutableArray<AttachedFile> files = default) =>
        PostDecisions.Open(world, at, who, id, form.ToOpen(ZoneOf(world)), files);

    /// <summary>A person's word about an incident that nobody sees yet lets readers see it.</summary>
    public static Decision<Event> Post(
        World world, DateTimeOffset at, Principal who, IncidentId id, ComposerForm form, ImmutableArray<AttachedFile> files = default) =>
        Seen.Against(world, id, form.Seen) is { } stale
            ? stale
            : Steps.InOrder(
                world,
                now => IncidentDecisions.Publish(now, at, new(who.Actor), id),
                now => PostDecisions.Update(
                    now, at, who, id, version: null, form.ToUpdate(ZoneOf(now), now.Incidents[id].AffectedComponents), files));

    /// <summary>The zone in which operators type: the one that the page shows.</summary>
    public static TimeZoneInfo ZoneOf(World world) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(world.Page.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;
}
