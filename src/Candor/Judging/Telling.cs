using System.Collections.Immutable;
using Candor.State;
using Candor.State.Incidents;
using Monitor = Candor.State.Monitor;

namespace Candor.Judging;

/// <summary>Keeps an open incident true: its downtimes, the statuses of its components, recovery, resolution.</summary>
internal static class Telling
{
    /// <summary>Downtimes after which an incident is called unstable and its ups and downs are no longer told one by one.</summary>
    private const int Calm = 2;

    private static readonly TimeSpan NewsEvery = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan NewComponentsEvery = TimeSpan.FromSeconds(30);

    public static void Run(Desk desk, IncidentId id)
    {
        var incident = desk.World.Incidents[id];
        if (incident is { Automatic: false, Causes.IsEmpty: true })
        {
            return;
        }

        var linked = desk.LinkedTo(incident);
        Measure(desk, incident, linked);
        desk.Set(Stretch.IncidentWell, id.Value, linked.TrueForAll(component => desk.IsWell(incident, component)));
        incident = desk.World.Incidents[id];
        if (incident.HumanLed)
        {
            Suggesting.Run(desk, incident, linked);
            return;
        }

        // Words about what is measured would contradict a person's, or take planned work for a recovery.
        if (linked.Exists(Desk.IsCovered))
        {
            return;
        }

        if (desk.HasRun(Stretch.IncidentWell, id.Value, Automation.GoodTime(desk.World.Policy, incident)))
        {
            Resolve(desk, incident, linked);
        }
        else if (linked.Exists(desk.IsBad))
        {
            TellTrouble(desk, incident, linked);
        }
        else if (linked.Count > 0 && linked.TrueForAll(component => desk.IsSeen(incident, component)))
        {
            TellRecovery(desk, incident, linked);
        }
    }

    public static void Reopen(Desk desk, IncidentId id)
    {
        var incident = desk.World.Incidents[id];
        var bad = WithCause(desk, desk.LinkedTo(incident));
        if (bad.Count > 0)
        {
            Post(desk, incident, IncidentStatus.Investigating, Again(desk, bad), bad);
        }
    }

    /// <summary>What is bad because of a monitor that is down: words that tell of trouble name what it is.</summary>
    private static List<Component> WithCause(Desk desk, List<Component> linked) =>
        linked.FindAll(component => desk.IsBad(component) && desk.DownOf(component).Count > 0);

    private static string Again(Desk desk, List<Component> bad)
    {
        var cause = desk.DownOf(bad[0])[0];
        return desk.Wording.Again(bad, cause, RegionalView.Of(desk, bad, cause), desk.SinceOf(bad), desk.Now.Wall);
    }

    /// <summary>Measured trouble: evidence, whoever leads the incident.</summary>
    private static void Measure(Desk desk, Incident incident, List<Component> linked)
    {
        var bad = linked.Where(desk.Fails).ToList();
        var lasts = incident.Downtimes is [.., { Ended: null }];
        if (bad.Count > 0 && !lasts)
        {
            var began = desk.SinceOf(bad);
            var before = incident.Downtimes is [.., { Ended: { } ended }] ? ended : DateTimeOffset.MinValue;
            desk.Say(new DowntimeBegan(desk.Now.Wall, incident.Id, Later(began, before)));
        }
        else if (lasts && bad.Count == 0 && linked.Count > 0 && linked.TrueForAll(component => desk.IsSeen(incident, component)))
        {
            var ended = linked.Max(component => Desk.IsCovered(component) ? desk.Now.Wall : WellSince(desk, incident, component));
            var began = incident.Downtimes[^1].Began;
            // All that is linked was well before it began: what failed has left for an incident of its own, and was here until now.
            desk.Say(new DowntimeEnded(desk.Now.Wall, incident.Id, ended > began ? ended : Later(desk.Now.Wall, began)));
        }
    }

    private static void TellTrouble(Desk desk, Incident incident, List<Component> linked)
    {
        var bad = WithCause(desk, linked);
        if (incident.Status == IncidentStatus.Monitoring && bad.Count > 0)
        {
            var body = incident.Downtimes.Length > Calm
                ? desk.Wording.Unstable(bad, incident, desk.Now.Wall)
                : Again(desk, bad);
            Post(desk, incident, IncidentStatus.Investigating, body, Affected(desk, incident, linked));
            return;
        }

        var changed = Affected(desk, incident, linked)
            .Where(component => Untold.IsNews(desk, incident, component))
            .Select(component => (Component: component, Impacts: (IReadOnlyList<ComponentImpact>)Untold.Of(desk, incident, component)))
            .ToList();
        if (changed.Count == 0)
        {
            TellLayers(desk, incident, bad);
            return;
        }

        // Readers believe that it works again.
        var isAgain = incident.Status == IncidentStatus.Monitoring;
        var worst = incident.Components.IsEmpty ? ComponentStatus.Operational : incident.Components.Max(said => said.Status);
        var pause = changed switch
        {
            _ when isAgain || changed.Exists(one => StatusNow(one.Component, one.Impacts) > worst) => TimeSpan.Zero,
            _ when changed.Exists(one => IsNew(incident, one.Component, one.Impacts)) => NewComponentsEvery,
            _ => NewsEvery,
        };
        if (desk.Elapsed(Stretch.IncidentPosted, incident.Id.Value) is null
            || desk.HasRun(Stretch.IncidentPosted, incident.Id.Value, pause))
        {
            Post(desk, incident, isAgain ? IncidentStatus.Investigating : null, desk.Wording.Changed(changed, desk.Now.Wall), changed.Select(static one => one.Component));
        }
    }

    /// <summary>
    /// What the ways to look say together is known only when one of them has answered after another was held to be down: said
    /// once in each incident, and not on the heels of other words.
    /// </summary>
    private static void TellLayers(Desk desk, Incident incident, List<Component> bad)
    {
        foreach (var component in bad)
        {
            if (desk.LayersOf(component) is not { } said || incident.Updates.Any(update => HasSaid(update, said)))
            {
                continue;
            }

            if (desk.Elapsed(Stretch.IncidentPosted, incident.Id.Value) is null
                || desk.HasRun(Stretch.IncidentPosted, incident.Id.Value, NewComponentsEvery))
            {
                Post(desk, incident, null, desk.Wording.Layered(component, said), []);
            }

            return;
        }
    }

    /// <summary>
    /// In whatever language: the page may speak another one since. Also where a person has reworded it, or has taken away words of ours, which may have been these: what they have decided
    /// about is not said again.
    /// </summary>
    private static bool HasSaid(IncidentUpdate update, StillAnswers said) =>
        Wording.Says(update.Body, said)
        || update.Edits.Any(edit => Wording.Says(edit.Before, said))
        || update is { Automatic: true, Removed: not null };

    private static void TellRecovery(Desk desk, Incident incident, List<Component> linked)
    {
        if (incident.Status == IncidentStatus.Monitoring || incident.IsUnstable || linked.Exists(component => desk.HasLost(incident, component)))
        {
            return;
        }

        var watch = Automation.GoodTime(desk.World.Policy, incident);
        linked = Affected(desk, incident, linked);
        if (linked.Count == 0)
        {
            return;
        }

        var body = desk.Wording.Recovering(
            linked, linked.Max(component => WellSince(desk, incident, component)), watch, slowly: !linked.TrueForAll(component => IsWell(component.State)), desk.Now.Wall);
        Post(desk, incident, IncidentStatus.Monitoring, body, linked);
    }

    private static void Resolve(Desk desk, Incident incident, List<Component> linked)
    {
        if (linked.Count == 0 && incident.Downtimes is [.., { Ended: null }])
        {
            // Not seen to be over, but nobody measures it any more: it must not go on for ever.
            desk.Say(new DowntimeEnded(desk.Now.Wall, incident.Id, Later(desk.Now.Wall, incident.Downtimes[^1].Began)));
        }

        linked = Affected(desk, incident, linked);
        var body = linked switch
        {
            [] => incident.Causes.IsEmpty ? desk.Wording.NoLongerWatched() : desk.Wording.NoLongerShown(),
            _ when linked.Exists(component => desk.HasLost(incident, component)) => desk.Wording.NoLongerWatched(),
            _ => OwnWords.Resolved(desk.World, linked, incident, linked.Max(component => WellSince(desk, incident, component)), desk.Now.Wall),
        };
        Post(desk, incident, IncidentStatus.Resolved, body, linked);
        desk.Restart(Stretch.IncidentResolved, incident.Id.Value);
        desk.Set(Stretch.IncidentWell, incident.Id.Value, runs: false);
        desk.Set(Stretch.IncidentPosted, incident.Id.Value, runs: false);
    }

    private static void Post(
        Desk desk, Incident incident, IncidentStatus? status, string body, IEnumerable<Component> components)
    {
        var impacts = components.SelectMany(component => Untold.Of(desk, incident, component)).ToImmutableArray();
        desk.Say(new IncidentUpdated(
            desk.Now.Wall, incident.Id, incident.Updates.Length + 1, status, body, Automatic: true, impacts));
        desk.Restart(Stretch.IncidentPosted, incident.Id.Value);
    }

    /// <summary>Since when all is well with a component that an incident is about: the whole, and each region that it named.</summary>
    private static DateTimeOffset WellSince(Desk desk, Incident incident, Component component) =>
        desk.NamedRegions(incident, component).Select(static one => one.Since).OfType<DateTimeOffset>().Append(component.Since).Max();

    private static ComponentStatus StatusNow(Component component, IReadOnlyList<ComponentImpact> impacts) =>
        impacts.Where(static impact => impact.Region is not null).Select(static impact => impact.Status).DefaultIfEmpty(component.State.Status).Max();

    /// <summary>Whether a component, or a region of it, is told of that was not spoken of before.</summary>
    private static bool IsNew(Incident incident, Component component, IReadOnlyList<ComponentImpact> impacts)
    {
        var said = incident.RegionsOf(component.Id);
        return said.Count == 0 || impacts.Any(impact => impact.Region is { } region && !said.ContainsKey(region) && !said.ContainsKey(""));
    }

    /// <summary>
    /// What was ever bad in it, or is now. What shares a cause with that and never failed (a pair of which one half still
    /// works) is measured with it and not spoken of. Where all of that has gone, what stands in its place.
    /// </summary>
    private static List<Component> Affected(Desk desk, Incident incident, List<Component> linked)
    {
        var affected = linked.FindAll(component => desk.IsBad(component) || Told(incident, component.Id) is not null);
        return affected.Count > 0 ? affected : linked.FindAll(component => component.Definition.Monitors.Any(incident.Causes.Contains));
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static ComponentStatus? Told(Incident incident, ComponentId component)
    {
        var told = incident.Components.LastOrDefault(said => said.Component == component);
        return told == default ? null : told.Status;
    }

    private static bool IsWell(ComponentState state) => state is
        { Known: true, Status: ComponentStatus.Operational or ComponentStatus.UnderMaintenance };
}
