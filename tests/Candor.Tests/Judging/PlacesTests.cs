using Candor.Judging;
using Candor.State;

namespace Candor.Tests.Judging;

/// <summary>Several places, and what is said of what each of them saw.</summary>
public sealed class PlacesTests
{
    private static readonly Policy Three = Policy.Default with { Vantages = [VantageId.Local, Story.Eu, Story.Us] };

    [Fact]
    public void An_incident_says_what_each_place_saw()
    {
        var story = new Story(Three).Monitor("web", component: "Homepage").Pass(35);
        story.Service("web", Reading.Bad, from: Story.Eu).Service("web", Reading.Bad, from: Story.Us).Pass(40);

        Assert.Contains("connection refused, down from eu and us, up from local, since", story.OnlyIncident.Updates[0].Body, StringComparison.Ordinal);
        Assert.Equal(
            [Verdict.Up, Verdict.Down, Verdict.Down],
            story.MonitorOf("web").Evidence!.Places!.Select(static sight => sight.Saw));
    }

    [Fact]
    public void A_place_that_is_silent_is_named_as_one_that_does_not_see()
    {
        var story = new Story(Three).Monitor("web", component: "Homepage").Pass(35).Silence(Story.Us).Pass(40);
        story.Service("web", Reading.Bad).Pass(40);

        Assert.Contains("down from local and eu, unknown from us, since", story.OnlyIncident.Updates[0].Body, StringComparison.Ordinal);
        var us = Judge.SightsOf(story.Sitting.Bench, story.World, story.MonitorOf("web"), story.Now)[2];
        Assert.Equal((Verdict.Unknown, "nothing has been heard from it"), (us.Saw, us.Reason));
    }

    [Fact]
    public void P_15_A_monitor_that_only_a_silent_place_watches_is_unknown_and_nothing_opens()
    {
        var story = new Story(Three).Monitor("web", component: "Homepage", from: [Story.Eu]).Pass(35).Silence(Story.Eu).Pass(32);

        Assert.Equal(Verdict.Unknown, story.VerdictOf("web"));
        Assert.Empty(story.World.Incidents);
        Assert.Equal(VantageStatus.Blind, story.World.Vantages[Story.Eu].Status);
    }

    [Fact]
    public void P_15_A_place_that_goes_blind_is_no_sign_that_what_it_saw_fail_works_again()
    {
        var story = new Story(Three).Monitor("web", component: "Homepage").Pass(35);
        story.Service("web", Reading.Bad, from: VantageId.Local).Service("web", Reading.Bad, from: Story.Eu).Pass(60);
        Assert.Equal(Verdict.Down, story.VerdictOf("web"));
        var said = story.OnlyIncident.Updates.Length;

        story.Silence(Story.Eu).Pass(120);

        Assert.Equal((Verdict.Down, said), (story.VerdictOf("web"), story.OnlyIncident.Updates.Length));
        Assert.Null(story.OnlyIncident.Downtimes[^1].Ended);

        // Whoever saw it fail and sees it work does say so.
        Assert.Equal(Verdict.Up, story.Service("web", Reading.Good, from: VantageId.Local).Pass(60).VerdictOf("web"));
    }

    [Fact]
    public void P_15_A_tie_by_silence_changes_nothing_whenever_the_others_saw_it_work_and_one_by_removal_does()
    {
        var story = new Story(Three).Monitor("web", component: "Homepage").Pass(35).Service("web", Reading.Bad).Pass(60);
        story.Service("web", Reading.Good, from: Story.Us).Pass(60);
        Assert.Equal(Verdict.Down, story.VerdictOf("web"));

        Assert.Equal(Verdict.Down, story.Silence(Story.Eu).Pass(120).VerdictOf("web"));

        story.Say(new PolicyConfigured(story.Now.Wall, Three with { Vantages = [VantageId.Local, Story.Us] }));
        Assert.Equal(Verdict.Degraded, story.Pass(60).VerdictOf("web"));
    }

    [Fact]
    public void A_heartbeat_is_judged_here_alone_however_many_places_there_are()
    {
        var story = new Story(Three).Say(new MonitorAdded(Story.T0, new(
            new("backup"), new("heartbeat", "backup", "{}"), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5), JudgingRules.Default)));

        Assert.Equal([VantageId.Local], Judge.VantagesOf(story.World, story.MonitorOf("backup").Definition));
        Assert.Equal(Verdict.Up, story.Pass(35).VerdictOf("backup"));
    }

    [Fact]
    public void A_control_target_that_answered_before_the_bad_reading_is_no_witness_of_it()
    {
        var policy = Policy.Default with { Vantages = [VantageId.Local, Story.Eu], Controls = ["gateway"] };
        var story = new Story(policy).Monitor("web", component: "Homepage", from: [Story.Eu]).Control("gateway", true, Story.Eu).Pass(35);
        story.Silence(Story.Eu);
        for (var ago = 20; ago >= 10; ago -= 10)
        {
            story.Hear(
                new ControlReading(Story.Eu, "gateway", story.Now.Wall, Answered: true, "") { Age = TimeSpan.FromSeconds(ago + 1) },
                new Observation(new("web"), Story.Eu, story.Now.Wall, Reading.Bad, "connection refused", TimeSpan.Zero) { Age = TimeSpan.FromSeconds(ago) });
        }

        Assert.Equal(Verdict.Up, story.VerdictOf("web"));
        story.Hear(new ControlReading(Story.Eu, "gateway", story.Now.Wall, Answered: true, "") { Age = TimeSpan.FromSeconds(1) });
        Assert.Equal(Verdict.Down, story.VerdictOf("web"));
    }
}
