using System.Collections.Immutable;

namespace Candor.State.Incidents;

/// <summary>
/// What follows for components from what a person says of them: nothing where something is measured, and everything
/// where nothing is.
/// </summary>
internal static class PersonsWord
{
    public static ImmutableArray<ComponentImpact> Impacts(ImmutableArray<Affected> named, DateTimeOffset from) =>
        [.. named.Select(entry => new ComponentImpact(entry.Component, entry.Status, from) { Region = entry.Region })];

    /// <summary>The statuses of components that nothing measures. A newer word ends an older pin.</summary>
    public static IEnumerable<Event> Take(
        World world, DateTimeOffset at, DateTimeOffset since, Actor by, ImmutableArray<Affected> named)
    {
        foreach (var words in named.GroupBy(entry => entry.Component))
        {
            var component = world.Components[words.Key];
            if (world.MonitorsOf(component.Definition).Any())
            {
                continue;
            }

            if (component.Pin is not null)
            {
                yield return new ComponentUnpinned(at, component.Id, by);
            }

            var state = new ComponentState(Overall(world, component, words));
            if (component.State != state)
            {
                yield return new ComponentStateChanged(at, component.Id, since, state, null);
            }
        }
    }

    /// <summary>How each region of a component is, by what the open incidents last said of it: the worst of them.</summary>
    public static SortedDictionary<string, ComponentStatus> RegionsOf(World world, Component component)
    {
        var regions = new SortedDictionary<string, ComponentStatus>(StringComparer.Ordinal);
        foreach (var region in component.Definition.Regions)
        {
            regions[region] = component.Pin?.Status ?? OnRegion(world, component, region) ?? ComponentStatus.Operational;
        }

        return regions;
    }

    /// <summary>The worst that the open incidents last said of a component in one region; null where none says anything of it.</summary>
    public static ComponentStatus? OnRegion(World world, Component component, string region)
    {
        ComponentStatus? worst = null;
        foreach (var incident in world.OpenIncidents.Select(id => world.Incidents[id]).Where(incident => incident.Published))
        {
            var said = incident.RegionsOf(component.Id);
            if ((said.TryGetValue(region, out var own) || said.TryGetValue("", out own)) && !(worst >= own))
            {
                worst = own;
            }
        }

        return worst;
    }

    private static ComponentStatus Overall(World world, Component component, IEnumerable<Affected> words)
    {
        var regions = RegionsOf(world, component);
        ComponentStatus? whole = null;
        foreach (var word in words)
        {
            if (word.Region is { } region)
            {
                (regions[region], whole) = (word.Status, null);
                continue;
            }

            whole = word.Status;
            foreach (var each in component.Definition.Regions)
            {
                regions[each] = word.Status;
            }
        }

        return whole ?? regions.Values.Max();
    }
}
