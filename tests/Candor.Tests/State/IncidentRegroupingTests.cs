using Candor.State;
using Candor.State.Incidents;
using static Candor.Tests.State.Told;

namespace Candor.Tests.State;

public sealed class IncidentRegroupingTests
{
    [Fact]
    public void A_merged_incident_closes_with_a_word_and_the_other_takes_its_causes_components_and_beginning()
    {
        var told = new Told()
            .Happens(new IncidentOpened(T0, Other, "Shop is down", T0, Automatic: true, Published: true, "Down.",
                [new(Shop, ComponentStatus.MajorOutage, T0)]) { Causes = [new("m")] })
            .Happens(new DowntimeBegan(T0, Other, T0))
            .Opened(On(Mail, ComponentStatus.MajorOutage))
            .Do((w, at) => IncidentDecisions.Merge(w, at, Ann, Other, new(Id)));

        var merged = told.World.Incidents[Other];
        Assert.Equal((IncidentStatus.Resolved, Id, false), (merged.Status, merged.Merged!.Into, merged.IsOpen));
        Assert.Equal("This is part of “Trouble” and goes on there.", merged.Updates[^1].Body);
        Assert.NotNull(merged.Downtimes[^1].Ended);
        Assert.Equal([new("m")], told.Incident.Causes);
        Assert.Equal([Mail, Shop], told.Incident.AffectedComponents);
        Assert.Equal(T0, told.Incident.StartedAt);
        Assert.Equal([new(T0, null)], told.Incident.Downtimes);
        Assert.Equal("incident_merged", told.Refused((w, at) => IncidentDecisions.Reopen(w, at, Ann, Other, "Again.", [])).Code);
    }

    [Theory]
    [InlineData(-30, true)]
    [InlineData(-10, false)]
    [InlineData(-5, false)]
    public void A_merge_keeps_an_earlier_start_that_is_still_earlier(int minutes, bool isKept)
    {
        var told = new Told()
            .Happens(new IncidentOpened(T0, Other, "Shop is down", T0.AddMinutes(-10), Automatic: true, Published: true, "Down.", []))
            .Opened()
            .Happens(new EarlierStartSuggested(T0, Id, T0.AddMinutes(minutes), new("m"), new("eu")))
            .Do((w, at) => IncidentDecisions.Merge(w, at, Ann, Other, new(Id)));

        Assert.Equal(T0.AddMinutes(-10), told.Incident.StartedAt);
        Assert.Equal(isKept, told.Incident.EarlierStart is not null);
    }

    [Fact]
    public void The_start_is_never_moved_to_a_later_time()
    {
        var told = new Told().Opened();
        var startedAt = told.Incident.StartedAt;
        told.Happens(new EarlierStartSuggested(T0, Id, startedAt, new("m"), new("eu")));

        Assert.Equal("nothing_earlier", told.Refused((w, at) => IncidentDecisions.MoveStart(w, at, Ann, Id)).Code);

        told.Happens(new EarlierStartSuggested(T0, Id, startedAt.AddMinutes(-1), new("m"), new("eu")))
            .Do((w, at) => IncidentDecisions.MoveStart(w, at, Ann, Id));
        Assert.Equal(startedAt.AddMinutes(-1), told.Incident.StartedAt);
    }

    [Fact]
    public void A_merge_keeps_the_promise_of_the_one_that_goes_on()
    {
        var told = new Told().Opened().Do((w, at) => IncidentDecisions.Open(w, at, Ann, Other, new("B", "B.", IncidentStatus.Identified, [])));
        var due = told.Now.AddMinutes(30);

        told.Do((w, at) => IncidentDecisions.PromiseNextUpdate(w, at, Ann, Id, due)).Do((w, at) => IncidentDecisions.Merge(w, at, Ann, Other, new(Id)));

        Assert.Equal(due, told.Incident.Promise!.DueAt);
    }

    [Fact]
    public void What_is_split_off_begins_with_the_updates_that_moved_dated_as_they_were_and_notifies_nobody()
    {
        var told = new Told().Opened(On(Mail, ComponentStatus.MajorOutage))
            .Happens(new IncidentCauseJoined(T0, Id, new("m"), null, ""))
            .Says("Shop fails as well.", null, On(Shop, ComponentStatus.PartialOutage))
            .Says("Shop works.", IncidentStatus.Monitoring)
            .Do((w, at) => IncidentDecisions.Split(w, at, Ben, Id, new(Other, "Shop is slow", [2, 3], [Shop])));

        var split = told.World.Incidents[Other];
        Assert.Equal(["Shop fails as well.", "Shop works."], split.Updates.Select(update => update.Body));
        Assert.Equal([T0.AddMinutes(2), T0.AddMinutes(3)], split.Updates.Select(update => update.DisplayAt));
        Assert.All(split.Updates, update => Assert.True(update.Quiet));
        Assert.Equal((IncidentStatus.Monitoring, Id, T0.AddMinutes(2)), (split.Status, split.SplitFrom, split.StartedAt));
        Assert.Equal([new("m")], split.Causes);
        Assert.Empty(told.Incident.Causes);
        Assert.Equal([Mail], told.Incident.AffectedComponents);
        Assert.Equal([null, Other, Other], told.Incident.Updates.Select(update => update.MovedTo));
    }

    [Fact]
    public void A_cause_that_a_staying_component_has_too_stays()
    {
        var told = new Told().Happens(new ComponentChanged(T0, new(Mail, "Mail", null, 1) { Monitors = [new("m")] }))
            .Opened(On(Mail, ComponentStatus.MajorOutage), On(Shop, ComponentStatus.MajorOutage))
            .Happens(new IncidentCauseJoined(T0, Id, new("m"), null, ""))
            .Do((w, at) => IncidentDecisions.Split(w, at, Ann, Id, new(Other, "Shop", [], [Shop], "Of its own.")));

        Assert.Equal([new("m")], told.Incident.Causes);
        Assert.Empty(told.World.Incidents[Other].Causes);
    }

    [Fact]
    public void What_cannot_be_regrouped_is_refused()
    {
        var told = new Told().Opened(On(Mail, ComponentStatus.MajorOutage));

        Assert.Equal(
            ["no_such_incident", "same_incident", "empty", "nothing_left", "not_affected", "no_such_update"],
            new[]
            {
                told.Refused((w, at) => IncidentDecisions.Merge(w, at, Ann, Id, new(Other))),
                told.Refused((w, at) => IncidentDecisions.Merge(w, at, Ann, Id, new(Id))),
                told.Refused((w, at) => IncidentDecisions.Split(w, at, Ann, Id, new(Other, "T", [], [Mail]))),
                told.Refused((w, at) => IncidentDecisions.Split(w, at, Ann, Id, new(Other, "T", [1], [Mail]))),
                told.Refused((w, at) => IncidentDecisions.Split(w, at, Ann, Id, new(Other, "T", [], [Shop], "B."))),
                told.Refused((w, at) => IncidentDecisions.Split(w, at, Ann, Id, new(Other, "T", [7], [Mail]))),
            }.Select(refusal => refusal.Code));
    }
}
