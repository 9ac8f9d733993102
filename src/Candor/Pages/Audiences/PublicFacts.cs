using Candor.State;

namespace Candor.Pages.Audiences;

/// <summary>
/// The part of the facts that pages show. Most of what happens on a busy day is not in it (who subscribed, who was told, what
/// a script asked for), so it changes no page and renders none. Pure.
/// </summary>
internal static class PublicFacts
{
    /// <summary>Two worlds that show the same give equal ones; when the newest fact was is left out.</summary>
    public static World Of(World world) => World.Empty with
    {
        Page = world.Page,
        Policy = world.Policy,
        Widget = world.Widget,
        Components = world.Components,
        Monitors = world.Monitors,
        Vantages = world.Vantages,
        Metrics = world.Metrics,
        Incidents = world.Incidents,
        OpenIncidents = world.OpenIncidents,
        Maintenances = world.Maintenances,
        OpenMaintenances = world.OpenMaintenances,
        Postmortems = world.Postmortems,
        Imports = world.Imports,
        FormerNames = world.FormerNames,
        HistoricNames = world.HistoricNames,
    };

    /// <summary>With who is to be told and who was, which is all that the page of an incident counts.</summary>
    public static World WithTold(World shown, World all) => shown with { Subscribers = all.Subscribers, Told = all.Told };
}
