using Candor.State;
using Candor.State.Incidents;

namespace Candor.Judging;

/// <summary>
/// What automation would do in an incident that a person leads: said to the people who lead it, once, and to nobody else.
/// A human word makes it obsolete. In English, as everything that only operators read.
/// </summary>
internal static class Suggesting
{
    public static void Run(Desk desk, Incident incident, List<Component> linked)
    {
        foreach (var component in linked.Where(component => IsUnnamed(desk, incident, component)))
        {
            Say(desk, incident, SuggestionKind.NameComponent, component.Id,
                $"{Unnamed(desk, incident, component)} fails too since {Wording.English.Clock(desk.SinceOf([component]), desk.Now.Wall)}; name it as affected.");
        }

        if (linked.Count == 0 || desk.Elapsed(Stretch.IncidentWell, incident.Id.Value) is not { } lasting)
        {
            return;
        }

        if (desk.HasRun(Stretch.IncidentWell, incident.Id.Value, Automation.GoodTime(desk.World.Policy, incident)))
        {
            Say(desk, incident, SuggestionKind.Resolve, null,
                $"Everything measured here has been well for {Wording.English.Lasting(lasting)}; resolve it, or release it to be resolved by itself.");
        }
        else if (incident.Status is IncidentStatus.Investigating or IncidentStatus.Identified)
        {
            Say(desk, incident, SuggestionKind.Monitoring, null,
                $"{Wording.English.NamesOf(linked)} {(linked.Count > 1 ? "work" : "works")} again as far as is measured; say so.");
        }
    }

    private static bool IsUnnamed(Desk desk, Incident incident, Component component) => desk.Fails(component)
        && (!incident.AffectedComponents.Contains(component.Id) || UnnamedRegions(desk, incident, component).Count > 0);

    /// <summary>Regions that are out, where others of the same component were named and these were not.</summary>
    private static List<string> UnnamedRegions(Desk desk, Incident incident, Component component)
    {
        var said = incident.RegionsOf(component.Id);
        return said.Keys.All(static region => region.Length == 0)
            ? []
            : [.. desk.RegionsOf(component).Where(one => one.IsOut && !said.ContainsKey(one.Region) && !said.ContainsKey("")).Select(static one => one.Region)];
    }

    private static string Unnamed(Desk desk, Incident incident, Component component) =>
        UnnamedRegions(desk, incident, component) is { Count: > 0 } regions
            ? $"{component.Definition.Name} in {string.Join(" and ", regions)}"
            : component.Definition.Name;

    private static void Say(Desk desk, Incident incident, SuggestionKind kind, ComponentId? component, string text)
    {
        if (incident.Suggestions.Any(said => said.Kind == kind && said.Component == component))
        {
            return;
        }

        desk.Say(new IncidentSuggested(desk.Now.Wall, incident.Id, kind, text) { Component = component });
    }
}
