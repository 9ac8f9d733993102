using System.Collections.Immutable;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.State;

/// <summary>Who may read what, as the facts have it. An audience of null is everybody. Pure; the pages' one gate asks nothing else.</summary>
internal static class Readership
{
    /// <summary>Whether anything at all is not for everybody.</summary>
    public static bool IsRestricted(this World world) =>
        !world.Page.OnlyFor.IsEmpty
        || !world.FormerlyOnlyFor.IsEmpty
        || world.Components.Values.Any(static component => !component.Definition.OnlyFor.IsEmpty)
        || world.Incidents.Values.Any(static incident => !incident.OnlyFor.IsEmpty);

    public static bool OpensPage(this World world, string? audience) => Allows(world.Page.OnlyFor, audience);

    public static bool Shows(this World world, ComponentId component, string? audience) => Allows(world.ReadersOf(component), audience);

    /// <summary>
    /// What affects nothing is for whoever sees the page; otherwise for whoever sees something that it affects. Whom an
    /// incident names itself, it is for.
    /// </summary>
    public static bool Shows(this World world, Incident incident, string? audience) =>
        Allows(incident.OnlyFor, audience) && (!incident.OnlyFor.IsEmpty || world.Shows([.. incident.AffectedComponents], audience));

    public static bool Shows(this World world, Maintenance maintenance, string? audience) => world.Shows(maintenance.Plan.Components, audience);

    /// <summary>Empty: everybody. One that was removed stays for whom it was.</summary>
    public static ImmutableArray<string> ReadersOf(this World world, ComponentId component) =>
        world.Components.TryGetValue(component, out var found) ? found.Definition.OnlyFor
        : world.FormerlyOnlyFor.GetValueOrDefault(component, []);

    /// <summary>Empty: everybody who sees the page.</summary>
    public static ImmutableArray<string> ReadersOf(this World world, Incident incident)
    {
        var each = incident.AffectedComponents.Select(world.ReadersOf).ToList();
        return !incident.OnlyFor.IsEmpty ? incident.OnlyFor
            : each.Exists(static readers => readers.IsEmpty) ? []
            : [.. each.SelectMany(static readers => readers).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>
    /// Whether nothing of it is for some readers only. What leaves the house, such as a notice, cannot be taken back or
    /// shown in part, so it asks for more than a page does.
    /// </summary>
    public static bool IsWhollyForEverybody(this World world, IEnumerable<ComponentId> affected, ImmutableArray<string> onlyFor) =>
        world.Page.OnlyFor.IsEmpty && onlyFor.IsEmpty && affected.All(component => world.ReadersOf(component).IsEmpty);

    private static bool Shows(this World world, ImmutableArray<ComponentId> affected, string? audience) =>
        affected.IsEmpty || affected.Any(component => world.Shows(component, audience));

    private static bool Allows(ImmutableArray<string> onlyFor, string? audience) =>
        onlyFor.IsEmpty || (audience is not null && onlyFor.Contains(audience));
}
