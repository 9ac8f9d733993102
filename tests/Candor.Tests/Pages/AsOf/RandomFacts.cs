using Candor.State;
using Candor.State.Incidents;

namespace Candor.Tests.Pages.AsOf;

/// <summary>A few weeks in the life of a page, from a seed: what is measured, said, kept back, let out, renamed and removed.</summary>
internal sealed class RandomFacts(int seed)
{
    private static readonly ComponentId[] Components = [MadeUpWorld.Homepage, MadeUpWorld.Login, MadeUpWorld.Mail];

    private readonly Random random = new(seed);
    private int incidents;

    public TimeSpan Pause() => random.Next(4) == 0
        ? TimeSpan.FromHours(random.Next(1, 60))
        : TimeSpan.FromMilliseconds(random.Next(1, 400_000));

    /// <summary>What happens next; decided a little before it is committed.</summary>
    public IEnumerable<Event> Next(World world, DateTimeOffset committed)
    {
        var at = committed - TimeSpan.FromMilliseconds(random.Next(0, 2_000));
        var known = Components.Where(world.Components.ContainsKey).ToArray();
        var incident = world.Incidents.Count == 0 ? null : world.Incidents.Values.OrderBy(i => i.Id.Value).ElementAt(random.Next(world.Incidents.Count));
        return random.Next(10) switch
        {
            0 or 1 or 2 when known.Length > 0 => [Changed(Pick(known), at)],
            3 => [Opened(known, at)],
            4 or 5 when incident is not null => [Updated(incident, at)],
            6 when incident is { Published: false } => [new IncidentPublished(at, incident.Id)],
            7 when incident is { Downtimes: [.., { Ended: null }] } => [new DowntimeEnded(at, incident.Id, at)],
            7 when incident is not null => [new DowntimeBegan(at, incident.Id, at.AddSeconds(-random.Next(90)))],
            8 when known.Length > 1 && random.Next(3) == 0 => [new ComponentRemoved(at, Pick(known))],
            9 when known.Length > 0 => [new ComponentChanged(at, world.Components[Pick(known)].Definition with { Name = $"Part {random.Next(100)}" })],
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

    private ComponentId Pick(ComponentId[] among) => among[random.Next(among.Length)];
}
