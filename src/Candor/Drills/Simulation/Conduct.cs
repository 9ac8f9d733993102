using Candor.State;
using Candor.State.Incidents;

namespace Candor.Drills.Simulation;

/// <summary>
/// What automation may do with incidents, asked of each of its acts: publish only where the policy says so, never two
/// incidents for one cause, go on with one that was resolved a moment ago, speak of nothing that never failed, and be silent
/// where a person leads.
/// </summary>
internal sealed class Conduct(Script script)
{
    /// <summary>A little less than ten minutes, for what lies between a fact and its write.</summary>
    private static readonly TimeSpan ReopenedWithin = TimeSpan.FromSeconds(590);

    private readonly Dictionary<IncidentId, TimeSpan> resolved = [];

    /// <summary>What is wrong with an act, in the world before it; null where nothing is.</summary>
    public string? Ask(World world, Event happened, TimeSpan at) => happened switch
    {
        IncidentOpened { Automatic: true } opened => Opened(world, opened, at),
        IncidentUpdated { Automatic: true } updated => Updated(world, world.Incidents[updated.Incident], updated, at),
        _ => null,
    };

    private string? Opened(World world, IncidentOpened opened, TimeSpan at)
    {
        if (opened.Published != (world.Policy.Automatic == AutomaticIncidents.Publish))
        {
            return $"{at}: incident “{opened.Title}” was opened {(opened.Published ? "for readers" : "for people only")}, and the policy is {world.Policy.Automatic}.";
        }

        foreach (var other in world.Incidents.Values.Where(other => other.Causes.Intersect(opened.Causes).Any()))
        {
            if (other.IsOpen)
            {
                return $"{at}: incident “{opened.Title}” was opened although “{other.Title}” is open for the same cause.";
            }

            // After a restart only the calendar tells how long ago that was.
            var isTimed = !script.Faults.Any(fault => fault.Kind == FaultKind.ClockJumps);
            if (isTimed && other is { Automatic: true, HumanLed: false }
                && resolved.TryGetValue(other.Id, out var since) && at - since < ReopenedWithin)
            {
                return $"{at}: incident “{opened.Title}” was opened although “{other.Title}” had been resolved only {at - since} before.";
            }
        }

        return null;
    }

    private string? Updated(World world, Incident incident, IncidentUpdated updated, TimeSpan at)
    {
        if (updated.Status == IncidentStatus.Resolved)
        {
            resolved[incident.Id] = at;
        }

        if (incident.HumanLed)
        {
            return $"{at}: automation wrote “{updated.Body}” into incident “{incident.Title}”, which a person leads.";
        }

        var strange = updated.Components.FirstOrDefault(said => !incident.AffectedComponents.Contains(said.Component)
            && !updated.Components.Any(other => other.Component == said.Component && other.Status >= ComponentStatus.PartialOutage)
            && !IsHeir(world, incident, said.Component));
        return strange.Component.Value is not null
            ? $"{at}: automation told of {world.Components[strange.Component].Definition.Name} in incident “{incident.Title}”, which had not failed."
            : null;
    }

    /// <summary>It watches what failed, and what failed is on the page no more: the owner has given it another name.</summary>
    private static bool IsHeir(World world, Incident incident, ComponentId component) =>
        !incident.AffectedComponents.Any(world.Components.ContainsKey)
        && world.Components[component].Definition.Monitors.Any(incident.Causes.Contains);
}
