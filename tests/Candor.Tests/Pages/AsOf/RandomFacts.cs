using Candor.Journal;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;
using Candor.State.Postmortems;

namespace Candor.Tests.Pages.AsOf;

/// <summary>
/// A few weeks in the life of a page, from a seed: what is measured, said, kept back, let out, renamed and removed, planned,
/// set by hand, put right, merged and split, and written up afterwards.
/// </summary>
internal sealed class RandomFacts(int seed)
{
    private static readonly ComponentId[] Components = [MadeUpWorld.Homepage, MadeUpWorld.Login, MadeUpWorld.Mail];

    private readonly Random random = new(seed);
    private readonly Actor by = Actor.Person("ada000000000");
    private int incidents;
    private int planned;

    public TimeSpan Pause() => random.Next(4) == 0
        ? TimeSpan.FromHours(random.Next(1, 60))
        : TimeSpan.FromMilliseconds(random.Next(1, 400_000));

    /// <summary>What happens next; decided a little before it is committed.</summary>
    public IEnumerable<Event> Next(World world, DateTimeOffset committed)
    {
        var at = committed - TimeSpan.FromMilliseconds(random.Next(0, 2_000));
        var known = Components.Where(world.Components.ContainsKey).ToArray();
        var incident = world.Incidents.Count == 0 ? null : world.Incidents.Values.OrderBy(i => i.Id.Value).ElementAt(random.Next(world.Incidents.Count));
        return random.Next(16) switch
        {
            0 or 1 or 2 when known.Length > 0 => [Changed(Pick(known), at)],
            3 => [Opened(known, at)],
            4 or 5 when incident is not null => [Updated(incident, at)],
            6 when incident is { Published: false } => [new IncidentPublished(at, incident.Id)],
            7 when incident is { Downtimes: [.., { Ended: null }] } => [new DowntimeEnded(at, incident.Id, at)],
            7 when incident is not null => [new DowntimeBegan(at, incident.Id, at.AddSeconds(-random.Next(90)))],
            8 when known.Length > 1 && random.Next(3) == 0 => [new ComponentRemoved(at, Pick(known))],
            9 when known.Length > 0 => [new ComponentChanged(at, world.Components[Pick(known)].Definition with { Name = $"Part {random.Next(100)}" })],
            10 or 11 => Planned(world, known, at),
            12 when known.Length > 0 => SetByHand(world, Pick(known), at),
            13 or 14 when incident is not null => PutRight(world, incident, at),
            15 when incident is not null => WrittenUp(world, incident, at),
            _ => [new VantageChanged(at, VantageId.Local, (VantageStatus)random.Next(3), at, "its gateway does not answer")],
        };
    }

    private ComponentStateChanged Changed(ComponentId component, DateTimeOffset at) => new(
        at, component, at.AddSeconds(-random.Next(120)), new((ComponentStatus)random.Next(5), random.Next(4) > 0), "answered 503");

    private IncidentOpened Opened(ComponentId[] known, DateTimeOffset at) =>
        MadeUpWorld.Opened($"incident{++incidents:0000}", at, $"Trouble {incidents} <again>", known.Length == 0 ? [] : [Pick(known)]) with
        {
            Published = random.Next(3) > 0,
            Automatic = random.Next(2) == 0,
            StartedAt = at.AddMinutes(-random.Next(300)),
        };

    private IncidentUpdated Updated(Incident incident, DateTimeOffset at) => MadeUpWorld.Updated(
        incident.Id.Value, incident.Updates.Length + 1, at,
        random.Next(3) == 0 ? null : (IncidentStatus)random.Next(incident.IsOpen ? 4 : 5),
        "See [the page](/history) and [theirs](//example.com/), \"quoted\" href=\"/not-a-link\".") with
    {
        DisplayAt = random.Next(4) == 0 ? at.AddMinutes(-random.Next(1, 90)) : null,
    };

    /// <summary>People decide as they would; what is refused does not happen.</summary>
    private IEnumerable<Event> Planned(World world, ComponentId[] known, DateTimeOffset at)
    {
        var work = world.Maintenances.Count == 0 ? null : world.Maintenances.Values.OrderBy(static one => one.Id.Value, StringComparer.Ordinal).ElementAt(random.Next(world.Maintenances.Count));
        var begins = at.AddMinutes(random.Next(1, 3_000));
        return Of((random.Next(6), work) switch
        {
            (0, { } there) => MaintenanceDecisions.Reschedule(world, at, by, there.Id, begins, begins.AddHours(2)),
            (1, { } there) => MaintenanceDecisions.Cancel(world, at, by, there.Id, "Not needed <any more>."),
            (2 or 3, { } there) => MaintenanceDecisions.Post(world, at, by, there.Id, new((MaintenanceStatus)random.Next(4), $"Step {random.Next(100)}.")),
            _ => MaintenanceDecisions.Schedule(world, at, by, new($"work{++planned:00000000}"), new(
                new($"Disks {planned}", begins, begins.AddHours(1), known.Length == 0 ? [] : [Pick(known)]) { MarksComponents = random.Next(2) == 0 }, "Read-only.")),
        });
    }

    private IEnumerable<Event> SetByHand(World world, ComponentId component, DateTimeOffset at) => Of(random.Next(3) == 0
        ? PinDecisions.Unpin(world, at, by, component)
        : PinDecisions.Pin(world, at, by, component, (ComponentStatus)random.Next(5), at.AddMinutes(random.Next(1, 600)), "Seen with own eyes."));

    private IEnumerable<Event> PutRight(World world, Incident incident, DateTimeOffset at)
    {
        var (id, seq) = (incident.Id, random.Next(1, incident.Updates.Length + 1));
        var other = world.Incidents.Values.OrderBy(static one => one.Id.Value, StringComparer.Ordinal).ElementAt(random.Next(world.Incidents.Count)).Id;
        return Of(random.Next(9) switch
        {
            0 => IncidentDecisions.Rename(world, at, by, id, $"Renamed {random.Next(100)} & more"),
            1 => IncidentDecisions.Backdate(world, at, by, id, at.AddMinutes(-random.Next(1, 500))),
            2 => IncidentDecisions.OverrideImpact(world, at, by, id, (Impact)random.Next(4)),
            3 => IncidentDecisions.Edit(world, at, by, id, new(seq, $"Put right {random.Next(100)}.", random.Next(2) == 0)),
            4 => IncidentDecisions.RemoveUpdate(world, at, by, id, seq, "Said too much."),
            5 => IncidentDecisions.Remove(world, at, by, id, "A mistake."),
            6 => IncidentDecisions.Merge(world, at, by, id, new(other, "One cause.")),
            7 => IncidentDecisions.Split(world, at, by, id, new(new($"incident{++incidents:0000}"), $"Another {incidents}", [seq], [], "Two causes.")),
            _ => IncidentDecisions.PromiseNextUpdate(world, at, by, id, at.AddMinutes(random.Next(1, 120))),
        });
    }

    private IEnumerable<Event> WrittenUp(World world, Incident incident, DateTimeOffset at)
    {
        var (id, action) = (incident.Id, new ActionItemId($"action{random.Next(3):000000}"));
        return Of(random.Next(6) switch
        {
            0 => PostmortemDecisions.Publish(world, at, by, id, deliverNotifications: true),
            1 => PostmortemDecisions.Revert(world, at, by, id),
            2 => PostmortemDecisions.SetAction(world, at, by, id, new(action, $"Watch it {random.Next(100)}.", "Ada", null)),
            3 => PostmortemDecisions.SetDone(world, at, by, id, action, random.Next(2) == 0),
            _ => PostmortemDecisions.Draft(world, at, by, id, PostmortemText.Cut($"## Summary\n\nIt broke {random.Next(100)} times.\n\n## Root cause\n\nNobody looked.")),
        });
    }

    private static IEnumerable<Event> Of(Decision<Event> decided) => decided.Refusal is null ? [.. decided.Events] : [];

    private ComponentId Pick(ComponentId[] among) => among[random.Next(among.Length)];
}
