using Candor.Judging;
using Candor.State;

namespace Candor.Tests.Judging;

public sealed class StatusesTests
{
    /// <summary>u = up, g = degraded, d = down, ? = unknown; the expected status, with "?" where it is only the last known.</summary>
    [Theory]
    [InlineData("u", "Operational")]
    [InlineData("uu", "Operational")]
    [InlineData("ud", "PartialOutage")]
    [InlineData("dd", "MajorOutage")]
    [InlineData("d", "MajorOutage")]
    [InlineData("ug", "DegradedPerformance")]
    [InlineData("gd", "PartialOutage")]
    [InlineData("u?", "Operational?")]
    [InlineData("??", "Operational?")]
    [InlineData("g?", "DegradedPerformance")]
    [InlineData("d?", "PartialOutage")]
    public void A_component_is_what_its_monitors_are(string verdicts, string expected) =>
        Assert.Equal(expected, StatusOf(verdicts, need: null));

    [Theory]
    [InlineData("uuu", 2, "Operational")]
    [InlineData("uud", 2, "Operational")]
    [InlineData("udd", 2, "MajorOutage")]
    [InlineData("uu?", 2, "Operational")]
    [InlineData("ud?", 2, "Operational?")]
    [InlineData("dd?", 2, "MajorOutage")]
    [InlineData("???", 2, "Operational?")]
    [InlineData("ugd", 2, "DegradedPerformance")]
    public void A_group_works_while_enough_of_its_members_do(string verdicts, int need, string expected) =>
        Assert.Equal(expected, StatusOf(verdicts, need));

    [Theory]
    [InlineData("uuu", "Full")]
    [InlineData("uud", "AtRisk")]
    [InlineData("uu?", "AtRisk")]
    [InlineData("udd", "Lost")]
    [InlineData("ud?", null)]
    public void A_group_says_how_much_may_still_fail(string verdicts, string? expected)
    {
        var world = WorldOf(verdicts, need: 2);

        Assert.Equal(expected, world.RedundancyOf(world.Components[new("c")].Definition)?.ToString());
    }

    [Fact]
    public void What_is_not_known_keeps_the_last_status_and_says_so()
    {
        var story = new Story().Monitor("web", component: "Homepage").Pass(35).Service("web", Reading.Bad).Pass(60)
            .AllControls(false).Pass(60);

        Assert.Equal(new ComponentState(ComponentStatus.MajorOutage, Known: false), story.StateOf("Homepage"));
        Assert.Equal("local cannot see: gateway is silent", story.World.Components[new("Homepage")].Reason);
    }

    /// <summary>What the monitors were, what they are, and what readers see then.</summary>
    [Theory]
    [InlineData("dg", "?g", "PartialOutage?")]
    [InlineData("dd", "d?", "MajorOutage")]
    [InlineData("dg", "ug", "DegradedPerformance")]
    [InlineData("dg", "d?", "PartialOutage")]
    [InlineData("gu", "?u", "DegradedPerformance?")]
    [InlineData("ug", "?g", "DegradedPerformance")]
    [InlineData("ddd", "?ud", "PartialOutage")]
    [InlineData("ddd", "?uu", "MajorOutage?")]
    public void P_15_Nothing_has_come_back_because_nobody_sees_it_any_more(string before, string after, string expected)
    {
        var story = StoryOf(before, need: null);
        story.Say([.. Statuses.Follow(story.World, story.Now)]);
        story.Say(Judgements(after));

        var (state, _) = Statuses.Of(story.World, story.World.Components[new("c")])!.Value;

        Assert.Equal(expected, state.Status + (state.Known ? "" : "?"));
    }

    [Fact]
    public void A_component_that_nothing_watches_is_left_alone()
    {
        var story = new Story().Component("Poster", []).Pass(60);

        Assert.Empty(story.Events.OfType<ComponentStateChanged>());
    }

    private static string StatusOf(string verdicts, int? need)
    {
        var world = WorldOf(verdicts, need);
        var (state, _) = Statuses.Of(world, world.Components[new("c")])!.Value;
        return state.Status + (state.Known ? "" : "?");
    }

    private static World WorldOf(string verdicts, int? need) => StoryOf(verdicts, need).World;

    private static Story StoryOf(string verdicts, int? need)
    {
        var story = new Story();
        var ids = verdicts.Select((_, i) => $"m{i}").ToArray();
        foreach (var id in ids)
        {
            story.Monitor(id);
        }

        story.Say(Judgements(verdicts));
        return need is { } n
            ? story.Component("c", [], new([.. ids.Select(id => new MonitorId(id))], n))
            : story.Component("c", ids);
    }

    private static Event[] Judgements(string verdicts) => [.. verdicts.Select(static (one, i) => new MonitorJudged(
        Story.T0, new($"m{i}"),
        one switch { 'u' => Verdict.Up, 'g' => Verdict.Degraded, 'd' => Verdict.Down, _ => Verdict.Unknown },
        Story.T0, new(0, 1, 1, "", null)))];
}
