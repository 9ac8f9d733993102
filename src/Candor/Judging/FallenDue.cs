using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Judging;

/// <summary>What happens because its time has come, and for no other reason.</summary>
internal static class FallenDue
{
    public static IEnumerable<Event> At(World world, DateTimeOffset now) =>
    [
        .. PinDecisions.Due(world, now),
        .. world.OpenIncidents.IsEmpty ? [] : PromiseClock.Due(world, now),
        .. world is { OpenMaintenances.IsEmpty: true, Series.IsEmpty: true } ? [] : MaintenanceClock.Due(world, now),
    ];
}
