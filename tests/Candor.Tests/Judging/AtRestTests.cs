using Candor.Effects;
using Candor.Judging;
using Candor.State;
using static Candor.Tests.Judging.Story;

namespace Candor.Tests.Judging;

public sealed class AtRestTests
{
    [Fact]
    public void A_second_in_which_nothing_happens_costs_no_more_with_many_monitors_than_with_few() =>
        Assert.InRange(Cost(Watching(200)), 0, Cost(Watching(10)) + 1_000);

    [Fact]
    public void Nor_does_it_while_an_incident_is_open() =>
        Assert.InRange(Cost(Failing(200)), 0, Cost(Failing(10)) + 1_000);

    [Fact]
    public void What_was_said_and_not_stored_is_said_again_a_second_later()
    {
        var story = Watching(3).Silence(VantageId.Local).Pass(29);
        var (unheard, events) = story.Sitting.Tick(story.World, Later(story.Now, 10), NoId);
        var again = (story.Sitting with { Bench = unheard.Bench }).Tick(story.World, Later(story.Now, 11), NoId).Events;

        Assert.Equal(Said(events), Said(again));
        Assert.NotEmpty(Said(again));
    }

    [Fact]
    public void A_rest_ends_when_a_wait_is_over_though_nothing_was_heard()
    {
        var story = new Story(Policy.Default with { OpenAfter = TimeSpan.FromSeconds(25) })
            .Monitor("homepage", component: "Homepage").Pass(60)
            .Service("homepage", Reading.Bad);
        var (down, open) = (Until(story, () => story.VerdictOf("homepage") == Verdict.Down), Until(story, () => !story.World.Incidents.IsEmpty));

        Assert.InRange(open - down, TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(26));
    }

    private static TimeSpan Until(Story story, Func<bool> isSo)
    {
        for (var i = 0; i < 120 && !isSo(); i++)
        {
            story.Pass(1);
        }

        Assert.True(isSo());
        return story.Elapsed;
    }

    private static Story Watching(int monitors)
    {
        var story = new Story(Policy.Default with { Controls = [] });
        for (var i = 0; i < monitors; i++)
        {
            story.Monitor($"monitor-{i}", component: $"Component {i}");
        }

        return story.Pass(90);
    }

    private static Story Failing(int monitors) => Watching(monitors).Service("monitor-1", Reading.Bad).Pass(90);

    /// <summary>Bytes that the cheapest of some ticks takes: what goes through all monitors takes some for each.</summary>
    private static long Cost(Story story)
    {
        var (sitting, now, least) = (story.Sitting, story.Now, long.MaxValue);
        for (var i = 0; i < 5; i++)
        {
            now = Later(now, 1);
            var before = GC.GetAllocatedBytesForCurrentThread();
            (sitting, var events) = sitting.Tick(story.World, now, NoId);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.Empty(events);
        }

        return least;
    }

    private static Moment Later(Moment now, int seconds) =>
        new(now.Wall + TimeSpan.FromSeconds(seconds), now.Steady + TimeSpan.FromSeconds(seconds));

    private static List<MonitorId> Said(IEnumerable<Event> events) => [.. events.OfType<MonitorJudged>().Select(judged => judged.Monitor)];

    private static IncidentId NoId() => new("none");
}
