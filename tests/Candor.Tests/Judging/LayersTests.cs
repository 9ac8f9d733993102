using Candor.Effects;
using Candor.Judging;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Tests.Judging;

/// <summary>What readers get, what stands behind it, and what is written: judged together.</summary>
public sealed class LayersTests
{
    private const string Page = "https://shop.example/";
    private const string CacheAlone = "the cache still answers, the origin does not";
    private const string ReadingAlone = "reading still works, writing does not";
    private const string PerhapsCached = "reads are still answered, perhaps by a cache; what is written does not come back";
    private const string Signature = "This was detected automatically.";
    private static readonly string Cached = $"Shop: {CacheAlone}. What readers are shown of it may be old.\n\n{Signature}";

    [Fact]
    public void A_cache_that_answers_for_an_origin_that_does_not_is_said_once()
    {
        var story = Shop(("front", new("http", Page, "{}") { Front = Page }), ("past", Past)).Pass(35);
        story.Service("past", Reading.Bad).Pass(600);

        var bodies = story.OnlyIncident.Updates.Select(static update => update.Body).ToList();
        Assert.DoesNotContain(CacheAlone, bodies[0], StringComparison.Ordinal);
        Assert.Single(bodies, Cached);
        Assert.Equal(2, bodies.Count);
    }

    [Fact]
    public void It_stands_in_the_first_words_where_it_is_known_by_then()
    {
        var story = Shop(Policy.Default with { OpenAfter = TimeSpan.FromSeconds(30) }, ("front", new("http", Page, "{}") { Front = Page }), ("past", Past)).Pass(35);
        story.Service("past", Reading.Bad).Pass(300);

        Assert.Equal(
            $"A part of Shop is not answering: connection refused, seen by 1 of 1 places since 09:00 UTC; {CacheAlone}.\n\n{Signature}",
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
    public void An_outage_of_both_that_one_saw_once_and_the_other_longer_is_never_taken_for_a_cache()
    {
        // What is behind is still held to be down, and waits for its second answer, when the front has long answered again.
        var story = new Story();
        Add(story, "past", Past, 20);
        Add(story, "front", new("http", Page, "{}") { Front = Page }, 38);
        story.Component("Shop", ["front", "past"]).Pass(90);
        story.Service("past", Reading.Bad).Service("front", Reading.Bad).Pass(45);
        Assert.Equal((Verdict.Up, Verdict.Down), (story.VerdictOf("front"), story.VerdictOf("past")));
        story.Service("past", Reading.Good).Service("front", Reading.Good).Pass(300);

        Assert.DoesNotContain(story.OnlyIncident.Updates, static update => update.Body.Contains("cache", StringComparison.Ordinal));
    }

    [Fact]
    public void An_outage_of_both_that_ends_between_two_looks_is_never_taken_for_a_cache()
    {
        // The front is well again when the newest look past it is still a failure of before.
        var story = new Story();
        Add(story, "past", Past, 42);
        Add(story, "front", new("http", Page, "{}") { Front = Page }, 66);
        story.Component("Shop", ["front", "past"]).Pass(160);
        story.Service("past", Reading.Bad).Service("front", Reading.Bad).Pass(102);
        Assert.Equal((Verdict.Up, Verdict.Down), (story.VerdictOf("front"), story.VerdictOf("past")));
        story.Service("past", Reading.Good).Service("front", Reading.Good).Pass(300);

        Assert.DoesNotContain(story.OnlyIncident.Updates, static update => update.Body.Contains("cache", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_always_looked_at_just_before_the_front_and_heard_with_it_proves_a_cache_as_well()
    {
        var story = new Story();
        Add(story, "past", Past, 3600);
        Add(story, "front", new("http", Page, "{}") { Front = Page }, 3600);
        Add(story, "write", Write, 3600);
        story.Component("Shop", ["front", "past", "write"]);
        for (var i = 0; i < 14; i++)
        {
            // In one breath, so that the newest answer is always newer than the newest failure.
            var reading = i < 4 ? Reading.Good : Reading.Bad;
            story.Pass(10).Hear(Seen(story, "past", reading, 400), Seen(story, "front", Reading.Good, 200), Seen(story, "write", reading, 0));
        }

        Assert.Single(story.OnlyIncident.Updates, static update => update.Body == Cached);
        Assert.DoesNotContain(story.OnlyIncident.Updates, static update => update.Body.Contains(PerhapsCached, StringComparison.Ordinal));
    }

    [Fact]
    public void The_weaker_word_is_not_said_while_the_stronger_one_waits_for_its_proof()
    {
        var story = new Story();
        Add(story, "past", Past, 3600);
        Add(story, "front", new("http", Page, "{}") { Front = Page }, 3600);
        Add(story, "write", Write, 3600);
        story.Component("Shop", ["front", "past", "write"]);
        for (var i = 0; i < 14; i++)
        {
            // What is behind is held to be down, and then not looked at for a while.
            var reading = i < 4 ? Reading.Good : Reading.Bad;
            story.Pass(10).Hear(i < 6 ? [Seen(story, "past", reading, 0)] : []);
            story.Hear(Seen(story, "front", Reading.Good, 0)).Pass(1).Hear(Seen(story, "write", reading, 0));
        }

        Assert.Equal(Verdict.Down, story.VerdictOf("write"));
        Assert.DoesNotContain(story.OnlyIncident.Updates, static update => update.Body.Contains(PerhapsCached, StringComparison.Ordinal));

        story.Hear(Seen(story, "past", Reading.Bad, 0)).Pass(2);
        Assert.Single(story.OnlyIncident.Updates, static update => update.Body == Cached);
    }

    [Fact]
    public void A_place_that_sees_no_failure_proves_no_cache()
    {
        var story = new Story(Policy.Default with { Vantages = [VantageId.Local, Story.Eu, Story.Us] });
        Add(story, "past", Past, 10);
        Add(story, "front", new("http", Page, "{}") { Front = Page }, 200);
        story.Component("Shop", ["front", "past"]).Pass(201);
        foreach (var place in (VantageId[])[VantageId.Local, Story.Eu])
        {
            story.Service("past", Reading.Bad, from: place).Service("front", Reading.Bad, from: place);
        }

        story.Pass(250);

        Assert.Equal((Verdict.Up, Verdict.Down), (story.VerdictOf("front"), story.VerdictOf("past")));
        Assert.DoesNotContain(story.OnlyIncident.Updates, static update => update.Body.Contains("cache", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_a_person_has_taken_away_or_reworded_is_not_said_again(bool removes)
    {
        var story = Shop(("front", new("http", Page, "{}") { Front = Page }), ("past", Past)).Pass(35);
        story.Service("past", Reading.Bad).Pass(100);
        var said = Assert.Single(story.OnlyIncident.Updates, static update => update.Body == Cached);
        var (id, ada) = (story.OnlyIncident.Id, new Actor("person:ada"));
        story.Say(removes
            ? new UpdateRemoved(story.Now.Wall, id, said.Seq, "It was not so.", ada)
            : new UpdateEdited(story.Now.Wall, id, said.Seq, "What readers see is old.", Typo: false, ada)).Pass(300);

        Assert.DoesNotContain(story.OnlyIncident.Updates, static update => update.Body.Contains(CacheAlone, StringComparison.Ordinal));
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
    [InlineData(false, "writing failed: answered 507", PerhapsCached)]
    [InlineData(true, "writing failed: answered 507", ReadingAlone)]
    [InlineData(true, "reading back failed: answered 401", PerhapsCached)]
    public void Where_only_writing_fails_what_answers_decides_the_words(bool looksPast, string reason, string words)
    {
        var story = looksPast
            ? Shop(("front", new("http", Page, "{}") { Front = Page }), ("past", Past), ("write", Write))
            : Shop(("front", new("http", Page, "{}") { Front = Page }), ("write", Write));
        story.Pass(35).Service("write", Reading.Bad, reason).Pass(300);

        Assert.StartsWith($"A part of Shop is not working: {reason}, ", story.OnlyIncident.Updates[0].Body, StringComparison.Ordinal);
        Assert.Single(story.OnlyIncident.Updates, update => update.Body == $"Shop: {words}.\n\n{Signature}");
    }

    [Fact]
    public void Writing_and_looking_past_that_fail_together_are_one_origin_that_does_not_answer()
    {
        var story = Shop(("front", new("http", Page, "{}") { Front = Page }), ("past", Past), ("write", Write)).Pass(35);
        story.Service("write", Reading.Bad).Service("past", Reading.Bad).Pass(300);
        Assert.Single(story.OnlyIncident.Updates, static update => update.Body == Cached);
        Assert.DoesNotContain(story.OnlyIncident.Updates, static update => update.Body.Contains(PerhapsCached, StringComparison.Ordinal));
    }

    private static Observation Seen(Story story, string id, Reading reading, int ms) => new(
        new(id), VantageId.Local, story.Now.Wall, reading, reading == Reading.Bad ? "connection refused" : "", TimeSpan.FromMilliseconds(20)) { Age = TimeSpan.FromMilliseconds(ms) };

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
