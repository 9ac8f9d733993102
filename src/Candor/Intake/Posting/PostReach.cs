using Candor.Access;
using Candor.Journal;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Intake.Posting;

/// <summary>
/// What somebody who is limited to components gets to know of: incidents and maintenances that touch one of theirs, or none
/// at all. Of others the answer is that there are none, so that an id that was found out leads nowhere.
/// </summary>
internal static class PostReach
{
    public static bool Sees(Principal who, World world, Incident incident) => Sees(who, world, [.. incident.AffectedComponents]);

    public static bool Sees(Principal who, World world, Maintenance maintenance) => Sees(who, world, [.. maintenance.Plan.Components]);

    public static Refusal? Against(Principal who, World world, IncidentId id) =>
        world.Incidents.TryGetValue(id, out var incident) && !Sees(who, world, incident) ? NoSuchIncident : null;

    public static Refusal NoSuchIncident { get; } = new("no_such_incident", "There is no such incident; GET /api/incidents lists them.", "id");

    public static Refusal NoSuchMaintenance { get; } = new(
        "no_such_maintenance", "There is no such maintenance; GET /api/maintenances lists them.", "id");

    private static bool Sees(Principal who, World world, IReadOnlyCollection<ComponentId> touched) =>
        !who.Reach.IsLimited || touched.Count == 0 || touched.Any(component => who.Reach.Covers(component, world));
}
