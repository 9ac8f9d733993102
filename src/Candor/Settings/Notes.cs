using System.Net;
using Candor.Effects;
using Candor.Settings.Forms;
using Candor.State;

namespace Candor.Settings;

/// <summary>What is right but may not be what was meant.</summary>
internal static class Notes
{
    public static IEnumerable<string> On(Declaration declaration)
    {
        var (components, monitors) = (declaration.Components, declaration.Monitors);
        var shown = components
            .SelectMany(c => c.Redundancy is { } redundancy ? c.Monitors.Concat(redundancy.Members) : c.Monitors)
            .ToHashSet();
        var hidden = monitors.Where(m => !shown.Contains(m.Id)).Select(m => m.Id.Value).ToList();
        if (hidden.Count > 0)
        {
            yield return $"No component shows {Some(hidden, "the monitor", "the monitors")}; name {(hidden.Count == 1 ? "it" : "them")} "
                + "under “monitors:” of a component to see it on the page.";
        }

        var places = declaration.Policy.Vantages.Where(place => place != VantageId.Local).Select(place => place.Value).ToList();
        if (places.Count > 0)
        {
            yield return $"An agent has to look from {Some(places, "the place", "each of the places")}: `candor place add {places[0]}` lets one in. "
                + "A place without an agent counts as not seeing, so some verdicts may stay unknown.";
        }

        foreach (var note in OnRegions(declaration))
        {
            yield return note;
        }

        var rules = EgressRules.PublicOnly with { Allow = [.. declaration.Policy.EgressAllow.Select(IPNetwork.Parse)] };
        foreach (var monitor in monitors.Where(m => m.Check.Kind != "dns"))
        {
            if (Targets.AddressOf(monitor.Check.Target) is { } address && rules.Refuse(address) is { } refusal)
            {
                yield return $"monitors.{monitor.Id} will not look: {refusal}.";
            }
        }

        if (monitors.FirstOrDefault(m => m.Check.Kind == "alert") is { } waiting && declaration.Policy.AlertSources.IsEmpty)
        {
            yield return $"monitors.{waiting.Id} waits for alerts, and no tool may send any; add “alerts: {{ alertmanager: {{}} }}” or the like.";
        }
    }

    /// <summary>Regions that only one of the two sides knows: the components, or the places.</summary>
    private static IEnumerable<string> OnRegions(Declaration declaration)
    {
        var policy = declaration.Policy;
        var told = declaration.Components.SelectMany(static component => component.Regions).ToHashSet(StringComparer.Ordinal);
        var strange = policy.Regions.Select(static one => one.Region).Where(region => !told.Contains(region)).ToList();
        if (strange.Count > 0)
        {
            yield return $"No component has {Some(strange, "the region", "the regions")}; name {(strange.Count == 1 ? "it" : "them")} "
                + "under “regions:” of a component to see it there.";
        }

        // Two monitors may claim one id; whoever reads this is told of that as well.
        var seen = declaration.Monitors.ToLookup(static monitor => monitor.Id, static monitor => monitor.Regions);
        foreach (var component in declaration.Components)
        {
            var looked = component.AllMonitors().SelectMany(id => seen[id]).SelectMany(static regions => regions).ToHashSet(StringComparer.Ordinal);
            var unseen = component.Regions.Where(region => !looked.Contains(region)).ToList();
            if (looked.Count > 0 && unseen.Count > 0)
            {
                yield return $"No place looks at {component.Name} from {Some(unseen, "its region", "its regions")}, so there it is unknown; "
                    + "say under “vantage: { regions: … }” which places do.";
            }
        }
    }

    private static string Some(List<string> names, string one, string many) =>
        names.Count == 1 ? $"{one} {names[0]}"
        : $"{many} {string.Join(", ", names.Take(5))}{(names.Count > 5 ? $" and {names.Count - 5} more" : "")}";
}
