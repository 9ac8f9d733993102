using System.Collections.Immutable;
using Candor.Judging;
using Candor.Settings.Entries;
using Candor.Settings.Forms;
using Candor.State;

namespace Candor.Settings;

/// <summary><c>vantage.regions:</c>, which places look from where, and what follows from it for the monitors.</summary>
internal static class RegionsReader
{
    public static ImmutableArray<RegionPlaces> Read(Entry? vantage, Faults faults)
    {
        var owners = new Dictionary<VantageId, string>();
        var regions = ImmutableArray.CreateBuilder<RegionPlaces>();
        var members = vantage?.Find("regions")?.Members(faults) ?? [];
        if (members.Count > Defaults.RegionsMax)
        {
            faults.Add(members[Defaults.RegionsMax].Wrong($"is one more than {Defaults.RegionsMax} regions", "name fewer"));
            return [];
        }

        foreach (var member in members)
        {
            if (Ids.Read(member.Key, out _) is { } remedy)
            {
                faults.Add(member.Wrong("has a name that no region can have", remedy));
                continue;
            }

            regions.Add(new(member.Key, ReadPlaces(member, owners, faults)));
        }

        return regions.DrainToImmutable();
    }

    /// <summary>The monitors, each with the regions that its components tell apart and from which one of its places looks.</summary>
    public static ImmutableArray<MonitorDefinition> Spread(
        ImmutableArray<MonitorDefinition> monitors, ImmutableArray<ComponentDefinition> components, Policy policy)
    {
        var toldApart = components
            .Where(static component => !component.Regions.IsEmpty)
            .SelectMany(static component => component.AllMonitors().Select(monitor => (Monitor: monitor, component.Regions)))
            .ToLookup(static pair => pair.Monitor, static pair => pair.Regions);
        return toldApart.Count == 0
            ? monitors
            : [.. monitors.Select(monitor => toldApart.Contains(monitor.Id)
                ? monitor with { Regions = Judge.RegionsOf(policy, monitor, toldApart[monitor.Id].SelectMany(static regions => regions)) }
                : monitor)];
    }

    private static ImmutableArray<VantageId> ReadPlaces(Member region, Dictionary<VantageId, string> owners, Faults faults)
    {
        var items = region.Entry.Items(faults);
        if (region.Entry is { Shape: Shape.List, Count: 0 })
        {
            faults.Add(region.Entry, "is an empty list", "name the places that look from there, or remove it");
        }

        var places = ImmutableArray.CreateBuilder<VantageId>();
        foreach (var item in items)
        {
            if (!item.Read<string>(Ids.Read, faults, out var name))
            {
                continue;
            }

            var place = new VantageId(name);
            if (!owners.TryAdd(place, region.Key))
            {
                faults.Add(item, $"names the place “{Quote.Short(name)}”, which looks from {Quote.Short(owners[place])} already", "keep one of the two");
                continue;
            }

            places.Add(place);
        }

        return places.DrainToImmutable();
    }
}
