using Candor.State;

namespace Candor.Importing.Entering;

/// <summary>What taking an import out again did.</summary>
/// <param name="Kept">What was changed since and therefore stays.</param>
internal sealed record WithdrawnTold(ImportId Import, int Incidents, int Maintenances, int Kept)
{
    public static WithdrawnTold Of(World world, ImportId import, IReadOnlyList<Event> decided)
    {
        var taken = decided.OfType<HistoryWithdrawn>().FirstOrDefault();
        var (incidents, maintenances) = (taken?.Incidents.Length ?? 0, taken?.Maintenances.Length ?? 0);
        var all = world.Incidents.Values.Select(one => one.Origin).Concat(world.Maintenances.Values.Select(one => one.Origin))
            .Count(origin => BroughtIn.Of(world, origin)?.Id == import);
        return new(import, incidents, maintenances, all - incidents - maintenances);
    }
}
