using Candor.Pages;
using Candor.State;

namespace Candor.Tests.Pages;

public sealed class StandingTests
{
    private static readonly DateTimeOffset Now = SampleBriefs.Now;

    [Fact]
    public void With_data_of_three_intervals_a_component_is_what_the_facts_say() =>
        Assert.True(One(readAt: Now.AddSeconds(-90)).IsWell);

    [Fact]
    public void With_data_older_than_three_intervals_it_is_unknown_since_we_last_saw_it()
    {
        var standing = One(readAt: Now.AddSeconds(-91));

        Assert.False(standing.State.Known);
        Assert.Equal(Now.AddSeconds(-91), standing.Since);
    }

    [Fact]
    public void An_outage_that_nobody_sees_any_more_is_unknown_too() =>
        Assert.False(One(Now.AddHours(-1), ComponentStatus.MajorOutage).State.Known);

    [Fact]
    public void A_monitor_that_was_never_read_makes_its_component_unknown() => Assert.False(One(readAt: null).State.Known);

    [Fact]
    public void One_old_monitor_of_two_is_enough_to_doubt()
    {
        var brief = SampleBriefs.Read(
            [
                SampleBriefs.Monitored("new"), SampleBriefs.Monitored("old"),
                new ComponentAdded(Now.AddDays(-1), new(new("c"), "C", null, 0) { Monitors = [new("new"), new("old")] }),
                State("c", ComponentStatus.Operational),
            ],
            Now);
        brief = brief with { LastReadings = brief.LastReadings.SetItem(new("old"), Now.AddHours(-2)) };

        Assert.False(Assert.Single(Standing.Of(brief)).State.Known);
    }

    [Fact]
    public void A_component_without_monitors_is_what_people_say_of_it()
    {
        var brief = SampleBriefs.Read(
            [new ComponentAdded(Now.AddDays(-1), new(new("c"), "C", null, 0)), State("c", ComponentStatus.Operational)], null);

        Assert.True(Assert.Single(Standing.Of(brief)).IsWell);
    }

    [Fact]
    public void A_group_is_as_bad_as_its_worst_part_and_as_old()
    {
        var group = Assert.Single(Standing.Of(Family(partStatus: ComponentStatus.PartialOutage)));

        Assert.Equal(new(ComponentStatus.PartialOutage), group.State);
        Assert.Equal(Now.AddHours(-1), group.Since);
        Assert.Equal(["A", "B"], group.Parts.Select(part => part.Name));
    }

    [Fact]
    public void A_part_whose_parent_is_gone_stays_on_the_page()
    {
        var family = Family(ComponentStatus.Operational);
        var orphaned = family with { World = World.Fold(family.World, new ComponentRemoved(Now, new("g"))) };

        Assert.Equal(["A", "B"], Standing.Of(orphaned).Select(root => root.Name));
    }

    [Fact]
    public async Task Nothing_is_green_on_a_page_whose_data_is_old()
    {
        var page = await PrintedPage.Of(SampleBriefs.Stale(), "/");

        Assert.Empty(page.QuerySelectorAll(".m.op, .st.op"));
        Assert.Empty(page.QuerySelectorAll(".strip:not(.blind) path.op"));
        Assert.StartsWith("We cannot see any of the 7 services since 09:41 UTC (25 min).", page.Words("h1"), StringComparison.Ordinal);
        Assert.Equal(7, page.QuerySelectorAll(".why").Length);
    }

    [Fact]
    public async Task On_a_page_whose_data_is_fresh_the_same_facts_are_green() =>
        Assert.NotEmpty((await PrintedPage.Of(SampleBriefs.Well(), "/")).QuerySelectorAll(".m.op"));

    private static Standing One(DateTimeOffset? readAt, ComponentStatus status = ComponentStatus.Operational) =>
        Assert.Single(Standing.Of(SampleBriefs.Read(
            [
                SampleBriefs.Monitored("m"),
                new ComponentAdded(Now.AddDays(-1), new(new("c"), "C", null, 0) { Monitors = [new("m")] }),
                State("c", status),
            ],
            readAt)));

    private static Brief Family(ComponentStatus partStatus) => SampleBriefs.Read(
        [
            new ComponentAdded(Now.AddDays(-1), new(new("g"), "G", null, 0)),
            new ComponentAdded(Now.AddDays(-1), new(new("b"), "B", new("g"), 1)),
            new ComponentAdded(Now.AddDays(-1), new(new("a"), "A", new("g"), 0)),
            State("a", ComponentStatus.Operational), State("b", partStatus),
        ],
        null);

    private static ComponentStateChanged State(string id, ComponentStatus status) =>
        new(Now.AddHours(-1), new(id), Now.AddHours(-1), new(status), null);
}
