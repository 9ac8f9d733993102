using Candor.Judging;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Tests.Judging;

public sealed class AutomationTests
{
    private const string Signed = "\n\nThis was detected automatically.";

    [Fact]
    public void A_failure_becomes_an_incident_with_words_for_readers_and_resolves_when_it_has_worked_for_a_while()
    {
        var story = new Story().Monitor("web", component: "Homepage").Pass(35).Service("web", Reading.Bad).Pass(720);
        Assert.True(story.OnlyIncident.IsOpen);

        story.Service("web", Reading.Good).Pass(300);

        var incident = story.OnlyIncident;
        Assert.Equal("Homepage is not answering", incident.Title);
        Assert.Equal(
            [
                (IncidentStatus.Investigating, $"Homepage is not answering: connection refused, seen by 1 of 1 places since 09:00 UTC.{Signed}"),
                (IncidentStatus.Monitoring, $"Homepage works again since 09:12 UTC. If that stays so for 2 min, this is resolved by itself.{Signed}"),
                (IncidentStatus.Resolved, $"Homepage works again since 09:12 UTC. It was down for 12 min.{Signed}"),
            ],
            incident.Updates.Select(update => (update.Status, update.Body)));
        Assert.Equal([new(Story.T0.AddSeconds(40), Story.T0.AddSeconds(760))], incident.Downtimes);
        Assert.Equal(
            new Interval<ComponentStatus>(Story.T0.AddSeconds(40), Story.T0.AddSeconds(760), ComponentStatus.MajorOutage),
            incident.IntervalsOf(new("Homepage"))[0]);
        Assert.True(incident is { Automatic: true, Published: true, Impact: Impact.Critical });
        Assert.InRange((incident.ResolvedAt!.Value - Story.T0).TotalSeconds, 880, 892);
    }

    [Fact]
    public void Facts_of_one_decision_come_in_one_step()
    {
        var story = new Story(Policy.Default with { Controls = [] }).Monitor("web", component: "Homepage").Pass(35);
        Observation Bad() => new(new("web"), VantageId.Local, story.Now.Wall, Reading.Bad, "answered 503", TimeSpan.Zero);
        story.Hear(Bad());

        var (_, events) = story.Sitting.Hear(story.World, [Bad()], story.Now, () => new("i"));

        Assert.Equal(
            [typeof(MonitorJudged), typeof(ComponentStateChanged), typeof(IncidentOpened), typeof(DowntimeBegan)],
            events.Select(happened => happened.GetType()));
        Assert.Equal("Homepage is not working", events.OfType<IncidentOpened>().Single().Title);
    }

    [Fact]
    public void The_policy_confirm_opens_it_for_people_only()
    {
        var story = new Story(Policy.Default with { Automatic = AutomaticIncidents.Confirm })
            .Monitor("web", component: "Homepage").Pass(35).Service("web", Reading.Bad).Pass(60);

        Assert.False(story.OnlyIncident.Published);
    }

    [Fact]
    public void Under_confirm_a_child_that_still_fails_stays_where_readers_are_told_of_it()
    {
        var story = new Story(Policy.Default with { Automatic = AutomaticIncidents.Confirm })
            .Monitor("db", component: "Database").Monitor("web", component: "Homepage", dependsOn: ["db"]).Pass(35);
        story.Service("db", Reading.Bad).Service("web", Reading.Bad).Pass(60).Service("db", Reading.Good).Pass(600);

        Assert.Contains(new MonitorId("web"), story.OnlyIncident.Causes);
        Assert.True(story.OnlyIncident.IsOpen);
    }

    [Fact]
    public void The_policy_off_opens_nothing_while_the_component_still_says_it()
    {
        var story = new Story(Policy.Default with { Automatic = AutomaticIncidents.Off })
            .Monitor("web", component: "Homepage").Pass(35).Service("web", Reading.Bad).Pass(60);

        Assert.Empty(story.World.Incidents);
        Assert.Equal(ComponentStatus.MajorOutage, story.StateOf("Homepage").Status);
    }

    [Fact]
    public void It_opens_only_after_the_time_the_policy_asks_for()
    {
        var story = new Story(Policy.Default with { OpenAfter = TimeSpan.FromMinutes(5) })
            .Monitor("web", component: "Homepage").Pass(35).Service("web", Reading.Bad).Pass(300);
        Assert.Empty(story.World.Incidents);

        story.Pass(40);

        Assert.Equal(Story.T0.AddSeconds(40), story.OnlyIncident.StartedAt);
    }

    [Fact]
    public void Slow_is_shown_on_the_component_and_opens_nothing()
    {
        var story = new Story().Monitor("web", component: "Homepage").Pass(35)
            .Service("web", Reading.Slow, "took 3.1 s, more than 2 s").Pass(60);

        Assert.Equal(ComponentStatus.DegradedPerformance, story.StateOf("Homepage").Status);
        Assert.Empty(story.World.Incidents);
    }

    [Fact]
    public void Unknown_neither_resolves_an_incident_nor_counts_as_good_time()
    {
        var story = new Story().Monitor("web", component: "Homepage").Pass(35).Service("web", Reading.Bad).Pass(60);
        story.Service("web", Reading.Good).Pass(90);
        Assert.Equal(IncidentStatus.Monitoring, story.OnlyIncident.Status);

        story.AllControls(false).Pass(4000);
        Assert.True(story.OnlyIncident.IsOpen);

        story.AllControls(true).Pass(30 + 60);
        Assert.True(story.OnlyIncident.IsOpen);

        story.Pass(60);
        Assert.False(story.OnlyIncident.IsOpen);
    }

    [Fact]
    public void Trouble_that_could_not_be_stored_is_a_break_in_the_good_time_all_the_same()
    {
        var story = new Story().Monitor("web", component: "Homepage").Pass(35).Service("web", Reading.Bad).Pass(60);
        story.Service("web", Reading.Good).Pass(90);
        Assert.Equal(IncidentStatus.Monitoring, story.OnlyIncident.Status);

        story.IsStoring = false;
        story.Service("web", Reading.Bad).Pass(35).Service("web", Reading.Good).Pass(30);
        story.IsStoring = true;

        story.Pass(80);
        Assert.True(story.OnlyIncident.IsOpen);
        story.Pass(60);
        Assert.False(story.OnlyIncident.IsOpen);
    }

    [Fact]
    public void A_pair_of_which_one_half_goes_on_working_is_not_said_to_have_failed()
    {
        var story = new Story().Monitor("web", component: "Homepage").Monitor("spare")
            .Component("Pair", [], new Redundancy([new("web"), new("spare")], 1))
            .Pass(35).Service("web", Reading.Bad).Pass(60).Service("web", Reading.Slow, "took 3.1 s").Pass(60)
            .Service("web", Reading.Bad).Pass(60).Service("web", Reading.Good).Pass(600);

        var incident = story.OnlyIncident;
        Assert.False(incident.IsOpen);
        Assert.True(incident.Updates.Length > 3);
        Assert.All(incident.Updates, update => Assert.DoesNotContain("Pair", update.Body, StringComparison.Ordinal));
        Assert.Equal([new("Homepage")], incident.AffectedComponents);
    }

    [Fact]
    public void Failing_again_within_ten_minutes_goes_on_with_the_same_incident_and_needs_twice_the_good_time()
    {
        var story = new Story().Monitor("web", component: "Homepage").Pass(35).Service("web", Reading.Bad).Pass(60);
        story.Service("web", Reading.Good).Pass(200);
        Assert.False(story.OnlyIncident.IsOpen);

        story.Service("web", Reading.Bad).Pass(60);

        var incident = story.OnlyIncident;
        Assert.True(incident is { IsOpen: true, Reopenings: 1, IsUnstable: true });
        Assert.StartsWith("Homepage is not answering again: connection refused", incident.Updates[^1].Body);
        Assert.Equal(2, incident.Downtimes.Length);
        Assert.Equal(TimeSpan.FromMinutes(4), Automation.GoodTime(story.World.Policy, incident));

        story.Service("web", Reading.Good).Pass(200);
        Assert.True(story.OnlyIncident.IsOpen);
        story.Pass(80);
        Assert.False(story.OnlyIncident.IsOpen);
        Assert.Contains("It was down twice, ", story.OnlyIncident.Updates[^1].Body);
    }

    [Fact]
    public void Failing_again_after_ten_minutes_is_another_incident()
    {
        var story = new Story().Monitor("web", component: "Homepage").Pass(35).Service("web", Reading.Bad).Pass(60);
        story.Service("web", Reading.Good).Pass(200 + 600).Service("web", Reading.Bad).Pass(60);

        Assert.Equal(2, story.World.Incidents.Count);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 4)]
    [InlineData(3, 16)]
    [InlineData(4, 30)]
    [InlineData(40, 30)]
    public void Good_time_doubles_with_each_reopening_up_to_half_an_hour(int reopenings, int minutes)
    {
        var incident = new Incident(new("i"), "", Story.T0, Story.T0) { Reopenings = reopenings };

        Assert.Equal(TimeSpan.FromMinutes(minutes), Automation.GoodTime(Policy.Default, incident));
    }

    [Fact]
    public void A_flapping_service_makes_one_incident_that_is_called_unstable_and_not_a_stream_of_words()
    {
        var story = new Story().Monitor("web", component: "Homepage").Pass(35);
        for (var i = 0; i < 20; i++)
        {
            story.Service("web", Reading.Bad).Pass(60).Service("web", Reading.Good).Pass(60);
        }

        var incident = story.OnlyIncident;
        Assert.True(incident.IsUnstable);
        Assert.Equal(20, incident.Downtimes.Length);
        Assert.InRange(incident.Updates.Length, 4, 6);
        Assert.Contains("keeps failing and recovering: 3 times since 09:00 UTC", incident.Updates[^1].Body);
    }

    [Fact]
    public void What_fails_below_a_failing_parent_joins_its_incident()
    {
        var story = new Story().Monitor("db", component: "Database").Monitor("web", component: "Homepage", dependsOn: ["db"])
            .Monitor("other", component: "Other").Pass(35).Service("db", Reading.Bad).Pass(30).Service("web", Reading.Bad).Pass(60);

        var incident = story.OnlyIncident;
        Assert.Equal([new("db"), new("web")], incident.Causes);
        Assert.Equal([new("Database"), new("Homepage")], incident.AffectedComponents);
        Assert.Equal(new MonitorId("db"), story.Events.OfType<IncidentCauseJoined>().Single().Parent);
        Assert.StartsWith("Homepage is down since 09:01 UTC.", incident.Updates[^1].Body);
    }

    [Fact]
    public void A_parent_that_is_seen_to_fail_after_its_child_joins_the_childs_incident()
    {
        var story = new Story().Monitor("db", every: 30, component: "Database")
            .Monitor("web", component: "Homepage", dependsOn: ["db"]).Pass(35);

        story.Service("db", Reading.Bad).Service("web", Reading.Bad).Pass(120);

        Assert.Equal([new("web"), new("db")], story.OnlyIncident.Causes);
    }

    [Fact]
    public void An_unknown_parent_hides_nothing()
    {
        var story = new Story().Monitor("db", component: "Database").Monitor("web", component: "Homepage", dependsOn: ["db"])
            .Pass(35).Service("db", Reading.Bad).Pass(30).Service("db", Reading.None).Pass(60);
        Assert.Equal(Verdict.Unknown, story.VerdictOf("db"));

        story.Service("web", Reading.Bad).Pass(30);

        Assert.Equal(2, story.World.Incidents.Count);
    }

    [Fact]
    public void A_child_that_still_fails_two_minutes_after_its_parent_works_gets_an_incident_with_the_original_start()
    {
        var story = new Story().Monitor("db", component: "Database").Monitor("web", component: "Homepage", dependsOn: ["db"])
            .Pass(35).Service("db", Reading.Bad).Pass(30).Service("web", Reading.Bad).Pass(60);

        story.Service("db", Reading.Good).Pass(110);
        Assert.Single(story.World.Incidents);
        story.Pass(100);

        var own = Assert.Single(story.World.Incidents.Values, incident => incident.Causes is [{ Value: "web" }]);
        Assert.Equal(Story.T0.AddSeconds(70), own.StartedAt);
        var parents = Assert.Single(story.World.Incidents.Values, incident => incident.Id != own.Id);
        Assert.Equal([new("db")], parents.Causes);
        Assert.Contains(parents.Updates, update => update.Body.StartsWith("Homepage is still failing", StringComparison.Ordinal));

        story.Pass(60);
        Assert.False(story.World.Incidents[parents.Id].IsOpen);
        Assert.True(story.World.Incidents[own.Id].IsOpen);
    }

    /// <summary>Found by the simulator: the parents' incident had been "down twice", the second time for no time at all.</summary>
    [Fact]
    public void What_leaves_for_an_incident_of_its_own_was_measured_in_its_parents_until_then()
    {
        var story = new Story().Monitor("db", component: "Database").Monitor("web", component: "Homepage", dependsOn: ["db"])
            .Pass(35).Service("db", Reading.Bad).Pass(30).Service("db", Reading.Good).Pass(110).Service("web", Reading.Bad).Pass(40);

        var left = Assert.Single(story.Events.OfType<IncidentCauseLeft>());
        var parents = story.World.Incidents[left.Incident];
        Assert.Equal(2, parents.Downtimes.Length);
        Assert.Equal((Story.T0.AddSeconds(180), left.At), (parents.Downtimes[1].Began, parents.Downtimes[1].Ended));
        Assert.NotNull(parents.Downtimes[1].Ended);
    }

    [Fact]
    public void Components_that_share_a_failing_monitor_share_the_incident()
    {
        var story = new Story().Monitor("web").Component("Homepage", ["web"]).Component("Login", ["web"]).Component("Shop", ["web"])
            .Component("Search", ["web"]).Pass(35).Service("web", Reading.Bad).Pass(60);

        Assert.Equal("Homepage, Login and 2 more are not answering", story.OnlyIncident.Title);
        Assert.Equal(4, story.OnlyIncident.AffectedComponents.Count());
    }

    /// <summary>Found by the simulator: the pair joined the incident of one member and brought the other along, which then had two.</summary>
    [Fact]
    public void A_cause_that_comes_into_an_incident_with_another_component_opens_no_second_one()
    {
        var story = new Story().Monitor("one").Monitor("other").Component("One", ["one"]).Component("Other", ["other"])
            .Component("Pair", [], new([new("one"), new("other")], 1)).Pass(35).Service("other", Reading.Bad).Pass(60);

        story.Service("one", Reading.Bad).Pass(60);

        Assert.Equal([new("other"), new("one")], story.OnlyIncident.Causes);
        Assert.Equal(3, story.OnlyIncident.AffectedComponents.Count());
    }

    [Fact]
    public void Failures_that_only_a_third_component_links_are_one_incident()
    {
        var story = new Story().Monitor("one").Monitor("other").Component("One", ["one"]).Component("Other", ["other"])
            .Component("Both", ["one", "other"]).Pass(35).Service("one", Reading.Bad).Service("other", Reading.Bad).Pass(60);

        Assert.Equal(3, story.OnlyIncident.AffectedComponents.Count());
    }

    [Fact]
    public void Unrelated_failures_are_incidents_of_their_own()
    {
        var story = new Story().Monitor("web", component: "Homepage").Monitor("mail", component: "Mail").Monitor("x", component: "X")
            .Monitor("y", component: "Y").Pass(35).Service("web", Reading.Bad).Service("mail", Reading.Bad).Pass(60);

        Assert.Equal(2, story.World.Incidents.Count);
    }

    [Fact]
    public void A_component_that_gets_worse_and_better_has_its_intervals_in_the_incident()
    {
        var story = new Story().Monitor("a").Monitor("b").Component("Api", ["a", "b"]).Pass(35);
        story.Service("a", Reading.Bad).Pass(60).Service("b", Reading.Bad).Pass(180).Service("b", Reading.Good).Pass(180)
            .Service("a", Reading.Good).Pass(300);

        var incident = story.OnlyIncident;
        Assert.Equal("A part of Api is not answering", incident.Title);
        Assert.Equal(
            [ComponentStatus.PartialOutage, ComponentStatus.MajorOutage, ComponentStatus.PartialOutage],
            incident.IntervalsOf(new("Api")).Select(interval => interval.Value).Take(3));
        Assert.Equal(
            [("40", "100"), ("100", "280"), ("280", "460")],
            incident.IntervalsOf(new("Api")).Take(3).Select(i => (Story.At(i.From), Story.At(i.Until!.Value))));
        Assert.Equal([new(Story.T0.AddSeconds(40), Story.T0.AddSeconds(460))], incident.Downtimes);
    }

    [Fact]
    public void A_person_who_writes_takes_over_and_automation_only_adds_evidence()
    {
        var story = new Story().Monitor("web", component: "Homepage").Pass(35).Service("web", Reading.Bad).Pass(60);
        var id = story.OnlyIncident.Id;
        story.Say(new IncidentUpdated(story.Now.Wall, id, 2, IncidentStatus.Identified, "We know why.", Automatic: false, []));

        story.Service("web", Reading.Good).Pass(1000).Service("web", Reading.Bad).Pass(60);

        Assert.Equal(2, story.OnlyIncident.Updates.Length);
        Assert.True(story.OnlyIncident.IsOpen);
        Assert.Equal(2, story.OnlyIncident.Downtimes.Length);
    }

    [Fact]
    public void An_incident_that_a_person_wrote_about_the_component_takes_the_evidence()
    {
        var story = new Story().Monitor("web", component: "Homepage").Pass(35);
        story.Say(new IncidentOpened(story.Now.Wall, new("human"), "Trouble", story.Now.Wall, false, true, "Looking.",
            [new(new("Homepage"), ComponentStatus.PartialOutage, story.Now.Wall)]));

        story.Service("web", Reading.Bad).Pass(60);

        Assert.Equal([new("web")], story.OnlyIncident.Causes);
        Assert.Single(story.OnlyIncident.Updates);
        Assert.Single(story.OnlyIncident.Downtimes);
    }

    [Fact]
    public void A_person_who_resolves_is_not_overruled_by_the_same_failure()
    {
        var story = new Story().Monitor("web", component: "Homepage").Pass(35).Service("web", Reading.Bad).Pass(60);
        story.Say(new IncidentUpdated(
            story.Now.Wall, story.OnlyIncident.Id, 2, IncidentStatus.Resolved, "Retired.", Automatic: false, []));

        story.Pass(900);
        Assert.Single(story.World.Incidents);

        story.Service("web", Reading.Good).Pass(60).Service("web", Reading.Bad).Pass(60);
        Assert.Equal(2, story.World.Incidents.Count);
    }

    [Fact]
    public void An_incident_whose_monitor_was_removed_is_closed_with_honest_words()
    {
        var story = new Story().Monitor("web", component: "Homepage").Pass(35).Service("web", Reading.Bad).Pass(60);

        story.Say(new MonitorRemoved(story.Now.Wall, new("web"))).Pass(130);

        Assert.False(story.OnlyIncident.IsOpen);
        Assert.Contains("without having been seen to work", story.OnlyIncident.Updates[^1].Body);
    }

    [Fact]
    public void A_group_that_is_lost_without_any_monitor_down_is_told_as_trouble_again()
    {
        var story = new Story().Monitor("web").Monitor("spare")
            .Component("Pair", [], new Redundancy([new("web"), new("spare")], 2)).Pass(35).Service("web", Reading.Bad).Pass(60);
        story.Service("web", Reading.Good).Pass(40);
        Assert.Equal(IncidentStatus.Monitoring, story.OnlyIncident.Status);

        story.Say(new MonitorRemoved(story.Now.Wall, new("spare"))).Pass(30);

        Assert.Equal(new(ComponentStatus.MajorOutage), story.StateOf("Pair"));
        Assert.Equal((IncidentStatus.Investigating, 3), (story.OnlyIncident.Status, story.OnlyIncident.Updates.Length));
        Assert.StartsWith("Pair is down since", story.OnlyIncident.Updates[^1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_downtime_that_nobody_measures_any_more_ends_with_its_incident()
    {
        var story = new Story().Monitor("web", component: "Homepage").Pass(35).Service("web", Reading.Bad).Pass(60);
        Assert.Null(story.OnlyIncident.Downtimes[^1].Ended);

        story.Say(new ComponentRemoved(story.Now.Wall, new("Homepage")), new MonitorRemoved(story.Now.Wall, new("web"))).Pass(130);

        Assert.NotNull(story.OnlyIncident.Downtimes[^1].Ended);
        Assert.All(story.OnlyIncident.IntervalsOf(new("Homepage")), static interval => Assert.NotNull(interval.Until));
    }

    [Fact]
    public void An_incident_whose_component_was_removed_is_closed_though_its_monitor_goes_on()
    {
        var story = new Story().Monitor("web", component: "Homepage").Pass(35).Service("web", Reading.Bad).Pass(60);

        story.Say(new ComponentRemoved(story.Now.Wall, new("Homepage"))).Pass(130);

        Assert.False(story.OnlyIncident.IsOpen);
        Assert.Contains("no longer part of this page", story.OnlyIncident.Updates[^1].Body);
    }

    [Fact]
    public void An_incident_with_one_of_two_components_removed_goes_on_and_resolves_with_the_other()
    {
        var story = new Story().Monitor("web").Component("Homepage", ["web"]).Component("Shop", ["web"])
            .Pass(35).Service("web", Reading.Bad).Pass(60);

        story.Say(new ComponentRemoved(story.Now.Wall, new("Shop"))).Pass(300);
        Assert.True(story.OnlyIncident.IsOpen);

        story.Service("web", Reading.Good).Pass(200);
        Assert.False(story.OnlyIncident.IsOpen);
        Assert.DoesNotContain("Shop", story.OnlyIncident.Updates[^1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_monitor_that_got_another_name_in_the_middle_of_an_outage_makes_no_second_incident()
    {
        var story = new Story().Monitor("web", component: "Homepage").Pass(35).Service("web", Reading.Bad).Pass(60);

        story.Service("www", Reading.Bad).Monitor("www").Say(
            new ComponentChanged(story.Now.Wall, new(new("Homepage"), "Homepage", null, 0) { Monitors = [new("www")] }),
            new MonitorRemoved(story.Now.Wall, new("web"))).Pass(600);

        Assert.True(story.OnlyIncident.IsOpen);
        Assert.Equal([new MonitorId("www")], story.OnlyIncident.Causes);
        Assert.False(story.Service("www", Reading.Good).Pass(200).OnlyIncident.IsOpen);
    }

    [Fact]
    public void A_restart_in_the_middle_loses_no_incident_and_resolves_none_early()
    {
        var story = new Story().Monitor("web", component: "Homepage").Pass(35).Service("web", Reading.Bad).Pass(60);
        story.Service("web", Reading.Good).Pass(100).Restart().Pass(100);
        Assert.True(story.OnlyIncident.IsOpen);

        story.Pass(40);
        Assert.False(story.OnlyIncident.IsOpen);
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    [InlineData(86400)]
    public void P_17_A_jump_of_the_wall_clock_resolves_nothing_early(int seconds)
    {
        var story = new Story().Monitor("web", component: "Homepage").Pass(35).Service("web", Reading.Bad).Pass(60);
        story.Service("web", Reading.Good).Pass(40);

        story.Jump = TimeSpan.FromSeconds(seconds);
        story.Pass(60);
        Assert.True(story.OnlyIncident.IsOpen);

        story.Pass(60);
        Assert.False(story.OnlyIncident.IsOpen);
        Assert.Single(story.World.Incidents);
    }

    [Fact]
    public void P_15_When_everything_goes_dark_it_is_unknown_within_three_intervals_and_nothing_opens_or_resolves()
    {
        var story = new Story(Policy.Default with { Vantages = [VantageId.Local, Story.Eu, Story.Us] })
            .Monitor("web", component: "Homepage").Monitor("mail", component: "Mail").Pass(35)
            .Service("mail", Reading.Bad).Pass(60);
        var before = story.World.Incidents;
        Assert.Single(before);

        story.AllControls(false).Service("web", Reading.Bad).Silence(Story.Eu).Silence(Story.Us).Pass(31);

        Assert.Equal((Verdict.Unknown, Verdict.Unknown), (story.VerdictOf("web"), story.VerdictOf("mail")));
        Assert.False(story.StateOf("Homepage").Known);
        story.Pass(3000);
        Assert.Equal(before.Keys, story.World.Incidents.Keys);
        Assert.True(story.OnlyIncident.IsOpen);
    }
}
