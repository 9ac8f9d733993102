using Candor.Languages;
using Candor.Pages;
using Candor.Pages.Phrases;
using Candor.Pages.Wording;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Tests.Pages;

public sealed class HeadlineTests
{
    private static readonly DateTimeOffset Now = SampleBriefs.Now;
    private static readonly HeadlineWords Words = PageWords.In(Language.English).Headline;

    private static readonly PageClock Clock = new("UTC", Language.English);

    [Theory]
    [InlineData("up", "A works.")]
    [InlineData("up up", "Both services work.")]
    [InlineData("up up up", "All 3 services work.")]
    [InlineData("down", "A is down since 09:54 UTC (12 min).")]
    [InlineData("down up", "A is down since 09:54 UTC (12 min). The other service works.")]
    [InlineData("down up up", "A is down since 09:54 UTC (12 min). Both other services work.")]
    [InlineData("down up up up slow", "A is down since 09:54 UTC (12 min). 3 of 4 other services work.")]
    [InlineData("down up up up up", "A is down since 09:54 UTC (12 min). All 4 other services work.")]
    [InlineData("down blind up up", "A is down since 09:54 UTC (12 min). 2 of 3 other services work, 1 we cannot see.")]
    [InlineData("down blind", "A is down since 09:54 UTC (12 min). We cannot see the other service.")]
    [InlineData("down down up", "A and B are down since 09:54 UTC (12 min). The other service works.")]
    [InlineData("down down down up", "A, B and C are down since 09:54 UTC (12 min). The other service works.")]
    [InlineData("down down down down up", "A, B and 2 more are down since 09:54 UTC (12 min). The other service works.")]
    [InlineData("down down", "Both services are down since 09:54 UTC (12 min).")]
    [InlineData("part up", "A is partly down since 09:54 UTC (12 min). The other service works.")]
    [InlineData("slow up", "A is degraded since 09:54 UTC (12 min). The other service works.")]
    [InlineData("work up", "A is under maintenance since 09:54 UTC (12 min). The other service works.")]
    [InlineData("blind up", "We cannot see A since 09:54 UTC (12 min). The other service works.")]
    [InlineData("blind blind", "We cannot see either service since 09:54 UTC (12 min).")]
    [InlineData("blind blind blind", "We cannot see any of the 3 services since 09:54 UTC (12 min).")]
    [InlineData("down blind blind", "A is down since 09:54 UTC (12 min). We cannot see the other 2 services.")]
    [InlineData("down slow part", "A is down since 09:54 UTC (12 min). The other 2 services have trouble too.")]
    [InlineData("down slow blind", "A is down since 09:54 UTC (12 min). None of the 2 other services works, 1 we cannot see.")]
    [InlineData("slow part", "B is partly down since 09:54 UTC (12 min). The other service has trouble too.")]
    public void The_page_begins_with_a_sentence_that_is_true(string states, string sentence) =>
        Assert.Equal(sentence, Said(states));

    [Fact]
    public void Without_components_the_page_says_that_nothing_is_watched() =>
        Assert.Equal("Nothing is watched yet.", Said(""));

    [Fact]
    public void When_all_is_well_again_an_incident_that_is_open_is_not_forgotten()
    {
        var well = SampleBriefs.Well();
        var world = World.Fold(well.World, new IncidentOpened(Now, new("i"), "T", Now, false, true, "", []));
        var secret = World.Fold(world, new IncidentOpened(Now, new("s"), "T", Now, true, false, "", []));

        var headline = Headline.Of(well with { World = secret }, Standing.Of(well), Words);

        Assert.Equal("All 7 services work. 1 incident is still open.", headline.Sentence(Clock, Now));
    }

    [Fact]
    public void What_began_on_another_day_is_told_with_its_date() =>
        Assert.Equal("A is down since Nov 19, 2026, 08:06 UTC (2 days 2h).", Said("down", Now.AddDays(-2).AddHours(-2)));

    [Fact]
    public async Task It_is_the_first_heading_the_title_and_before_everything_else()
    {
        var page = await PrintedPage.Of(SampleBriefs.Outage(), "/");

        Assert.Equal("Homepage is down since 09:54 UTC (12 min). 5 of 6 other services work.", page.Words("main > :first-child > h1"));
        Assert.Equal("Homepage is down since 09:54 UTC (12 min). 5 of 6 other services work – Heron Copier status", page.Title);
    }

    [Fact]
    public async Task Places_that_cannot_see_are_named_with_their_number_and_since_when() =>
        Assert.Contains(
            "2 of 5 monitors blind since 09:57 UTC: the default gateway does not answer.",
            (await PrintedPage.Of(SampleBriefs.Blind(), "/")).Words(".truth"), StringComparison.Ordinal);

    [Fact]
    public async Task Our_own_trouble_is_said_on_the_page() =>
        Assert.Contains(
            "New events cannot be stored at the moment; what is shown may be out of date. Since 09:41 UTC.",
            (await PrintedPage.Of(SampleBriefs.Stale(), "/")).Words(".truth"), StringComparison.Ordinal);

    private static string Said(string states, DateTimeOffset? since = null)
    {
        var at = since ?? new DateTimeOffset(2026, 11, 21, 9, 54, 0, TimeSpan.Zero);
        var facts = new List<Event>();
        foreach (var (state, i) in states.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((state, i) => (state, i)))
        {
            var name = ((char)('A' + i)).ToString();
            facts.Add(new ComponentAdded(Now.AddDays(-30), new(new(name), name, null, i)));
            facts.Add(new ComponentStateChanged(Now, new(name), at, State(state), null));
        }

        var brief = SampleBriefs.Read(facts, null);
        return Headline.Of(brief, Standing.Of(brief), Words).Sentence(Clock, Now);
    }

    private static ComponentState State(string word) => word switch
    {
        "up" => new(ComponentStatus.Operational),
        "slow" => new(ComponentStatus.DegradedPerformance),
        "part" => new(ComponentStatus.PartialOutage),
        "down" => new(ComponentStatus.MajorOutage),
        "work" => new(ComponentStatus.UnderMaintenance),
        _ => new(ComponentStatus.Operational, Known: false),
    };
}
