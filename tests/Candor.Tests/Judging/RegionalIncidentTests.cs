using Candor.Judging;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Tests.Judging;

/// <summary>An outage in one region, told as such: opened, followed and resolved by what is seen from there.</summary>
public sealed class RegionalIncidentTests
{
    private static readonly VantageId[] European = [new("frankfurt"), new("paris")];
    private static readonly VantageId[] American = [new("ashburn"), new("dallas")];
    private static readonly ComponentId Homepage = new("Homepage");

    private static readonly Policy Four = Policy.Default with
    {
        Vantages = [.. European, .. American],
        Regions = [new("eu", [.. European]), new("us", [.. American])],
    };

    [Fact]
    public void A_region_that_is_out_opens_an_incident_that_names_it()
    {
        var story = Out(Watching(), European).Pass(40);

        var incident = story.OnlyIncident;
        Assert.Equal("Homepage is not answering from eu", incident.Title);
        Assert.Equal(
            "Homepage is not answering from eu (2 of 2 places); answering from us: connection refused, since 09:00 UTC.\n\nThis was detected automatically.",
            incident.Updates[0].Body);
        Assert.Equal([("eu", ComponentStatus.MajorOutage)], incident.Components.Select(static said => (said.Region!, said.Status)));
        Assert.Equal([new MonitorId("web")], incident.Causes);
        Assert.Equal((ComponentStatus.DegradedPerformance, true), (story.StateOf("Homepage").Status, story.StateOf("Homepage").Known));
        Assert.Equal(["eu"], incident.RegionsAffected(Homepage));
    }

    [Fact]
    public void Without_regions_the_same_readings_open_nothing()
    {
        var story = Out(new Story(Four).Monitor("web", component: "Homepage").Pass(35), European).Pass(40);

        Assert.Equal(ComponentStatus.DegradedPerformance, story.StateOf("Homepage").Status);
        Assert.Empty(story.World.Incidents);
    }

    [Fact]
    public void One_place_of_two_opens_nothing() => Assert.Empty(Out(Watching(), [European[0]]).Pass(120).World.Incidents);

    [Fact]
    public void It_is_resolved_once_the_region_is_well_again_and_each_interval_is_the_region_s()
    {
        var story = Out(Watching(), European).Pass(60);
        Well(story, European).Pass(30);
        Assert.Equal(IncidentStatus.Monitoring, story.OnlyIncident.Status);

        story.Pass(180);

        var incident = story.OnlyIncident;
        Assert.Equal(IncidentStatus.Resolved, incident.Status);
        var downtime = Assert.Single(incident.Downtimes);
        Assert.Equal(("50", "110"), (Story.At(downtime.Began), Story.At(downtime.Ended!.Value)));
        var interval = Assert.Single(incident.IntervalsOf(Homepage, "eu"), static one => one.Value == ComponentStatus.MajorOutage);
        Assert.Equal(("50", "110"), (Story.At(interval.From), Story.At(interval.Until!.Value)));
    }

    [Fact]
    public void P_15_A_region_that_goes_dark_after_it_was_out_resolves_nothing()
    {
        var story = Out(Watching(), European).Pass(60);
        foreach (var place in European)
        {
            story.Silence(place);
        }

        story.Pass(600);

        // The whole is up as far as anybody sees, from America alone.
        Assert.Equal(Verdict.Up, story.VerdictOf("web"));
        Assert.Equal(ComponentStatus.Operational, story.StateOf("Homepage").Status);
        Assert.Equal((IncidentStatus.Investigating, 1), (story.OnlyIncident.Status, story.OnlyIncident.Updates.Length));
        Assert.Null(Assert.Single(story.OnlyIncident.Downtimes).Ended);

        foreach (var place in European)
        {
            story.Silence(place, isSilent: false);
        }

        Assert.Equal(IncidentStatus.Resolved, Well(story, European).Pass(240).OnlyIncident.Status);
    }

    [Fact]
    public void A_second_region_is_told_of_in_the_same_incident()
    {
        var story = Out(Watching(), European).Pass(60);
        Out(story, American).Pass(70);

        var incident = story.OnlyIncident;
        Assert.Contains("Homepage is down in us since", incident.Updates[^1].Body, StringComparison.Ordinal);
        Assert.Equal(["eu", "us"], incident.RegionsAffected(Homepage));
        Assert.Equal(ComponentStatus.MajorOutage, story.StateOf("Homepage").Status);

        Well(story, American).Pass(150);
        Assert.Contains(incident.Updates.Length + 1, story.OnlyIncident.Updates.Select(static update => update.Seq));
        Assert.Contains("Homepage works again in us since", story.OnlyIncident.Updates[^1].Body, StringComparison.Ordinal);
        Assert.Equal(ComponentStatus.Operational, story.OnlyIncident.RegionsOf(Homepage)["us"]);
        Assert.Equal(ComponentStatus.MajorOutage, story.OnlyIncident.RegionsOf(Homepage)["eu"]);

        Assert.Equal(IncidentStatus.Resolved, Well(story, European).Pass(300).OnlyIncident.Status);
        Assert.All(story.OnlyIncident.RegionsOf(Homepage).Values, static status => Assert.Equal(ComponentStatus.Operational, status));
    }

    [Fact]
    public void A_region_that_was_told_to_work_again_and_goes_dark_does_not_hold_up_the_others()
    {
        var story = Out(Watching(), [.. European, .. American]).Pass(40);
        Well(story, American).Pass(150);
        Assert.Equal(ComponentStatus.Operational, story.OnlyIncident.RegionsOf(Homepage)["us"]);
        foreach (var place in American)
        {
            story.Silence(place);
        }

        story.Pass(300);
        Assert.True(story.OnlyIncident.IsOpen);

        Assert.Equal(IncidentStatus.Resolved, Well(story, European).Pass(240).OnlyIncident.Status);
    }

    [Fact]
    public void P_15_A_region_that_goes_dark_before_it_worked_for_long_enough_resolves_nothing()
    {
        var story = Out(Watching(), European).Pass(60);
        Well(story, European).Pass(30);
        Assert.Equal(IncidentStatus.Monitoring, story.OnlyIncident.Status);
        foreach (var place in European)
        {
            story.Silence(place);
        }

        story.Pass(600);
        Assert.Equal(IncidentStatus.Monitoring, story.OnlyIncident.Status);
    }

    [Fact]
    public void P_15_A_region_that_fails_again_untold_and_goes_dark_resolves_nothing()
    {
        var story = Out(Watching(), [.. European, .. American]).Pass(40);
        Well(story, American).Pass(150);
        Out(story, American).Pass(25);
        foreach (var place in American)
        {
            story.Silence(place);
        }

        Well(story, European).Pass(600);
        Assert.True(story.OnlyIncident.IsOpen);
    }

    [Theory]
    [InlineData("eu", "us")]
    [InlineData("us")]
    public void P_15_A_region_that_leaves_the_settings_while_it_is_out_is_never_said_to_work_again(params string[] left)
    {
        var story = Out(Watching(), European).Pass(60);
        Assert.Equal(["eu"], story.OnlyIncident.RegionsAffected(Homepage));

        story.Say(
            new PolicyConfigured(story.Now.Wall, Four with { Vantages = [.. American], Regions = [new("us", [.. American])] }),
            new MonitorChanged(story.Now.Wall, story.MonitorOf("web").Definition with { Regions = ["us"] }),
            new ComponentChanged(story.Now.Wall, story.World.Components[Homepage].Definition with { Regions = [.. left] }))
            .Pass(240);

        var incident = story.OnlyIncident;
        Assert.Equal((IncidentStatus.Resolved, 2), (incident.Status, incident.Updates.Length));
        Assert.Equal(Wording.English.NoLongerWatched(), incident.Updates[^1].Body);
        Assert.Equal(ComponentStatus.MajorOutage, Assert.Single(incident.Components).Status);
        Assert.NotNull(Assert.Single(incident.Downtimes).Ended);
    }

    [Fact]
    public void Where_all_regions_fail_at_once_the_whole_is_what_is_told()
    {
        var story = Out(Watching(), [.. European, .. American]).Pass(40);

        Assert.Equal("Homepage is not answering", story.OnlyIncident.Title);
        Assert.Null(Assert.Single(story.OnlyIncident.Components).Region);

        // What comes back first is told region by region.
        Well(story, American).Pass(150);
        Assert.Equal(ComponentStatus.Operational, story.OnlyIncident.RegionsOf(Homepage)["us"]);
        Assert.Equal(ComponentStatus.MajorOutage, story.OnlyIncident.RegionsOf(Homepage)[""]);
        Assert.Equal(IncidentStatus.Resolved, Well(story, European).Pass(300).OnlyIncident.Status);
    }

    [Fact]
    public void The_view_from_inside_is_named_beside_the_regions()
    {
        var policy = Four with { Vantages = [VantageId.Local, .. European, .. American] };
        var story = new Story(policy).Monitor("web", component: "Homepage", regions: ["eu", "us"]).Pass(35);
        Out(story, European).Pass(40);

        Assert.StartsWith(
            "Homepage is not answering from eu (2 of 2 places); answering from us and local: connection refused, since",
            story.OnlyIncident.Updates[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_region_that_nobody_sees_is_named_as_such()
    {
        var story = Watching();
        foreach (var place in American)
        {
            story.Silence(place);
        }

        Out(story.Pass(60), European).Pass(40);

        Assert.StartsWith("Homepage is not answering: ", story.OnlyIncident.Updates[0].Body.Replace(" from eu (2 of 2 places); unknown from us", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(["eu"], story.OnlyIncident.RegionsAffected(Homepage));
    }

    [Fact]
    public void The_owner_s_title_is_kept_and_the_regions_are_said_after_it()
    {
        var policy = Four with { Texts = new() { Title = "{{component}} has a problem" } };
        var story = Out(new Story(policy).Monitor("web", component: "Homepage", regions: ["eu", "us"]).Pass(35), European).Pass(40);

        Assert.StartsWith(
            "Homepage has a problem: not answering from eu (2 of 2 places); answering from us: connection refused, since",
            story.OnlyIncident.Updates[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_taken_up_again_when_the_same_region_fails_soon_after()
    {
        var story = Out(Watching(), European).Pass(60);
        Well(story, European).Pass(200);
        Assert.Equal(IncidentStatus.Resolved, story.OnlyIncident.Status);

        Out(story, European).Pass(40);

        Assert.Equal((IncidentStatus.Investigating, 1), (story.OnlyIncident.Status, story.OnlyIncident.Reopenings));
        Assert.StartsWith("Homepage is not answering from eu again: ", story.OnlyIncident.Updates[^1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pinned_component_opens_nothing_because_of_a_region()
    {
        var story = Watching();
        story.Say(new ComponentPinned(story.Now.Wall, Homepage, ComponentStatus.Operational, story.Now.Wall.AddHours(4), new("Ada")));

        Assert.Empty(Out(story, European).Pass(120).World.Incidents);
    }

    [Fact]
    public void What_a_person_closed_stays_closed_while_the_same_region_fails_and_another_one_opens_anew()
    {
        var story = Out(Watching(), European).Pass(40);
        story.Say(new IncidentUpdated(story.Now.Wall, story.OnlyIncident.Id, 2, IncidentStatus.Resolved, "We know.", false, []));
        story.Pass(120);
        Assert.Single(story.World.Incidents);

        Out(story, American).Pass(60);
        Assert.Equal(2, story.World.Incidents.Count);
    }

    [Fact]
    public void A_person_who_leads_is_told_of_another_region_once()
    {
        var story = Out(Watching(), European).Pass(40);
        story.Say(new IncidentTakenOver(story.Now.Wall, story.OnlyIncident.Id, new("Ada")));

        Out(story, American).Pass(120);

        var suggestion = Assert.Single(story.OnlyIncident.Suggestions);
        Assert.StartsWith("Homepage in us fails too since", suggestion.Text, StringComparison.Ordinal);
        Assert.Single(story.OnlyIncident.Updates);
    }

    [Fact]
    public void What_depends_on_what_is_out_in_a_region_joins_its_incident()
    {
        var story = Watching().Monitor("checkout", component: "Checkout", dependsOn: ["web"], regions: ["eu", "us"]).Pass(35);
        Out(Out(story, European), European, "checkout").Pass(60);

        Assert.Equal(2, story.OnlyIncident.Causes.Length);
        Assert.Equal(["eu"], story.OnlyIncident.RegionsAffected(new("Checkout")));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(18)]
    [InlineData(19)]
    [InlineData(20)]
    public void Whatever_happens_nothing_opens_without_a_region_or_the_whole_seen_out_and_nothing_resolves_while_one_is(int seed)
    {
        var random = new Random(seed);
        var story = Watching();
        VantageId[] all = [.. European, .. American];
        for (var step = 0; step < 80; step++)
        {
            var place = all[random.Next(all.Length)];
            story.Service("web", random.Next(3) > 0 ? Reading.Good : Reading.Bad, from: place)
                .Silence(all[random.Next(all.Length)], random.Next(4) == 0).Pass(random.Next(1, 60));
        }

        var world = World.Empty;
        foreach (var happened in story.Events)
        {
            var regions = world.Components.TryGetValue(Homepage, out var component) ? RegionStates.Measured(world, component) : [];
            switch (happened)
            {
                case IncidentOpened opened:
                    Assert.All(opened.Components, said => Assert.True(
                        said.Region is { } region ? regions.Single(one => one.Region == region).IsOut : Desk.IsBad(component!.State), $"{opened.Title} at {opened.At}"));
                    break;
                case IncidentUpdated { Status: IncidentStatus.Resolved } resolved:
                    Assert.All(regions.Where(one => world.Incidents[resolved.Incident].RegionsNamed(Homepage).Contains(one.Region)), one =>
                    {
                        Assert.Equal(ComponentStatus.Operational, one.State.Status);
                        Assert.True(one.State.Known || world.Incidents[resolved.Incident].CameBack(Homepage, one.Region));
                    });
                    Assert.Equal(new ComponentState(ComponentStatus.Operational), component!.State);
                    break;
            }

            world = World.Fold(world, happened);
        }

        Assert.NotEmpty(story.World.Incidents);
        Assert.All(story.World.Incidents.Values, incident => Assert.All(["eu", "us"], region =>
        {
            var intervals = incident.IntervalsOf(Homepage, region);
            Assert.Equal(intervals.OrderBy(static one => one.From), intervals);
            Assert.All(intervals, static one => Assert.True(one.Until is null || one.Until >= one.From));
        }));
    }

    private static Story Watching() => new Story(Four).Monitor("web", component: "Homepage", regions: ["eu", "us"]).Pass(35);

    private static Story Out(Story story, VantageId[] places, string monitor = "web") => Set(story, places, monitor, Reading.Bad);

    private static Story Well(Story story, VantageId[] places) => Set(story, places, "web", Reading.Good);

    private static Story Set(Story story, VantageId[] places, string monitor, Reading reading)
    {
        foreach (var place in places)
        {
            story.Service(monitor, reading, from: place);
        }

        return story;
    }
}
