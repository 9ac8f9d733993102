using Candor.Effects;
using Candor.Judging;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Tests.Judging;

/// <summary>Rule 18: what people said and set by hand, and what automation may still do.</summary>
public sealed class PeopleTests
{
    private static readonly Actor Ann = Actor.Person("ann");
    private static readonly ComponentId Web = new("web");

    [Fact]
    public void After_a_human_word_automation_measures_and_suggests_and_resolves_nothing()
    {
        var story = Down().Posts().Service("m", Reading.Good).Pass(600);

        var incident = story.OnlyIncident;
        Assert.True(incident.IsOpen);
        Assert.NotNull(incident.Downtimes[^1].Ended);
        Assert.Equal([SuggestionKind.Monitoring, SuggestionKind.Resolve], incident.Suggestions.Select(said => said.Kind));
        Assert.Equal(2, incident.Updates.Length);
    }

    [Fact]
    public void Released_it_is_resolved_by_itself()
    {
        var story = Down().Posts().Service("m", Reading.Good).Pass(30).Releases().Pass(300);

        Assert.Equal(IncidentStatus.Resolved, story.OnlyIncident.Status);
        Assert.True(story.OnlyIncident.Updates[^1].Automatic);
    }

    [Fact]
    public void A_released_incident_of_a_persons_keeps_the_child_that_still_fails_and_says_no_more_of_it()
    {
        var story = new Story().Monitor("db", component: "api").Monitor("form", component: "login", dependsOn: ["db"]).Pass(30);
        story.Say([.. IncidentDecisions.Open(story.World, story.Now.Wall, Ann, new("i"), new("T", "B", IncidentStatus.Investigating, [
            new(new("api"), ComponentStatus.MajorOutage), new(new("login"), ComponentStatus.MajorOutage)])).Events]);
        story.Service("db", Reading.Bad).Service("form", Reading.Bad).Pass(60).Releases().Service("db", Reading.Good).Pass(600);

        Assert.Contains(new MonitorId("form"), story.OnlyIncident.Causes);
        Assert.True(story.OnlyIncident.IsOpen);
        Assert.InRange(story.OnlyIncident.Updates.Length, 1, 4);

        Assert.False(story.Service("form", Reading.Good).Pass(600).OnlyIncident.IsOpen);
    }

    [Fact]
    public void Released_and_spoken_in_again_it_is_a_persons_again()
    {
        var story = Down().Posts().Releases().Posts().Service("m", Reading.Good).Pass(600);

        Assert.True(story.OnlyIncident is { IsOpen: true, HumanLed: true });
    }

    [Fact]
    public void Taken_over_without_a_word_it_stays_open_too()
    {
        var story = Down();
        story.Say([.. IncidentDecisions.TakeOver(story.World, story.Now.Wall, Ann, story.OnlyIncident.Id).Events]);

        story.Service("m", Reading.Good).Pass(600);

        Assert.True(story.OnlyIncident.IsOpen);
        Assert.Single(story.OnlyIncident.Updates);
    }

    [Fact]
    public void What_nothing_is_measured_of_cannot_be_released()
    {
        var story = new Story();
        story.Say([.. IncidentDecisions.Open(story.World, story.Now.Wall, Ann, new("i"), new("T", "B", IncidentStatus.Investigating, [])).Events]);

        Assert.Equal("nothing_measured", IncidentDecisions.Release(story.World, story.Now.Wall, Ann, new("i")).Refusal!.Code);
    }

    [Fact]
    public void Another_component_that_fails_is_suggested_once()
    {
        var story = Down().Posts().Component("shop", ["m"]).Pass(120);

        var said = Assert.Single(story.OnlyIncident.Suggestions);
        Assert.Equal((SuggestionKind.NameComponent, new ComponentId("shop")), (said.Kind, said.Component));
    }

    [Fact]
    public void A_status_set_by_hand_is_not_overwritten_and_ends_by_itself()
    {
        var story = Up().Pins(ComponentStatus.DegradedPerformance, hours: 1).Service("m", Reading.Bad).Pass(3590);
        Assert.Equal(ComponentStatus.DegradedPerformance, story.StateOf("web").Status);
        Assert.Empty(story.World.Incidents);

        story.Pass(20);

        Assert.Null(story.World.Components[Web].Pin);
        Assert.Equal(ComponentStatus.MajorOutage, story.StateOf("web").Status);
        Assert.True(story.OnlyIncident.IsOpen);
    }

    [Fact]
    public void While_a_component_is_set_by_hand_nothing_about_it_is_said_or_resolved_but_its_downtime_is_measured()
    {
        var story = Down().Pins(ComponentStatus.Operational, hours: 1).Pass(600);
        Assert.True(story.OnlyIncident.IsOpen);
        Assert.Null(story.OnlyIncident.Downtimes[^1].Ended);

        story.Service("m", Reading.Good).Pass(600);

        Assert.True(story.OnlyIncident is { IsOpen: true, Updates.Length: 1 });
        Assert.NotNull(story.OnlyIncident.Downtimes[^1].Ended);
    }

    [Fact]
    public void A_jump_of_the_calendar_ends_no_pin_early()
    {
        var story = Up().Pins(ComponentStatus.MajorOutage, hours: 1);
        story.Jump = TimeSpan.FromDays(1);

        story.Pass(3000);
        Assert.NotNull(story.World.Components[Web].Pin);

        story.Pass(700);
        Assert.Null(story.World.Components[Web].Pin);
    }

    [Fact]
    public void A_calendar_that_was_put_right_is_believed_after_an_hour()
    {
        var calendar = new Calendar(new(Story.T0, TimeSpan.Zero));
        Moment At(int minutes, int jump) => new(Story.T0.AddMinutes(minutes + jump), TimeSpan.FromMinutes(minutes));

        for (var minute = 1; minute < 61; minute++)
        {
            calendar = calendar.Read(At(minute, 180));
            Assert.Equal(Story.T0.AddMinutes(minute), calendar.At(At(minute, 180)));
        }

        calendar = calendar.Read(At(61, 180));
        Assert.Equal(Story.T0.AddMinutes(61 + 180), calendar.At(At(61, 180)));
    }

    [Fact]
    public void A_calendar_that_jumps_to_and_fro_is_never_believed()
    {
        var calendar = new Calendar(new(Story.T0, TimeSpan.Zero));
        for (var minute = 1; minute < 600; minute++)
        {
            Moment now = new(Story.T0.AddMinutes(minute + (minute % 50 < 25 ? 180 : 900)), TimeSpan.FromMinutes(minute));
            calendar = calendar.Read(now);
            Assert.Equal(Story.T0.AddMinutes(minute), calendar.At(now));
        }
    }

    [Fact]
    public void A_promise_falls_due_with_the_judging()
    {
        var story = new Story();
        story.Say([.. IncidentDecisions.Open(story.World, story.Now.Wall, Ann, new("i"),
            new("T", "B", IncidentStatus.Investigating, []) { NextUpdateBy = story.Now.Wall.AddMinutes(10) }).Events]);

        story.Pass(1200);

        Assert.Single(story.Events.OfType<NextUpdateReminded>());
        Assert.Equal(Story.T0.AddSeconds(601), Assert.Single(story.Events.OfType<NextUpdateMissed>()).At);
    }

    private static Story Up() => new Story().Monitor("m", component: "web").Pass(30);

    private static Story Down() => Up().Service("m", Reading.Bad).Pass(60);
}

internal static class PeopleInStories
{
    private static readonly Actor Ann = Actor.Person("ann");

    public static Story Posts(this Story story) => story.Say([.. IncidentDecisions.Post(
        story.World, story.Now.Wall, Ann, story.OnlyIncident.Id, new(null, "We are on it.", [])).Events]);

    public static Story Releases(this Story story) =>
        story.Say([.. IncidentDecisions.Release(story.World, story.Now.Wall, Ann, story.OnlyIncident.Id).Events]);

    public static Story Pins(this Story story, ComponentStatus status, int hours) => story.Say([.. PinDecisions.Pin(
        story.World, story.Now.Wall, Ann, new("web"), status, story.Now.Wall.AddHours(hours)).Events]);
}
