using Candor.Journal;
using Candor.Judging;
using Candor.State;
using Candor.State.Incidents;
using Monitor = Candor.State.Monitor;

namespace Candor.Drills.Simulation;

/// <summary>
/// What must hold however things went, asked after a run by walking through its journal with the true times beside it:
/// no verdict without fresh evidence, none against the truth, no incident opened or resolved from what is not known, no
/// failure missed that could be seen, nothing lost that was acknowledged, the chain whole, the page what the journal says.
/// </summary>
internal sealed class Invariants(Script script, Machine machine)
{
    /// <summary>From the deciding reading to the stored verdict: a control target's answer, a commit, the loop's own pace.</summary>
    private static readonly TimeSpan Deciding = TimeSpan.FromSeconds(15);

    /// <summary>From a restart or an edit to verdicts that rest on readings of this start.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(2);

    /// <summary>Writes take longer and shorter, so what lies between two of them is not exactly what was waited for.</summary>
    private static readonly TimeSpan AMoment = TimeSpan.FromSeconds(1);

    private readonly List<string> broken = [];
    private readonly Dictionary<string, List<(TimeSpan At, Verdict Verdict)>> verdicts = new(StringComparer.Ordinal);
    private readonly Dictionary<IncidentId, TimeSpan> notWell = [];
    private readonly Conduct conduct = new(script);
    private readonly Promptness promptness = new(script);
    private readonly Sight sight = new(script);

    /// <summary>Where the calendar jumps, what it says of lengths is not the truth.</summary>
    private bool ClockJumps => script.Faults.Any(fault => fault.Kind == FaultKind.ClockJumps);

    public IReadOnlyList<string> Check()
    {
        ChainIsWhole();
        var world = World.Empty;
        for (var i = 0; i < machine.Ledger.Journal.Count; i++)
        {
            var (stored, at) = machine.Ledger.Journal[i];
            var happened = Kinds.Decode(stored.Kind, stored.Body.Span, stored.OccurredAt);
            if (i == 0 || machine.Ledger.Journal[i - 1].At != at)
            {
                NoteIncidents(world, at);
                broken.AddRange(promptness.Look(world, at));
            }

            Ask(world, happened, at);
            world = World.Fold(world, happened);
            if (i + 1 == machine.Ledger.Journal.Count || machine.Ledger.Journal[i + 1].At != at)
            {
                // Facts of one commit are one step: what lies between them was never so.
                NoteIncidents(world, at);
                NothingUnwatchedIsKnown(world, at);
                broken.AddRange(promptness.Look(world, at));
            }
        }

        broken.AddRange(promptness.Look(world, script.Length));
        NothingAcknowledgedIsLost();
        NothingIsMissed();
        BlindnessIsSaid();
        broken.AddRange(sight.Missed());
        NothingHangs(world);
        EndsWell(world);
        if (machine.Thread.Escaped is { } escaped)
        {
            broken.Add($"Something left the simulated thread: {escaped}");
        }

        return broken;
    }

    private void ChainIsWhole()
    {
        try
        {
            var stored = machine.Journal.Read(Position.Start, int.MaxValue);
            if (stored.Count != machine.Ledger.Journal.Count
                || stored.Zip(machine.Ledger.Journal).Any(pair => pair.First.Hash != pair.Second.Event.Hash))
            {
                broken.Add("The journal does not hold what was written to it.");
            }
        }
        catch (JournalCorruptException fault)
        {
            broken.Add(fault.Message);
        }
    }

    private void Ask(World world, Event happened, TimeSpan at)
    {
        if (conduct.Ask(world, happened, at) is { } misconduct)
        {
            broken.Add(misconduct);
        }

        if (sight.Ask(world, happened, at) is { } oversight)
        {
            broken.Add(oversight);
        }

        switch (happened)
        {
            case MonitorJudged judged:
                Judged(world.Monitors[judged.Monitor], judged, at);
                break;
            case IncidentOpened { Automatic: true } opened when !opened.Components.All(said => IsSeenBad(world, said.Component)):
                broken.Add($"{at}: incident “{opened.Title}” was opened although a component in it was not seen to be bad.");
                break;
            case IncidentUpdated { Automatic: true, Status: IncidentStatus.Resolved } resolved:
                Resolved(world, resolved, at);
                break;
        }
    }

    private void Judged(Monitor monitor, MonitorJudged judged, TimeSpan at)
    {
        var name = Outline.ServiceOf(judged.Monitor.Value);
        if (!verdicts.TryGetValue(name, out var all))
        {
            verdicts[name] = all = [];
        }

        all.Add((at, judged.Verdict));
        if (monitor.Verdict != judged.Verdict && judged.Verdict != Verdict.Unknown && monitor.History.Count > 0
            && judged.Since <= monitor.Since && judged.At - monitor.JudgedAt > monitor.Definition.Every && !ClockJumps)
        {
            broken.Add($"{at}: {name} was called {judged.Verdict} since {judged.Since:HH:mm:ss.fff}, which leaves nothing of {monitor.Verdict} before it.");
        }

        var definition = monitor.Definition;
        var fresh = Judge.FreshFor(definition) + Deciding;
        if (judged.Verdict is Verdict.Up or Verdict.Degraded && machine.Ledger.Meetings(name, good: true, at - fresh, at) == 0)
        {
            broken.Add($"{at}: {name} was called {judged.Verdict} although nobody had met it well for {fresh}.");
        }

        if (judged.Verdict == Verdict.Unknown && !CouldBeUnknown(at - fresh, at))
        {
            broken.Add($"{at}: {name} was called unknown although nothing had kept anybody from seeing it.");
        }

        if (judged.Verdict != Verdict.Down)
        {
            return;
        }

        var from = at - ((definition.Every + definition.Timeout) * definition.Rules.DownAfter) - Deciding;
        if (machine.Ledger.Meetings(name, good: false, from - definition.Every, at) < definition.Rules.DownAfter)
        {
            broken.Add($"{at}: {name} was called down on fewer than {definition.Rules.DownAfter} bad readings.");
        }

        // A verdict that only gets other words was proven when it was given.
        if (monitor.Verdict != Verdict.Down && script.Outline is not { Outposts.IsEmpty: false }
            && machine.Ledger.BadSince(name, definition.Rules.DownAfter, at) is { } bad && !machine.Ledger.AnyAnswered(bad, at))
        {
            broken.Add($"{at}: {name} was called down although no control target had answered since {bad}: it may have been us.");
        }

        if (!CouldBeDown(name, from, at))
        {
            broken.Add($"{at}: {name} was called down although it had worked since {from}.");
        }
    }

    /// <summary>A failure that is felt in one place alone is a minority, as long as the other places see.</summary>
    private bool CouldBeDown(string service, TimeSpan from, TimeSpan until)
    {
        var places = script.Faults
            .Where(fault => fault.Service == service && fault.Kind != FaultKind.Slow && fault.Touches(from, until))
            .Select(fault => fault.Place)
            .Distinct()
            .ToList();
        return places.Contains(null) || places.Count > 1 || (places.Count == 1
            && script.Faults.Any(fault => fault.Kind is FaultKind.OutpostBlind or FaultKind.Blind or FaultKind.NoNames));
    }

    /// <summary>
    /// Whether anything hid the services, stopped the node or changed what it watches. A jump of the calendar, a full disk and
    /// services that fail do neither.
    /// </summary>
    private bool CouldBeUnknown(TimeSpan from, TimeSpan until) => script.Faults.Any(fault =>
        fault.Kind is FaultKind.Blind or FaultKind.NoNames or FaultKind.OutpostBlind or FaultKind.JournalFails
            or FaultKind.Crash or FaultKind.Restart or FaultKind.SettingsCut
        && fault.Touches(from - Settling, until));

    private static bool IsSeenBad(World world, ComponentId id) =>
        world.Components.TryGetValue(id, out var component)
        && component.State is { Known: true, Status: >= ComponentStatus.PartialOutage }
        && world.MonitorsOf(component.Definition).Any(monitor => monitor.Verdict == Verdict.Down);

    private void Resolved(World world, IncidentUpdated resolved, TimeSpan at)
    {
        var incident = world.Incidents[resolved.Incident];
        if (!Linked(world, incident).All(SeenToWork))
        {
            broken.Add($"{at}: incident “{incident.Title}” was resolved although not everything in it was seen to work.");
        }

        var good = Automation.GoodTime(world.Policy, incident);
        if (notWell.TryGetValue(incident.Id, out var since) && at - since < good - AMoment)
        {
            broken.Add($"{at}: incident “{incident.Title}” was resolved {at - since} after trouble, not after {good}.");
        }
    }

    private void NoteIncidents(World world, TimeSpan at)
    {
        foreach (var id in world.OpenIncidents)
        {
            // What was put back a moment ago has not been judged yet; that it was is asked when the incident resolves.
            if (!Linked(world, world.Incidents[id]).All(component => component.History.Count == 0 || SeenToWork(component)))
            {
                notWell[id] = at;
            }
        }
    }

    /// <summary>Nobody sets a status by hand in these runs: what no monitor watches cannot be known.</summary>
    private void NothingUnwatchedIsKnown(World world, TimeSpan at)
    {
        foreach (var component in world.Components.Values)
        {
            if (component is { State.Known: true, Definition: { Monitors.IsEmpty: true, Redundancy: null } })
            {
                broken.Add($"{at}: “{component.Definition.Name}” is {component.State.Status} although nothing watches it.");
            }
        }
    }

    private static bool SeenToWork(Component component) =>
        component.State is { Known: true, Status: ComponentStatus.Operational };

    private static IEnumerable<Component> Linked(World world, Incident incident) => world.Components.Values.Where(component =>
        world.MonitorsOf(component.Definition).Any(monitor => incident.Causes.Contains(monitor.Id)));

    /// <summary>
    /// Whatever was cut out of the settings in the meantime: an incident of automation's own is closed once what it was
    /// about has been well, or gone, for long enough; and what is closed measures nothing any more.
    /// </summary>
    private void NothingHangs(World world)
    {
        var trouble = script.Faults.Where(fault => fault.Service is null).Select(fault => fault.Until).DefaultIfEmpty().Max();
        foreach (var incident in world.Incidents.Values)
        {
            if (!incident.IsOpen && incident.Downtimes is [.., { Ended: null }])
            {
                broken.Add($"Incident “{incident.Title}” is resolved and still measures a downtime.");
            }

            // A component that was put back is not down before it was there, however long its service has been.
            var isCut = script.Faults.Any(fault => fault.Kind == FaultKind.SettingsCut);
            if (!ClockJumps && !isCut && incident.Downtimes.Any(downtime => downtime.Ended <= downtime.Began))
            {
                broken.Add($"Incident “{incident.Title}” has a downtime of no length.");
            }

            var since = notWell.GetValueOrDefault(incident.Id);
            since = since > trouble ? since : trouble;
            var good = Automation.GoodTime(world.Policy, incident) + Settling;
            if (incident is { IsOpen: true, Automatic: true, HumanLed: false } && script.Length - since > good)
            {
                broken.Add($"Incident “{incident.Title}” is open at the end although nothing has been wrong with it since {since}.");
            }
        }
    }

    private void NothingAcknowledgedIsLost()
    {
        foreach (var (position, body) in machine.Ledger.Acknowledged)
        {
            var stored = machine.Journal.Read(new(position.Value - 1), 1);
            if (stored.Count == 0
                || Kinds.Decode(stored[0].Kind, stored[0].Body.Span, default) is not (IncidentUpdated or IncidentOpened) and var found)
            {
                broken.Add($"“{body}” was acknowledged at {position} and is not there.");
            }
            else if (Said(stored[0]) != body)
            {
                broken.Add($"“{body}” was acknowledged at {position}, where “{Said(stored[0])}” stands.");
            }
        }
    }

    private static string? Said(Envelope stored) => Kinds.Decode(stored.Kind, stored.Body.Span, default) switch
    {
        IncidentOpened opened => opened.Body,
        IncidentUpdated updated => updated.Body,
        _ => null,
    };

    /// <summary>Whatever failed for long enough, in plain sight of a node that was well, was called down in time.</summary>
    private void NothingIsMissed()
    {
        foreach (var service in script.Services)
        {
            var within = (service.Every * 2) + (service.Timeout * 2) + Deciding;
            foreach (var fault in script.Faults.Where(fault =>
                fault.Service == service.Name && fault.Place is null && fault.Kind != FaultKind.Slow))
            {
                var seen = script.Faults.All(other => other.Service is not null || Harmless(other.Kind)
                    || !other.Touches(fault.From - TimeSpan.FromMinutes(2), fault.From + within));
                if (seen && fault.Until - fault.From >= within && VerdictAt(service.Name, fault.From + within) != Verdict.Down)
                {
                    broken.Add(
                        $"{service.Name} failed from {fault.From} until {fault.Until} and was not called down by {fault.From + within}.");
                }
            }
        }
    }

    /// <summary>With our own network gone for long enough nothing is known, however it was before.</summary>
    private void BlindnessIsSaid()
    {
        foreach (var fault in script.Faults.Where(fault =>
            fault.Kind == FaultKind.Blind && script.Outline is not { Outposts.IsEmpty: false }))
        {
            var undisturbed = script.Faults.All(other => other == fault || other.Service is not null || Harmless(other.Kind)
                || !other.Touches(fault.From - Settling, fault.Until));
            foreach (var service in script.Services)
            {
                var within = Judge.FreshFor(service.Every) + Deciding;
                if (undisturbed && fault.Until - fault.From >= within && VerdictAt(service.Name, fault.From + within) != Verdict.Unknown)
                {
                    broken.Add($"Nothing could be seen from {fault.From} until {fault.Until}, and {service.Name} was still called "
                        + $"{VerdictAt(service.Name, fault.From + within)} at {fault.From + within}.");
                }
            }
        }
    }

    private static bool Harmless(FaultKind kind) =>
        kind is FaultKind.ClockJumps or FaultKind.PersonPosts or FaultKind.SettingsEdited;

    private Verdict VerdictAt(string service, TimeSpan at) =>
        verdicts.TryGetValue(service, out var all) ? all.LastOrDefault(judged => judged.At <= at).Verdict : Verdict.Unknown;

    /// <summary>After some calm minutes everything is seen to work again, and the page says what the journal says.</summary>
    private void EndsWell(World world)
    {
        if (machine.Node is not { HasWorks: true } node)
        {
            broken.Add("No node was running at the end.");
            return;
        }

        if (script.Outline is not null && !IsPutBackUnstored(node) && !world.Monitors.Keys.Select(id => id.Value).Order(StringComparer.Ordinal)
            .SequenceEqual(script.Services.Select(service => service.Name).Order(StringComparer.Ordinal)))
        {
            broken.Add($"The settings name {script.Services.Length} services; what is watched at the end is {string.Join(", ", world.Monitors.Keys)}.");
        }

        foreach (var monitor in world.Monitors.Values.Where(monitor => monitor.Verdict != Verdict.Up))
        {
            broken.Add($"{monitor.Id} is {monitor.Verdict} at the end although it has worked for minutes.");
        }

        if (node.Publisher.Edition.Position != machine.Journal.Head.Position.Value)
        {
            broken.Add($"The page shows event {node.Publisher.Edition.Position}, the journal ends with {machine.Journal.Head.Position}.");
        }

        if (node.Publisher.Edition.RenderedAt == default)
        {
            broken.Add("No page was ever published.");
            return;
        }

        broken.AddRange(PageEqualsFold.Check(node, machine.Thread, world));
    }

    /// <summary>
    /// The file has a fault, and what it said before that could not be stored while it was there: what was stored last goes on.
    /// </summary>
    private bool IsPutBackUnstored(Node.Node node) => node.Works.Settings.Problem is not null
        && script.Faults.Any(cut => cut.Kind == FaultKind.SettingsCut && script.Faults.Any(edit => edit.Kind == FaultKind.SettingsEdited
            && edit.From > cut.Until
            && (edit.From - cut.Until < Deciding || script.Faults.Any(other => !Harmless(other.Kind) && other.Service is null && other.Touches(cut.Until, edit.From)))));
}
