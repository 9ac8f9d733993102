using System.Collections.Immutable;
using Candor.Judging;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Tests.Judging;

/// <summary>What readings that came late may say: to people, that something began earlier. Nothing else.</summary>
public sealed class HindsightTests
{
    private static readonly Policy Two = Policy.Default with { Vantages = [VantageId.Local, Story.Eu], Controls = ["gateway", "resolvers"] };

    [Fact]
    public void P_14_Late_failures_up_to_the_start_suggest_an_earlier_one_and_change_nothing_else()
    {
        var story = Down();
        var before = story.World;

        Late(story, from: -600, until: 0);

        var incident = story.OnlyIncident;
        Assert.Equal((Began(story, -600), Story.Eu, new MonitorId("web")), (incident.EarlierStart!.StartedAt, incident.EarlierStart.Vantage, incident.EarlierStart.Monitor));
        Assert.Equal(before.Incidents[incident.Id].StartedAt, incident.StartedAt);
        Assert.Equal(before.Incidents[incident.Id].Updates, incident.Updates);
        Assert.Equal(before.Monitors, story.World.Monitors);
        Assert.Equal(before.Components, story.World.Components);
    }

    [Fact]
    public void It_is_said_once()
    {
        var story = Late(Down(), -600, 0);
        story.Pass(5);
        Late(story, -300, 0);

        Assert.Single(story.Events.OfType<EarlierStartSuggested>());
    }

    [Fact]
    public void What_a_blind_place_saw_suggests_nothing()
    {
        var story = Late(Down(), -600, 0, answers: false);
        Assert.Null(story.Pass(5).OnlyIncident.EarlierStart);
    }

    [Fact]
    public void One_target_of_two_that_answers_is_no_witness()
    {
        var story = Late(Down(), -600, 0, targets: ["gateway"]);
        Assert.Null(story.Pass(5).OnlyIncident.EarlierStart);
    }

    [Fact]
    public void A_place_that_became_blind_and_saw_again_is_believed_from_then_on()
    {
        var story = Down();
        Late(story, -600, -300, answers: false);
        Late(story, -290, 0);

        Assert.Equal(Began(story, -290), story.Pass(5).OnlyIncident.EarlierStart!.StartedAt);
    }

    [Fact]
    public void An_answer_in_between_ends_what_failed_before_it()
    {
        var story = Down();
        Late(story, -600, -300);
        Hear(story, -290, Reading.Good);
        Late(story, -280, 0);

        Assert.Equal(Began(story, -280), story.OnlyIncident.EarlierStart!.StartedAt);
    }

    [Fact]
    public void What_was_over_before_it_began_suggests_nothing()
    {
        var story = Down();
        Late(story, -600, -120);
        Hear(story, -110, Reading.Good);

        Assert.Null(story.Pass(5).OnlyIncident.EarlierStart);
    }

    [Fact]
    public void Where_readings_are_missing_nobody_knows_that_it_failed_all_the_time()
    {
        var story = Down();
        Late(story, -900, -600);
        Late(story, -200, 0);

        Assert.Equal(Began(story, -200), story.OnlyIncident.EarlierStart!.StartedAt);
    }

    [Fact]
    public void An_incident_that_opens_after_the_late_readings_is_told_of_them_too()
    {
        var story = new Story(Two).Monitor("web", component: "Homepage", from: [Story.Eu]);
        story.Pass(65).Silence(Story.Eu).Pass(300);
        Assert.Equal(Verdict.Unknown, story.VerdictOf("web"));

        // It comes back with five minutes of failures, and goes on failing.
        Late(story, -290, -40, began: story.Now.Wall);
        Assert.Empty(story.World.Incidents);
        for (var ago = -30; ago < 0; ago += 10)
        {
            foreach (var target in Two.Controls)
            {
                story.Hear(new ControlReading(Story.Eu, target, story.Now.Wall.AddSeconds(ago + 1), true, "") { Age = TimeSpan.FromSeconds(-ago - 1) });
            }

            story.Hear(new Observation(new("web"), Story.Eu, story.Now.Wall.AddSeconds(ago), Reading.Bad, "connection refused", default) { Age = TimeSpan.FromSeconds(-ago) });
        }

        story.Silence(Story.Eu, isSilent: false).Control("gateway", true, Story.Eu).Control("resolvers", true, Story.Eu).Service("web", Reading.Bad, from: Story.Eu).Pass(20);

        Assert.True(story.OnlyIncident.StartedAt - story.OnlyIncident.EarlierStart!.StartedAt > TimeSpan.FromMinutes(3));
    }

    [Fact]
    public void Once_a_person_has_set_the_start_nothing_is_suggested()
    {
        var story = Down();
        story.Say(new IncidentBackdated(story.Now.Wall, story.OnlyIncident.Id, Began(story, -60), new("person:ada")));

        Assert.Null(Late(story, -600, 0).OnlyIncident.EarlierStart);
    }

    [Fact]
    public void The_word_of_a_person_leaves_it_and_the_moved_start_ends_it()
    {
        var story = Late(Down(), -600, 0);
        var id = story.OnlyIncident.Id;
        story.Say(new IncidentUpdated(story.Now.Wall, id, 2, IncidentStatus.Identified, "We know.", false, []));
        Assert.NotNull(story.OnlyIncident.EarlierStart);

        var moved = IncidentDecisions.MoveStart(story.World, story.Now.Wall, new("person:ada"), id);
        story.Say([.. moved.Events]);

        Assert.Equal(Began(story, -600, back: true), story.OnlyIncident.StartedAt);
        Assert.Null(story.OnlyIncident.EarlierStart);
        Assert.Equal("nothing_earlier", IncidentDecisions.MoveStart(story.World, story.Now.Wall, new("person:ada"), id).Refusal?.Code);
        Assert.Null(Late(story, -900, -600).Pass(5).OnlyIncident.EarlierStart);
    }

    [Fact]
    public void An_incident_that_is_over_is_told_of_it_as_well()
    {
        var story = Down();
        var began = story.OnlyIncident.StartedAt;
        story.Service("web", Reading.Good).Pass(300);
        Assert.False(story.OnlyIncident.IsOpen);

        Late(story, -600, 60, began: began);

        Assert.Equal(began.AddSeconds(-600), story.OnlyIncident.EarlierStart!.StartedAt);
        Assert.False(story.OnlyIncident.IsOpen);
    }

    [Fact]
    public void What_could_not_be_stored_is_said_again()
    {
        var story = Down();
        story.IsStoring = false;
        Late(story, -600, 0);
        Assert.Null(story.OnlyIncident.EarlierStart);

        story.IsStoring = true;
        Assert.NotNull(story.Pass(3).OnlyIncident.EarlierStart);
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    [InlineData(23)]
    [InlineData(24)]
    public void P_14_Whatever_comes_late_no_verdict_status_or_word_comes_of_it(int seed)
    {
        var random = new Random(seed);
        var story = Down();
        var before = story.World;
        var at = -3_600;
        var signs = new List<Sign>();
        while (at < 0)
        {
            at += random.Next(1, 40);
            Sign sign = random.Next(3) == 0
                ? new LateControl(Story.Eu, Two.Controls[random.Next(2)], story.OnlyIncident.StartedAt.AddSeconds(at), random.Next(4) > 0)
                : new LateReading(new("web"), Story.Eu, story.OnlyIncident.StartedAt.AddSeconds(at), (Reading)random.Next(4));
            signs.Add(sign);
        }

        story.Hear([.. signs]);

        Assert.All(story.Events.Skip(story.Events.Count - (int)(story.OnlyIncident.Version - before.Incidents[story.OnlyIncident.Id].Version)), static happened => Assert.IsType<EarlierStartSuggested>(happened));
        Assert.Equal(before.Monitors, story.World.Monitors);
        Assert.Equal(before.Components, story.World.Components);
        Assert.Equal(before.Incidents.Keys, story.World.Incidents.Keys);
        Assert.Equal(before.Incidents[story.OnlyIncident.Id].Updates, story.OnlyIncident.Updates);
    }

    /// <summary>Both places see it fail from one moment on; the incident is open.</summary>
    private static Story Down()
    {
        var story = new Story(Two).Monitor("web", component: "Homepage").Control("gateway", true, Story.Eu).Control("resolvers", true, Story.Eu).Pass(65);
        return story.Service("web", Reading.Bad).Pass(60);
    }

    private static DateTimeOffset Began(Story story, int seconds, bool back = false) =>
        (back ? story.OnlyIncident.Backdatings[^1].Before : story.OnlyIncident.StartedAt).AddSeconds(seconds);

    private static void Hear(Story story, int at, Reading reading) =>
        story.Hear(new LateReading(new("web"), Story.Eu, story.OnlyIncident.StartedAt.AddSeconds(at), reading));

    /// <summary>Failures every ten seconds, from so many seconds before the incident began, and control targets that answer or do not.</summary>
    private static Story Late(
        Story story, int from, int until, bool answers = true, string[]? targets = null, DateTimeOffset? began = null)
    {
        var start = began ?? story.OnlyIncident.StartedAt;
        var signs = ImmutableArray.CreateBuilder<Sign>();
        for (var at = from; at < until; at += 10)
        {
            foreach (var target in targets ?? [.. Two.Controls])
            {
                signs.Add(new LateControl(Story.Eu, target, start.AddSeconds(at).AddSeconds(-1), answers));
            }

            signs.Add(new LateReading(new("web"), Story.Eu, start.AddSeconds(at), Reading.Bad));
            foreach (var target in targets ?? [.. Two.Controls])
            {
                signs.Add(new LateControl(Story.Eu, target, start.AddSeconds(at).AddSeconds(2), answers));
            }
        }

        return story.Hear([.. signs]);
    }
}
