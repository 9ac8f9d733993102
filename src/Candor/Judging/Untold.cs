using System.Collections.Immutable;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Judging;

/// <summary>
/// What an incident has yet to say of a component, so that its intervals come out right: of the whole, or region by region
/// where not all of it fails.
/// </summary>
internal static class Untold
{
    /// <summary>What an incident says of a component when it opens.</summary>
    public static ImmutableArray<ComponentImpact> Opening(Desk desk, Component component) =>
        RegionsOut(desk, null, component) is { IsEmpty: false } regions
            ? [.. regions.Select(one => Of(component, one, one.Since ?? desk.Now.Wall, desk.Now.Wall))]
            : [new(component.Id, component.State.Status, desk.SinceOf([component]))];

    /// <summary>The regions that are out, where they are what is to be told; empty where the whole is.</summary>
    public static ImmutableArray<RegionState> RegionsOut(Desk desk, Incident? incident, Component component)
    {
        var measured = desk.RegionsOf(component);
        ImmutableArray<RegionState> regions = [.. measured.Where(static one => one.IsOut)];
        var isEverywhere = regions.Length == measured.Length && Desk.IsBad(component.State);
        return isEverywhere && incident?.RegionsNamed(component.Id).Any() is not true ? [] : regions;
    }

    /// <summary>What a component went through since the incident last spoke of it.</summary>
    public static List<ComponentImpact> Of(Desk desk, Incident incident, Component component)
    {
        var told = incident.Components.LastOrDefault(said => said.Component == component.Id);
        if (!RegionsOut(desk, incident, component).IsEmpty)
        {
            return ByRegion(desk, incident, component);
        }

        if (told == default)
        {
            return [new(component.Id, component.State.Status, component.Since)];
        }

        return incident.RegionsNamed(component.Id).Any()
            ? AfterRegions(desk, incident, component)
            : OfWhole(component, told);
    }

    /// <summary>Whether anything is to be said of a component that nobody has been told.</summary>
    public static bool IsNews(Desk desk, Incident incident, Component component)
    {
        if (!RegionsOut(desk, incident, component).IsEmpty || incident.RegionsNamed(component.Id).Any())
        {
            return Of(desk, incident, component).Count > 0;
        }

        var told = incident.Components.LastOrDefault(said => said.Component == component.Id);
        return component.State.Known && (told == default || told.Status != component.State.Status);
    }

    private static List<ComponentImpact> ByRegion(Desk desk, Incident incident, Component component)
    {
        var said = incident.RegionsOf(component.Id);
        var impacts = new List<ComponentImpact>();
        foreach (var one in desk.RegionsOf(component).Where(static one => one.State.Known))
        {
            var isTold = said.TryGetValue(one.Region, out var told) || said.TryGetValue("", out told);
            if (isTold ? told != one.State.Status : one.IsOut)
            {
                impacts.Add(Of(component, one, NotBefore(incident, component, one.Since ?? desk.Now.Wall, one.Region), desk.Now.Wall));
            }
        }

        return impacts;
    }

    /// <summary>
    /// No region is out any more: one word on all of them, once all that were named can be seen. Where one of them has gone
    /// from the settings, that word would be of it too: the others are told by their names.
    /// </summary>
    private static List<ComponentImpact> AfterRegions(Desk desk, Incident incident, Component component)
    {
        if (desk.HasLost(incident, component))
        {
            return ByRegion(desk, incident, component);
        }

        var isSaid = incident.RegionsOf(component.Id).Values.All(status => status == component.State.Status);
        if (isSaid || !desk.IsSeen(incident, component))
        {
            return [];
        }

        var at = desk.NamedRegions(incident, component).Select(static one => one.Since).OfType<DateTimeOffset>()
            .Append(component.Since).Max();
        at = NotBefore(incident, component, at, null);
        return [new(component.Id, component.State.Status, at < desk.Now.Wall ? at : desk.Now.Wall)];
    }

    private static List<ComponentImpact> OfWhole(Component component, ComponentImpact told)
    {
        var impacts = new List<ComponentImpact>();
        var status = told.Status;
        foreach (var change in component.History.TakeWhile(change => change.At > told.At).Reverse())
        {
            if (change.Value.Known && change.Value.Status != status)
            {
                status = change.Value.Status;
                impacts.Add(new(component.Id, status, change.At));
            }
        }

        if (status != component.State.Status)
        {
            impacts.Add(new(component.Id, component.State.Status, component.Since > told.At ? component.Since : told.At));
        }

        return impacts;
    }

    /// <summary>What is said now begins no earlier than what was said last of the same region, or of any where it is said of all.</summary>
    private static DateTimeOffset NotBefore(Incident incident, Component component, DateTimeOffset at, string? region) => incident.Components
        .Where(said => said.Component == component.Id && (region is null || (said.Region ?? region) == region))
        .Select(static said => said.At)
        .Append(at)
        .Max();

    private static ComponentImpact Of(Component component, RegionState one, DateTimeOffset at, DateTimeOffset now) =>
        new(component.Id, one.State.Status, at < now ? at : now) { Region = one.Region };
}
