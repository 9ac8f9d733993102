using Candor.State;
using Candor.State.Incidents;

namespace Candor.Judging;

/// <summary>Causes that no longer belong to an incident: removed monitors, and children whose parent works again.</summary>
internal static class Leaving
{
    public static void Run(Desk desk, IncidentId id)
    {
        var incident = desk.World.Incidents[id];
        foreach (var gone in incident.Causes.Where(cause => !desk.World.Monitors.ContainsKey(cause)))
        {
            desk.Say(new IncidentCauseLeft(desk.Now.Wall, id, gone));
        }

        // What a person opened is about what it names, for as long as it is open: it would be joined again at once. And where
        // no incident is published by itself, nothing would go on saying that the child fails.
        if (incident.HumanLed || !incident.Automatic || desk.World.Policy.Automatic != AutomaticIncidents.Publish)
        {
            return;
        }

        var left = desk.World.Incidents[id].Causes.Where(cause => HasItsOwn(desk, incident, cause)).ToList();
        var components = desk.LinkedTo(incident).Where(component =>
            desk.IsBad(component) && desk.DownOf(component) is { Count: > 0 } down && down.TrueForAll(monitor => left.Contains(monitor.Id))).ToList();
        foreach (var monitor in left)
        {
            desk.Say(new IncidentCauseLeft(desk.Now.Wall, id, monitor));
        }

        if (components.Count > 0)
        {
            desk.Say(new IncidentUpdated(
                desk.Now.Wall, id, incident.Updates.Length + 1, null, desk.Wording.Followed(components), Automatic: true, []));
        }
    }

    /// <summary>Still failing although everything above it that explained it has worked for a while.</summary>
    private static bool HasItsOwn(Desk desk, Incident incident, MonitorId cause)
    {
        if (cause == incident.Causes[0] || !Desk.IsDown(desk.World.Monitors[cause]))
        {
            return false;
        }

        var parents = incident.Causes.Where(other => desk.IsAbove(other, cause)).ToList();
        return parents.Count > 0 && parents.TrueForAll(parent =>
            desk.HasRun(Stretch.MonitorWell, parent.Value, Automation.LeaveAfter));
    }
}
