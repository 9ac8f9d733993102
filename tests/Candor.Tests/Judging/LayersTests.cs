using Candor.Effects;
using Candor.Judging;
using Candor.State;

namespace Candor.Tests.Judging;

/// <summary>What readers get, what stands behind it, and what is written: judged together.</summary>
public sealed class LayersTests
{
    private const string Page = "https://shop.example/";
    private static readonly string Cached = $"Shop: {Layers.CacheAlone}. What readers are shown of it may be old.\n\n{Wording.Signature}";

    [Fact]
    public void A_cache_that_answers_for_an_origin_that_does_not_is_said_once()
    {
        var story = Shop(("front", new("http", Page, "{}") { Front = Page }), ("past", Past)).Pass(35);
        story.Service("past", Reading.Bad).Pass(600);

        var bodies = story.OnlyIncident.Updates.Select(static update => update.Body).ToList();
        Assert.DoesNotContain(Layers.CacheAlone, bodies[0], StringComparison.Ordinal);
        Assert.Single(bodies, Cached);
        Assert.Equal(2, bodies.Count);
    }

    [Fact]
    public void It_stands_in_the_first_words_where_it_is_known_by_then()
    {
        var story = Shop(Policy.Default with { OpenAfter = TimeSpan.FromSeconds(30) }, ("front", new("http", Page, "{}") { Front = Page }), ("past", Past)).Pass(35);
        story.Service("past", Reading.Bad).Pass(300);

        Assert.Equal(
            $"A part of Shop is not answering: connection refused, seen by 1 of 1 places since 09:00 UTC; {Layers.CacheAlone}.\n\n{Wording.Signature}",
            Assert.Single(story.OnlyIncident.Updates).Body);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(9)]
    public void An_outage_of_both_that_is_seen_of_one_first_is_never_taken_for_a_cache(int apart)
    {
        // The front is looked at later than what is behind it, and needs more failures before it is held to be down.
        var story = new Story();
        Add(story, "past", Past, 10);
        Add(story, "front", new("http", Page, "{}") { Front = Page }, 10 + apart);
        story.Component("Shop", ["front", "past"]).Pass(40);
        story.Service("past", Reading.Bad).Service("front", Reading.Bad).Pass(600);

        Assert.DoesNotContain(story.OnlyIncident.Updates, static update => update.Body.Contains("cache", StringComparison.Ordinal));
    }

    [Fact]
    public void An_answer_that_came_before_proves_nothing_however_the_calendar_jumps()
    {
        var story = new Story();
        Add(story, "past", Past, 5);
        Add(story, "front", new("http", Page, "{}") { Front = Page }, 300);
        story.Component("Shop", ["front", "past"]).Pass(301);
        story.Service("past", Reading.Bad).Pass(20);
        Assert.Equal(Verdict.Up, story.VerdictOf("front"));
        story.Jump = TimeSpan.FromHours(-2);
        story.Pass(60);
        story.Jump = TimeSpan.FromHours(2);
        story.Pass(60);
        Assert.DoesNotContain(story.OnlyIncident.Updates, static update => update.Body.Contains("cache", StringComparison.Ordinal));

        story.Jump = TimeSpan.Zero;
        story.Pass(200);
        Assert.Single(story.OnlyIncident.Updates, static update => update.Body == Cached);
    }

    [Fact]
    public void Another_address_that_answers_says_nothing_of_this_one()
    {
        var story = Shop(("front", new("http", Page, "{}") { Front = $"{Page}about" }), ("past", Past)).Pass(35);
        story.Service("past", Reading.Bad).Pass(300);
        Assert.Single(story.OnlyIncident.Updates);
    }

    [Theory]
    [InlineData(false, Layers.PerhapsCached)]
    [InlineData(true, Layers.ReadingAlone)]
    public void Where_only_writing_fails_what_answers_decides_the_words(bool looksPast, string words)
    {
        var story = looksPast
            ? Shop(("front", new("http", Page, "{}") { Front = Page }), ("past", Past), ("write", Write))
            : Shop(("front", new("http", Page, "{}") { Front = Page }), ("write", Write));
        story.Pass(35).Service("write", Reading.Bad, "writing failed: answered 507").Pass(300);

        Assert.StartsWith("A part of Shop is not working: writing failed: answered 507, ", story.OnlyIncident.Updates[0].Body, StringComparison.Ordinal);
        Assert.Single(story.OnlyIncident.Updates, update => update.Body == $"Shop: {words}.\n\n{Wording.Signature}");
    }

    [Fact]
    public void Writing_and_looking_past_that_fail_together_are_one_origin_that_does_not_answer()
    {
        var story = Shop(("front", new("http", Page, "{}") { Front = Page }), ("past", Past), ("write", Write)).Pass(35);
        story.Service("write", Reading.Bad).Service("past", Reading.Bad).Pass(300);
        Assert.Single(story.OnlyIncident.Updates, static update => update.Body == Cached);
        Assert.DoesNotContain(story.OnlyIncident.Updates, static update => update.Body.Contains(Layers.PerhapsCached, StringComparison.Ordinal));
    }

    private static Check Past => new("http", Page, """{"past_cache":true}""") { Behind = Page };

    private static Check Write => new("write_read", $"{Page}note", "{}") { Behind = $"{Page}note" };

    private static Story Shop(params (string Id, Check Check)[] monitors) => Shop(Policy.Default, monitors);

    private static Story Shop(Policy policy, params (string Id, Check Check)[] monitors)
    {
        var story = new Story(policy);
        foreach (var (id, check) in monitors)
        {
            Add(story, id, check, 10);
        }

        return story.Component("Shop", [.. monitors.Select(static one => one.Id)]);
    }

    private static void Add(Story story, string id, Check check, int every) => story.Say(new MonitorAdded(
        story.Now.Wall, new(new(id), check, TimeSpan.FromSeconds(every), TimeSpan.FromSeconds(Math.Min(every, 5)), JudgingRules.Default)));
}
