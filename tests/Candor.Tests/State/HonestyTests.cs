using Candor.Languages;
using Candor.Pages.Wording;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Postmortems;
using Candor.Tests.Pages;

namespace Candor.Tests.State;

public sealed class HonestyTests
{
    private static readonly DateTimeOffset Start = MadeUpWorld.Start;
    private static readonly IncidentId Id = new("incident0000");
    private static readonly IncidentId Other = new("incident0001");
    private static readonly Actor Ann = Actor.Person("ann");

    [Fact]
    public void A_person_s_incident_was_detected_when_a_monitor_saw_it()
    {
        var world = MadeUpWorld.Well().After([.. MadeUpWorld.Down(MadeUpWorld.Mail, Minute(3)), Opened(5) with { StartedAt = Minute(1) }]);
        Assert.Equal(Minute(3), Of(world, 10)!.DetectedAt);
        Assert.Equal(Minute(5), Of(world, 10)!.FirstWordAt);
    }

    [Fact]
    public void What_no_monitor_saw_was_detected_by_none() => Assert.Null(Of(MadeUpWorld.Well().After(Opened(5)), 10)!.DetectedAt);

    [Fact]
    public void Words_count_from_when_readers_could_see_them()
    {
        var world = MadeUpWorld.Well().After(
            Opened(5) with { Published = false, Automatic = true }, Said(2, 8, null), new IncidentPublished(Minute(20), Id));
        var honesty = Of(world, 30)!;
        Assert.Equal((Minute(5), Minute(20), Minute(20)), (honesty.DetectedAt!.Value, honesty.FirstWordAt, honesty.LastWordAt));
        Assert.Equal(TimeSpan.FromMinutes(15), honesty.Silence!.Value.Value);
    }

    [Fact]
    public void The_longest_silence_goes_on_while_it_is_open_and_ends_with_the_resolution()
    {
        var world = MadeUpWorld.Well().After(Opened(0), Said(2, 10, null), Said(3, 40, IncidentStatus.Monitoring));
        Assert.Equal(new Interval<TimeSpan>(Minute(10), Minute(40), TimeSpan.FromMinutes(30)), Of(world, 50)!.Silence);
        Assert.Equal(new Interval<TimeSpan>(Minute(40), null, TimeSpan.FromMinutes(60)), Of(world, 100)!.Silence);
        world = world.After(Said(4, 45, IncidentStatus.Resolved), Said(5, 5_000, IncidentStatus.Postmortem));
        var honesty = Of(world, 6_000)!;
        Assert.Equal((Minute(45), TimeSpan.FromMinutes(30)), (honesty.LastWordAt, honesty.Silence!.Value.Value));
    }

    [Fact]
    public void What_was_written_up_afterwards_has_no_figures()
    {
        var world = MadeUpWorld.Well().After(
            Opened(600) with { StartedAt = Minute(0) }, Said(2, 600, IncidentStatus.Resolved) with { DisplayAt = Minute(60) });
        Assert.Null(Of(world, 700));
    }

    [Fact]
    public void What_was_brought_in_from_elsewhere_has_no_figures_also_where_it_never_said_that_it_was_over() =>
        Assert.Null(Of(MadeUpWorld.Well().After(Opened(600) with { StartedAt = Minute(0), DisplayAt = Minute(0), Backfilled = true }), 700));

    [Fact]
    public void An_edit_is_no_word_and_what_was_taken_away_shortens_no_silence()
    {
        var world = MadeUpWorld.Well().After(Opened(0), Said(2, 10, null), Said(3, 40, null));
        var before = Of(world, 50);
        Assert.Equal(before, Of(world.After(new UpdateEdited(Minute(45), Id, 2, "Otherwise.", Typo: false, Ann)), 50));
        world = world.After(new UpdateRemoved(Minute(45), Id, 2, "Wrong incident.", Ann));
        Assert.Equal(new Interval<TimeSpan>(Minute(0), Minute(40), TimeSpan.FromMinutes(40)), Of(world, 50)!.Silence);
        world = world.After(new UpdateRemoved(Minute(46), Id, 1, "Wrong.", Ann), new UpdateRemoved(Minute(46), Id, 3, "Wrong.", Ann));
        Assert.Null(Of(world, 50));
    }

    [Fact]
    public void What_went_on_in_another_incident_was_told_before_it_did()
    {
        var world = MadeUpWorld.Well().After(
            Opened(0) with { Incident = Other, Automatic = true }, Opened(20),
            MadeUpWorld.Updated(Other.Value, 2, Minute(30), IncidentStatus.Resolved, "It goes on there."), new IncidentMerged(Minute(30), Other, Id, Ann));
        var honesty = Of(world, 45)!;
        Assert.Equal((Minute(0), Minute(0), Minute(20)), (honesty.DetectedAt!.Value, honesty.FirstWordAt, honesty.LastWordAt));
        Assert.Equal(new Interval<TimeSpan>(Minute(20), null, TimeSpan.FromMinutes(25)), honesty.Silence);
        Assert.Equal(TimeSpan.FromMinutes(30), Honesty.Of(world, world.Incidents[Other], Minute(500))!.Silence!.Value.Value);
    }

    [Fact]
    public void What_a_split_took_along_was_told_where_it_stood()
    {
        var told = MadeUpWorld.Well().After(Opened(0), Said(2, 10, null), Said(3, 20, null));
        var split = IncidentDecisions.Split(told, Minute(60), Ann, Id, new(Other, "Another", [2], []));
        var world = told.After(split.Events);
        Assert.Equal(Minute(10), Honesty.Of(world, world.Incidents[Other], Minute(70))!.FirstWordAt);
        Assert.Equal(Minute(0), Of(world, 70)!.FirstWordAt);
    }

    [Fact]
    public void The_page_is_told_beside_the_monitors()
    {
        var world = MadeUpWorld.Well().After([.. MadeUpWorld.Down(MadeUpWorld.Mail, Minute(3)), Opened(5) with { StartedAt = Minute(3) }]);
        var told = Retelling.Of(world, world.Incidents[Id], Minute(10), Language.English);
        Assert.Equal(
            [
                new(Minute(3), "Nothing yet", "Major outage: Mail"),
                new(Minute(5), "Investigating. Major outage: Mail", "Major outage: Mail"),
            ],
            told);
    }

    [Fact]
    public void What_is_over_does_not_repeat_what_was_said_of_its_components()
    {
        var world = MadeUpWorld.Well().After([Opened(5), Said(2, 6, IncidentStatus.Identified), Said(3, 9, IncidentStatus.Resolved)]);

        Assert.Equal(
            ["Nothing yet", "Investigating. Major outage: Mail", "Identified. Major outage: Mail", "Resolved"],
            Retelling.Of(world, world.Incidents[Id], Minute(10), Language.English).Select(static moment => moment.Said).Prepend("Nothing yet").Distinct());
    }

    private static Honesty? Of(World world, int minute) => Honesty.Of(world, world.Incidents[Id], Minute(minute));

    private static IncidentOpened Opened(int minute) => MadeUpWorld.Opened(Id.Value, Minute(minute), "Mail is slow", MadeUpWorld.Mail);

    private static IncidentUpdated Said(int seq, int minute, IncidentStatus? status) =>
        MadeUpWorld.Updated(Id.Value, seq, Minute(minute), status, "Still at it.");

    private static DateTimeOffset Minute(int minute) => Start.AddMinutes(minute);
}
