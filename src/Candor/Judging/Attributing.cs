using System.Collections.Immutable;
using Candor.State;
using Candor.State.Incidents;
using Monitor = Candor.State.Monitor;

namespace Candor.Judging;

/// <summary>Finds for each failing component the incident it belongs to, or opens one.</summary>
internal static class Attributing
{
    public static void Run(Desk desk, Func<IncidentId> newId)
    {
        var homeless = ParentsFirst(desk);
        while (homeless.RemoveAll(component => Join(desk, component)) > 0)
        {
            // Who joins brings causes along, and those who came before may fail of the same: one cause, one incident.
        }

        if (desk.World.Policy.Automatic == AutomaticIncidents.Off)
        {
            return;
        }

        foreach (var group in ByCause(desk, homeless.Where(component => IsDue(desk, component))))
        {
            if (!Reopen(desk, group))
            {
                Open(desk, group, newId());
            }
        }
    }

    private static List<Component> ParentsFirst(Desk desk) => [.. desk.World.Components.Values
        .Where(desk.IsBad)
        .Where(component => desk.DownOf(component).Count > 0)
        .OrderBy(component => desk.DownOf(component).Min(monitor => monitor.Definition.DependsOn.Length > 0 ? 1 : 0))
        .ThenBy(component => component.Since)
        .ThenBy(component => component.Definition.Order)
        .ThenBy(component => component.Id.Value, StringComparer.Ordinal)];

    private static bool Join(Desk desk, Component component)
    {
        var down = desk.DownOf(component);
        foreach (var incident in desk.Open())
        {
            var shared = down.Exists(monitor => incident.Causes.Contains(monitor.Id));

            // Where every monitor of an incident was removed or renamed, what it was about carries it on.
            var named = (!incident.Automatic || incident.HumanLed || incident.Causes.IsEmpty)
                && incident.AffectedComponents.Contains(component.Id);
            var related = !shared && !named && down.Exists(monitor => Explains(desk, incident, monitor) is not null);
            if (named || ((shared || related) && desk.IsForSameReaders(incident, component)))
            {
                Attribute(desk, incident, down);
                return true;
            }
        }

        return false;
    }

    private static void Attribute(Desk desk, Incident incident, List<Monitor> down)
    {
        foreach (var monitor in down.Where(monitor => !incident.Causes.Contains(monitor.Id)))
        {
            desk.Say(new IncidentCauseJoined(
                desk.Now.Wall, incident.Id, monitor.Id, Explains(desk, incident, monitor), monitor.Evidence?.Reason ?? ""));
        }
    }

    /// <summary>The cause of an incident that a monitor fails because of (or that fails because of it); null where none does.</summary>
    private static MonitorId? Explains(Desk desk, Incident incident, Monitor monitor)
    {
        foreach (var cause in incident.Causes)
        {
            var related = desk.IsAbove(cause, monitor.Id) || desk.IsAbove(monitor.Id, cause);
            if (related && desk.World.Monitors.TryGetValue(cause, out var other) && FailsOrDidLately(desk, other))
            {
                return cause;
            }
        }

        return null;
    }

    private static bool FailsOrDidLately(Desk desk, Monitor monitor) => monitor.Verdict switch
    {
        _ when Desk.IsDown(monitor) => true,
        Verdict.Unknown => false,
        _ => desk.Elapsed(Stretch.MonitorWell, monitor.Id.Value) is not null
            && !desk.HasRun(Stretch.MonitorWell, monitor.Id.Value, Automation.LeaveAfter),
    };

    private static bool IsDue(Desk desk, Component component) =>
        desk.HasRun(Stretch.ComponentBad, component.Id.Value, desk.World.Policy.OpenAfter)
        && !ClosedByPerson(desk, component);

    /// <summary>A person resolved the incident about this very failure; measuring it still bad does not overrule them.</summary>
    private static bool ClosedByPerson(Desk desk, Component component)
    {
        var down = desk.DownOf(component);
        return desk.World.Incidents.Values.Any(incident =>
            incident is { IsOpen: false, HumanLed: true }
            && (incident.AffectedComponents.Contains(component.Id) || down.Exists(monitor => incident.Causes.Contains(monitor.Id)))
            && down.TrueForAll(monitor => Desk.DownSince(component, monitor) <= incident.ClosedAt));
    }

    /// <summary>Components that fail at once belong together where they share a monitor or one depends on the other.</summary>
    private static List<List<Component>> ByCause(Desk desk, IEnumerable<Component> components)
    {
        var groups = new List<List<Component>>();
        foreach (var component in components)
        {
            // Two groups that it belongs to are one.
            var homes = groups.FindAll(group => group.Exists(other => BelongTogether(desk, component, other)));
            var first = homes.Count == 0 ? groups.Count : groups.IndexOf(homes[0]);
            groups.RemoveAll(homes.Contains);
            groups.Insert(first, [.. homes.SelectMany(static home => home), component]);
        }

        return groups;
    }

    private static bool BelongTogether(Desk desk, Component a, Component b) =>
        a.Definition.OnlyFor.AsSpan().SequenceEqual(b.Definition.OnlyFor.AsSpan())
        && desk.DownOf(a).Exists(one => desk.DownOf(b).Exists(other =>
            one.Id == other.Id || desk.IsAbove(one.Id, other.Id) || desk.IsAbove(other.Id, one.Id)));

    private static bool Reopen(Desk desk, List<Component> group)
    {
        var down = group.SelectMany(desk.DownOf).DistinctBy(monitor => monitor.Id).ToList();
        var found = desk.World.Incidents.Values
            .Where(incident => incident is { IsOpen: false, Automatic: true, HumanLed: false }
                && down.Exists(monitor => incident.Causes.Contains(monitor.Id))
                && desk.IsForSameReaders(incident, group[0])
                && IsRecent(desk, incident))
            .MaxBy(incident => incident.ResolvedAt);
        if (found is null)
        {
            return false;
        }

        Attribute(desk, found, down);
        Telling.Reopen(desk, found.Id);
        return true;
    }

    private static bool IsRecent(Desk desk, Incident incident) =>
        (desk.Elapsed(Stretch.IncidentResolved, incident.Id.Value) ?? desk.Now.Wall - incident.ResolvedAt)
        <= Automation.ReopenWithin;

    private static void Open(Desk desk, List<Component> group, IncidentId id)
    {
        var down = group.SelectMany(desk.DownOf).DistinctBy(monitor => monitor.Id).ToList();
        var started = desk.SinceOf(group);
        var first = down[0];
        var view = RegionalView.Of(desk, group, first);
        var title = OwnWords.Title(desk.World, group, first, view, started);
        desk.Say(new IncidentOpened(
            desk.Now.Wall,
            id,
            title,
            started,
            Automatic: true,
            Published: desk.World.Policy.Automatic == AutomaticIncidents.Publish,
            OwnWords.Opened(desk, title, group, first, view, started),
            [.. group.SelectMany(component => Untold.Opening(desk, component))])
        {
            Causes = [.. down.Select(monitor => monitor.Id)],
        });
        desk.Restart(Stretch.IncidentPosted, id.Value);
    }
}
