using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Judging;

/// <summary>What happens because its time has come, and for no other reason.</summary>
internal static class FallenDue
{
    public static IEnumerable<Event> At(World world, DateTimeOffset now) =>
        [.. PinDecisions.Due(world, now), .. PromiseClock.Due(world, now), .. MaintenanceClock.Due(world, now), .. ReminderClock.Due(world, now), .. DigestClock.Due(world, now)];

    /// <summary>Nothing in this world waits for its time.</summary>
    public static bool IsNothing(World world) =>
        world is { OpenIncidents.IsEmpty: true, OpenMaintenances.IsEmpty: true, Series.IsEmpty: true, OnDigest.IsEmpty: true }
        && world.Components.Values.All(component => component.Pin is null);
}
