using Candor.State;
using Candor.State.Incidents;
using Candor.State.Postmortems;

namespace Candor.Tests.State;

public sealed class IncidentDecisionsTests
{
    private static readonly DateTimeOffset T0 = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);
    private static readonly IncidentId Id = new("i1");
    private static readonly Actor Ann = Actor.Person("ann");
    private static readonly ComponentId Poster = new("poster");
    private static readonly ComponentId Watched = new("watched");

    private static readonly World Start = new Event[]
    {
        new MonitorAdded(T0, new(new("m"), new("http", "x", "{}"), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5), JudgingRules.Default)),
        new ComponentAdded(T0, new(Poster, "Poster", null, 0)),
        new ComponentAdded(T0, new(Watched, "Watched", null, 1) { Monitors = [new("m")] }),
    }.Aggregate(World.Empty, World.Fold);

    [Fact]
    public void An_incident_of_a_person_is_published_at_once_with_its_first_update()
    {
        var world = Apply(Start, IncidentDecisions.Open(Start, T0.AddMinutes(8), Ann, Id, new(
            "Services unavailable", "We are looking.", IncidentStatus.Investigating, [(Poster, ComponentStatus.MajorOutage)])
        { StartedAt = T0 }));

        var incident = world.Incidents[Id];
        Assert.True(incident is { Published: true, Automatic: false, HumanLed: true, IsOpen: true });
        Assert.Equal((T0, T0.AddMinutes(8)), (incident.StartedAt, incident.CreatedAt));
        Assert.Equal([new(Poster, ComponentStatus.MajorOutage, T0)], incident.Components);
    }

    [Fact]
    public void The_word_of_a_person_moves_a_component_that_nothing_measures_and_no_other()
    {
        var world = Apply(Start, IncidentDecisions.Open(Start, T0, Ann, Id, new(
            "Trouble", "Looking.", IncidentStatus.Investigating,
            [(Poster, ComponentStatus.PartialOutage), (Watched, ComponentStatus.PartialOutage)])));

        Assert.Equal(new ComponentState(ComponentStatus.PartialOutage), world.Components[Poster].State);
        Assert.Equal(ComponentState.NeverSeen, world.Components[Watched].State);
    }

    [Fact]
    public void Updates_are_numbered_without_a_gap_and_one_without_a_status_keeps_it()
    {
        var world = Opened();
        world = Apply(world, IncidentDecisions.Post(world, T0.AddMinutes(1), Ann, Id, new(null, "Still looking.", [])));
        world = Apply(world, IncidentDecisions.Post(world, T0.AddMinutes(2), Ann, Id, new(IncidentStatus.Identified, "Found it.", [])));

        Assert.Equal([1, 2, 3], world.Incidents[Id].Updates.Select(update => update.Seq));
        Assert.Equal([false, true, false], world.Incidents[Id].Updates.Select(update => update.KeepsStatus));
        Assert.Equal(IncidentStatus.Identified, world.Incidents[Id].Status);
    }

    [Fact]
    public void Resolving_ends_the_measured_downtime_too()
    {
        var world = World.Fold(Opened(), new DowntimeBegan(T0, Id, T0));

        world = Apply(world, IncidentDecisions.Resolve(world, T0.AddMinutes(5), Ann, Id, "Done.", [(Poster, ComponentStatus.Operational)]));

        Assert.False(world.Incidents[Id].IsOpen);
        Assert.Equal([new(T0, T0.AddMinutes(5))], world.Incidents[Id].Downtimes);
        Assert.Equal(ComponentStatus.Operational, world.Components[Poster].State.Status);
    }

    [Fact]
    public void A_postmortem_follows_the_resolution_and_keeps_its_instant()
    {
        var world = Opened();
        world = Apply(world, IncidentDecisions.Resolve(world, T0.AddMinutes(5), Ann, Id, "Done.", []));

        world = Apply(world, IncidentDecisions.Post(world, T0.AddDays(1), Ann, Id, new(IncidentStatus.Postmortem, "Why.", [])));

        Assert.Equal(T0.AddMinutes(5), world.Incidents[Id].ResolvedAt);
        Assert.Equal(IncidentStatus.Postmortem, world.Incidents[Id].Status);
    }

    [Fact]
    public void Publishing_lets_readers_see_what_automation_kept_back_and_does_nothing_twice()
    {
        var world = World.Fold(Start, new IncidentOpened(T0, Id, "Down", T0, Automatic: true, Published: false, "Down.", []));

        world = Apply(world, IncidentDecisions.Publish(world, T0.AddMinutes(1), Ann, Id));

        Assert.True(world.Incidents[Id] is { Published: true, HumanLed: false });
        Assert.Empty(IncidentDecisions.Publish(world, T0.AddMinutes(2), Ann, Id).Events);
    }

    [Fact]
    public void What_cannot_be_is_refused_with_a_code_a_field_and_the_remedy()
    {
        var open = Opened();
        var resolved = Apply(open, IncidentDecisions.Resolve(open, T0, Ann, Id, "Done.", []));
        var refusals = new[]
        {
            IncidentDecisions.Open(open, T0, Ann, Id, Wish()),
            IncidentDecisions.Open(Start, T0, Ann, Id, Wish() with { Title = " " }),
            IncidentDecisions.Open(Start, T0, Ann, Id, Wish() with { Title = new('x', 256) }),
            IncidentDecisions.Open(Start, T0, Ann, Id, Wish() with { Body = "" }),
            IncidentDecisions.Open(Start, T0, Ann, Id, Wish() with { StartedAt = T0.AddMinutes(1) }),
            IncidentDecisions.Open(Start, T0, Ann, Id, Wish() with { Components = [(new("nobody"), ComponentStatus.MajorOutage)] }),
            IncidentDecisions.Post(Start, T0, Ann, Id, new(null, "Hello.", [])),
            IncidentDecisions.Post(open, T0, Ann, Id, new(null, " ", [])),
            IncidentDecisions.Post(open, T0, Ann, Id, new(IncidentStatus.Postmortem, "Why.", [])),
            IncidentDecisions.Post(open, T0, Ann, Id, new(null, "Hello.", []) { DisplayAt = T0.AddMinutes(1) }),
            IncidentDecisions.Resolve(resolved, T0, Ann, Id, "Again.", []),
            IncidentDecisions.Publish(Start, T0, Ann, Id),
        };

        Assert.Equal(
            [
                ("incident_exists", "id"), ("empty", "title"), ("too_long", "title"), ("empty", "body"),
                ("starts_in_future", "started_at"), ("no_such_component", "components"), ("no_such_incident", "id"),
                ("empty", "body"), ("still_open", "status"), ("in_future", "display_at"), ("already_resolved", "status"),
                ("no_such_incident", "id"),
            ],
            refusals.Select(decision => (decision.Refusal!.Code, decision.Refusal.Field!)));
        Assert.All(refusals, decision => Assert.EndsWith(".", decision.Refusal!.Sentence));
    }

    private static OpenIncident Wish() => new("Trouble", "Looking.", IncidentStatus.Investigating, []);

    private static World Opened() => Apply(Start, IncidentDecisions.Open(Start, T0, Ann, Id, Wish()));

    private static World Apply(World world, Candor.Journal.Decision<Event> decision)
    {
        Assert.Null(decision.Refusal);
        return decision.Events.Aggregate(world, World.Fold);
    }
}
