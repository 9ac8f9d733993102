using Candor.Journal;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Tests.State;

/// <summary>A world in which people decide, one decision after the other, each a minute later.</summary>
internal sealed class Told
{
    public static readonly DateTimeOffset T0 = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);
    public static readonly IncidentId Id = new("incident0001");
    public static readonly IncidentId Other = new("incident0002");
    public static readonly ComponentId Api = new("api");
    public static readonly ComponentId Mail = new("mail");
    public static readonly ComponentId Shop = new("shop");
    public static readonly Actor Ann = Actor.Person("ann");
    public static readonly Actor Ben = Actor.Token("ben");

    public Told() => World = new Event[]
    {
        new MonitorAdded(T0, new(new("m"), new("http", "x", "{}"), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5), JudgingRules.Default)),
        new ComponentAdded(T0, new(Api, "API", null, 0) { Regions = ["eu", "us"] }),
        new ComponentAdded(T0, new(Mail, "Mail", null, 1)),
        new ComponentAdded(T0, new(Shop, "Shop", null, 2) { Monitors = [new("m")] }),
    }.Aggregate(World.Empty, World.Fold);

    public World World { get; private set; }

    public DateTimeOffset Now { get; private set; } = T0;

    public Incident Incident => World.Incidents[Id];

    public static Affected On(ComponentId component, ComponentStatus status, string? region = null) => new(component, status, region);

    public Told Opened(params Affected[] components) => Do((world, at) => IncidentDecisions.Open(world, at, Ann, Id, new(
        "Trouble", "We are looking.", IncidentStatus.Investigating, [.. components])));

    public Told Says(string body, IncidentStatus? status = null, params Affected[] components) =>
        Do((world, at) => IncidentDecisions.Post(world, at, Ann, Id, new(status, body, [.. components])));

    public Told Do(Func<World, DateTimeOffset, Decision<Event>> decide)
    {
        Now = Now.AddMinutes(1);
        var decided = decide(World, Now);
        Assert.True(decided.Refusal is null, decided.Refusal?.Sentence);
        return Happens([.. decided.Events]);
    }

    public Told Happens(params Event[] events)
    {
        World = events.Aggregate(World, World.Fold);
        return this;
    }

    public Refusal Refused(Func<World, DateTimeOffset, Decision<Event>> decide)
    {
        var refusal = decide(World, Now).Refusal;
        Assert.NotNull(refusal);
        Assert.EndsWith(".", refusal.Sentence);
        return refusal;
    }
}
