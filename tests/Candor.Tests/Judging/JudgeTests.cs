using Candor.Judging;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Tests.Judging;

public sealed class JudgeTests
{
    private static readonly Policy Three = Policy.Default with { Vantages = [VantageId.Local, Story.Eu, Story.Us] };

    [Fact]
    public void A_service_that_answers_is_up_from_its_first_answer_on()
    {
        var story = new Story().Monitor("web").Pass(15);

        var judged = Assert.Single(story.Verdicts);
        Assert.Equal((Verdict.Up, Story.T0.AddSeconds(10)), (judged.Verdict, judged.Since));
    }

    [Fact]
    public void Two_bad_readings_and_a_control_target_that_answers_make_it_down_since_the_first()
    {
        var story = new Story().Monitor("web").Pass(35).Service("web", Reading.Bad).Pass(14);
        Assert.Equal(Verdict.Up, story.VerdictOf("web"));

        story.Pass(5);

        var judged = story.Verdicts.Last();
        Assert.Equal((Verdict.Down, Story.T0.AddSeconds(40)), (judged.Verdict, judged.Since));
        Assert.Equal(new Evidence(1, 1, 1, "connection refused", Story.T0.AddSeconds(50)), judged.Evidence);
    }

    [Fact]
    public void One_bad_reading_changes_nothing()
    {
        var story = new Story().Monitor("web").Pass(35).Service("web", Reading.Bad).Pass(9);

        story.Service("web", Reading.Good).Pass(60);

        Assert.Single(story.Verdicts);
    }

    [Fact]
    public void It_is_up_again_after_two_good_readings_since_the_first_of_them()
    {
        var story = new Story().Monitor("web").Pass(35).Service("web", Reading.Bad).Pass(30);

        story.Service("web", Reading.Good).Pass(10);
        Assert.Equal(Verdict.Down, story.VerdictOf("web"));

        story.Pass(10);
        Assert.Equal((Verdict.Up, Story.T0.AddSeconds(70)), (story.VerdictOf("web"), story.MonitorOf("web").Since));
    }

    [Fact]
    public void A_reading_of_nothing_is_never_evidence_and_ends_in_unknown_when_the_last_real_one_has_grown_old()
    {
        var story = new Story().Monitor("web").Pass(35).Service("web", Reading.None, "our own fault").Pass(25);
        Assert.Equal(Verdict.Up, story.VerdictOf("web"));

        story.Pass(3);

        Assert.Equal((Verdict.Unknown, Story.T0.AddSeconds(30)), (story.VerdictOf("web"), story.MonitorOf("web").Since));
    }

    [Fact]
    public void Unknown_ends_only_with_fresh_evidence_however_long_it_lasts()
    {
        var story = new Story().Monitor("web").Pass(35).Service("web", Reading.None).Pass(4000);
        Assert.Equal(Verdict.Unknown, story.VerdictOf("web"));

        story.Service("web", Reading.Good).Pass(10);
        Assert.Equal(Verdict.Unknown, story.VerdictOf("web"));

        story.Pass(10);
        Assert.Equal(Verdict.Up, story.VerdictOf("web"));
    }

    [Fact]
    public void A_bad_reading_is_no_way_out_of_unknown_even_where_the_settled_one_before_it_was_good()
    {
        var story = new Story().Monitor("web").Pass(35).Service("web", Reading.Bad).Pass(10)
            .Service("web", Reading.None).Control("resolvers", false).Pass(22);
        Assert.Equal(Verdict.Unknown, story.VerdictOf("web"));

        story.Control("resolvers", true).Pass(3);
        Assert.Equal(VantageStatus.Live, story.World.Vantages[VantageId.Local].Status);
        Assert.Equal(Verdict.Unknown, story.VerdictOf("web"));

        story.Service("web", Reading.Good).Pass(25);
        Assert.Equal(Verdict.Up, story.VerdictOf("web"));
    }

    /// <summary>Found by the simulator: a reading that was good made a service down.</summary>
    [Fact]
    public void An_answer_is_no_way_out_of_unknown_into_down_even_where_the_settled_one_before_it_was_bad()
    {
        var story = new Story().Monitor("web").Pass(35).Service("web", Reading.Bad).Pass(20);
        Assert.Equal(Verdict.Down, story.VerdictOf("web"));
        story.Service("web", Reading.None).Control("resolvers", false).Pass(30);
        Assert.Equal(Verdict.Unknown, story.VerdictOf("web"));

        story.Service("web", Reading.Good).Pass(6).Control("resolvers", true).Pass(6);
        Assert.Equal(VantageStatus.Live, story.World.Vantages[VantageId.Local].Status);
        Assert.Equal(Verdict.Unknown, story.VerdictOf("web"));

        story.Pass(10);
        Assert.Equal(Verdict.Up, story.VerdictOf("web"));
    }

    [Fact]
    public void A_control_target_that_does_not_answer_is_no_witness()
    {
        var story = new Story().Monitor("web").Pass(35).Service("web", Reading.Bad).Pass(15).AllControls(false).Pass(1);
        Assert.NotEqual(Verdict.Down, story.VerdictOf("web"));

        story.AllControls(true).Pass(3);
        Assert.Equal(Verdict.Down, story.VerdictOf("web"));
    }

    [Fact]
    public void What_was_unknown_stays_so_in_the_past()
    {
        var story = new Story().Monitor("web").Pass(35).Control("resolvers", false).Pass(50);
        Assert.Equal(Verdict.Unknown, story.VerdictOf("web"));
        var unknownSince = story.MonitorOf("web").Since;

        story.Control("resolvers", true).Pass(20);

        Assert.Equal(Verdict.Up, story.VerdictOf("web"));
        Assert.True(story.MonitorOf("web").Since > unknownSince, $"up since {Story.At(story.MonitorOf("web").Since)}");
    }

    [Fact]
    public void An_outage_of_which_one_place_still_sees_the_rest_keeps_its_length()
    {
        var story = new Story(Three).Monitor("web").Pass(35).Service("web", Reading.Bad).Pass(60);
        var downSince = story.MonitorOf("web").Since;
        Assert.Equal(Verdict.Down, story.VerdictOf("web"));

        story.Service("web", Reading.Good, from: VantageId.Local).Service("web", Reading.Good, from: Story.Us).Pass(30);

        Assert.Equal(Verdict.Degraded, story.VerdictOf("web"));
        Assert.InRange(story.MonitorOf("web").Since, downSince.AddSeconds(50), downSince.AddSeconds(70));

        story.Service("web", Reading.Good).Pass(30);
        Assert.Equal(Verdict.Up, story.VerdictOf("web"));
        Assert.InRange(story.MonitorOf("web").Since, downSince.AddSeconds(75), downSince.AddSeconds(100));
    }

    [Fact]
    public void When_every_control_target_fails_the_place_is_blind_and_nothing_is_called_down()
    {
        var story = new Story().Monitor("web").Monitor("api").Pass(35)
            .AllControls(false).Service("web", Reading.Bad).Service("api", Reading.Bad).Pass(120);

        Assert.DoesNotContain(story.Verdicts, judged => judged.Verdict == Verdict.Down);
        Assert.Equal(Verdict.Unknown, story.VerdictOf("web"));
        var blind = story.Events.OfType<VantageChanged>().Last();
        Assert.Equal((VantageStatus.Blind, "gateway is silent"), (blind.Status, blind.Reason));
        Assert.Equal("local cannot see: gateway is silent", story.MonitorOf("web").Evidence!.Reason);
    }

    [Fact]
    public void A_place_that_sees_again_needs_new_readings_for_a_verdict()
    {
        var story = new Story().Monitor("web").Pass(35).AllControls(false).Service("web", Reading.Bad).Pass(60);

        story.AllControls(true).Pass(9);
        Assert.Equal(Verdict.Unknown, story.VerdictOf("web"));

        story.Pass(18);
        Assert.Equal(Verdict.Down, story.VerdictOf("web"));
        Assert.True(story.MonitorOf("web").Since >= Story.T0.AddSeconds(95));
    }

    [Fact]
    public void When_more_than_half_fail_at_once_the_place_is_suspect_until_a_control_target_answers()
    {
        var story = new Story().Monitor("a").Monitor("b").Monitor("c").Pass(36);
        foreach (var id in new[] { "a", "b", "c" })
        {
            story.Service(id, Reading.Bad);
        }

        story.Pass(24);

        Assert.Equal(
            [VantageStatus.Live, VantageStatus.Suspect, VantageStatus.Live],
            story.Events.OfType<VantageChanged>().Select(change => change.Status));
        Assert.Equal(Verdict.Down, story.VerdictOf("a"));
    }

    [Fact]
    public void P_18_A_dead_resolver_makes_the_place_suspect_and_nothing_down()
    {
        var story = new Story().Monitor("a").Monitor("b").Monitor("c").Pass(36).Control("resolvers", false);
        foreach (var id in new[] { "a", "b", "c" })
        {
            story.Service(id, Reading.None, "the name could not be resolved");
        }

        story.Pass(20);
        Assert.Equal(VantageStatus.Suspect, story.World.Vantages[VantageId.Local].Status);

        story.Pass(100);
        Assert.DoesNotContain(story.Verdicts, judged => judged.Verdict == Verdict.Down);
        Assert.Equal(Verdict.Unknown, story.VerdictOf("a"));
        Assert.Empty(story.World.Incidents);
    }

    [Fact]
    public void A_gateway_that_never_answers_tells_nothing()
    {
        var story = new Story().Control("gateway", false).Monitor("web").Pass(35).Service("web", Reading.Bad).Pass(24);

        Assert.Equal(Verdict.Down, story.VerdictOf("web"));
    }

    [Fact]
    public void Without_control_targets_a_place_is_believed()
    {
        var story = new Story(Policy.Default with { Controls = [] }).Monitor("web").Pass(35).Service("web", Reading.Bad).Pass(15);

        Assert.Equal(Verdict.Down, story.VerdictOf("web"));
    }

    [Fact]
    public void Control_targets_that_are_no_longer_tried_end_in_unknown_not_in_trust()
    {
        var story = new Story().Monitor("web", every: 1);
        story.Hear(
            new ControlReading(VantageId.Local, "gateway", story.Now.Wall, true, ""),
            new Observation(new("web"), VantageId.Local, story.Now.Wall, Reading.Good, "", TimeSpan.Zero));
        foreach (var target in story.World.Policy.Controls)
        {
            story.Control(target, true);
        }

        story.Silence(VantageId.Local).Pass(31);

        Assert.Equal(Verdict.Unknown, story.VerdictOf("web"));
        Assert.Equal(VantageStatus.Suspect, story.World.Vantages[VantageId.Local].Status);
    }

    [Theory]
    [InlineData("ggg", nameof(Verdict.Up))]
    [InlineData("bgg", nameof(Verdict.Degraded))]
    [InlineData("bbg", nameof(Verdict.Down))]
    [InlineData("bbb", nameof(Verdict.Down))]
    [InlineData("sss", nameof(Verdict.Degraded))]
    [InlineData("ssg", nameof(Verdict.Up))]
    [InlineData("-gg", nameof(Verdict.Up))]
    [InlineData("-bg", nameof(Verdict.Degraded))]
    [InlineData("-bb", nameof(Verdict.Down))]
    [InlineData("--b", nameof(Verdict.Unknown))]
    [InlineData("--g", nameof(Verdict.Unknown))]
    [InlineData("---", nameof(Verdict.Unknown))]
    public void Live_places_vote_and_too_few_of_them_know_nothing(string votes, string expected)
    {
        var story = new Story(Three).Monitor("web").Pass(35);
        for (var i = 0; i < 3; i++)
        {
            var vantage = Three.Vantages[i];
            var reading = votes[i] switch { 'g' => Reading.Good, 's' => Reading.Slow, 'b' => Reading.Bad, _ => Reading.None };
            story.Service("web", reading, "seen so", vantage);
        }

        story.Pass(150);

        Assert.Equal(expected, story.VerdictOf("web").ToString());
        Assert.True(expected == "Unknown" || story.MonitorOf("web").Evidence!.Bad == votes.Count(vote => vote == 'b'));
        Assert.Equal(3, story.MonitorOf("web").Evidence!.Configured);
    }

    [Fact]
    public void A_remote_place_that_is_not_heard_from_is_blind_after_30_seconds()
    {
        var story = new Story(Three).Monitor("web").Pass(35).Silence(Story.Eu).Pass(32);

        Assert.Equal(VantageStatus.Blind, story.World.Vantages[Story.Eu].Status);
        Assert.Equal(Verdict.Up, story.VerdictOf("web"));
    }

    [Fact]
    public void After_a_restart_the_verdict_is_kept_while_readings_could_still_be_fresh()
    {
        var story = new Story().Monitor("web").Pass(35).Restart().Pass(25);

        Assert.Single(story.Verdicts);
    }

    [Fact]
    public void After_a_restart_without_readings_the_verdict_lapses()
    {
        var story = new Story().Monitor("web").Pass(35).Service("web", Reading.None).Restart().Pass(32);

        Assert.Equal(Verdict.Unknown, story.VerdictOf("web"));
    }

    [Fact]
    public void A_long_stop_is_unknown_from_its_beginning()
    {
        var story = new Story().Monitor("web").Pass(35);
        var alive = story.Now.Wall.AddHours(-1);

        story.Restart(alive).Pass(1);

        Assert.Equal((Verdict.Unknown, alive), (story.VerdictOf("web"), story.Verdicts.Last().Since));
    }

    [Fact]
    public void Readings_that_come_late_change_no_verdict()
    {
        var story = new Story(Three).Monitor("web").Pass(35);

        for (var i = 0; i < 10; i++)
        {
            story.Hear(new Observation(new("web"), Story.Eu, Story.T0, Reading.Bad, "old", TimeSpan.Zero)
            {
                Age = TimeSpan.FromMinutes(5),
            });
        }

        Assert.Single(story.Verdicts);
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    [InlineData(86400)]
    [InlineData(-86400)]
    [InlineData(-1)]
    public void P_17_A_jump_of_the_wall_clock_changes_no_verdict_and_opens_nothing(int seconds)
    {
        var story = new Story().Monitor("web", component: "Homepage").Pass(35);

        story.Jump = TimeSpan.FromSeconds(seconds);
        story.Pass(600);
        story.Jump = TimeSpan.Zero;
        story.Pass(600);

        Assert.Single(story.Verdicts);
        Assert.Empty(story.World.Incidents);
        Assert.Equal(Math.Abs(seconds) > 5 ? 2 : 0, story.Events.OfType<ClockJumped>().Count());
    }

    [Fact]
    public void Amounts_that_change_are_no_news_but_other_words_are_once_they_last()
    {
        var story = new Story().Monitor("web").Pass(35).Service("web", Reading.Bad, "timed out after 5 s").Pass(40);
        story.Service("web", Reading.Bad, "timed out after 5.1 s").Pass(200);
        Assert.Equal(2, story.Verdicts.Count());

        story.Service("web", Reading.Bad, "answered 503").Pass(30);

        Assert.Equal((Verdict.Down, "answered 503"), (story.Verdicts.Last().Verdict, story.Verdicts.Last().Evidence.Reason));
        Assert.Equal(Story.T0.AddSeconds(40), story.Verdicts.Last().Since);
        Assert.Equal(3, story.Verdicts.Count());
    }

    [Fact]
    public void A_fact_that_was_not_committed_is_said_again()
    {
        var story = new Story().Monitor("web").Pass(35).Service("web", Reading.Bad).Pass(24);
        var down = story.Verdicts.Last();
        var before = story.Events.TakeWhile(e => e != (Event)down).Aggregate(World.Empty, World.Fold);

        var (_, events) = story.Sitting.Tick(before, story.Now, () => new("again"));

        Assert.Contains(events, e => e is MonitorJudged { Verdict: Verdict.Down });
    }
}
