using Candor.Judging;
using Candor.Languages;
using Candor.Pages.Wording;
using Candor.State;

namespace Candor.Tests.Judging;

/// <summary>What the places of one region see, judged for that region alone, while the whole is judged as it always was.</summary>
public sealed class RegionTests
{
    private static readonly VantageId[] European = [new("frankfurt"), new("paris")];
    private static readonly VantageId[] American = [new("ashburn"), new("dallas")];

    private static readonly Policy Four = Policy.Default with
    {
        Vantages = [.. European, .. American],
        Regions = [new("eu", [.. European]), new("us", [.. American])],
    };

    [Fact]
    public void A_region_is_down_once_most_of_its_places_see_it_down_and_the_others_go_on()
    {
        var story = Watching().Pass(35);
        Assert.Equal([Verdict.Up, Verdict.Up], Seen(story));

        Out(story, European).Pass(40);

        Assert.Equal([Verdict.Down, Verdict.Up], Seen(story));
        Assert.Equal(["eu: major outage", "us: operational"], Told(story));
        var eu = story.MonitorOf("web").SeenFrom("eu")!;
        Assert.Equal((2, 2, 2, "connection refused"), (eu.Bad, eu.Live, eu.Configured, eu.Reason));
        // Degraded since the first of the two complained, down since the second was as sure: no verdict begins before the one it replaces.
        Assert.Equal("50", Story.At(eu.Since));
    }

    [Fact]
    public void The_whole_is_judged_as_if_there_were_no_regions()
    {
        var told = Out(Watching().Pass(35), European).Pass(40);
        var plain = Out(new Story(Four).Monitor("web", component: "Homepage").Pass(35), European).Pass(40);

        Assert.Equal(Verdict.Degraded, told.VerdictOf("web"));
        Assert.Equal((plain.VerdictOf("web"), plain.MonitorOf("web").Since), (told.VerdictOf("web"), told.MonitorOf("web").Since));
        Assert.Equal(plain.StateOf("Homepage"), told.StateOf("Homepage"));
    }

    [Fact]
    public void What_is_seen_of_regions_is_kept_with_the_facts()
    {
        var story = Out(Watching().Pass(35), European).Pass(40);

        var stored = story.Events.Select(happened => (Event)Kinds.Decode(Kinds.NameOf(happened), Kinds.Encode(happened), happened.At));
        var world = stored.Aggregate(World.Empty, World.Fold);

        Assert.Equal(Told(story), RegionStates.Of(world, world.Components[new("Homepage")]).Select(Words));
        Assert.Equal(story.MonitorOf("web").SeenFrom("eu"), world.Monitors[new("web")].SeenFrom("eu"));
    }

    [Fact]
    public void One_bad_place_of_two_does_not_make_its_region_down()
    {
        var story = Out(Watching().Pass(35), [European[0]]).Pass(40);

        Assert.Equal([Verdict.Degraded, Verdict.Up], Seen(story));
        Assert.Equal(["eu: degraded performance", "us: operational"], Told(story));
    }

    [Fact]
    public void P_15_A_region_from_which_nobody_sees_is_unknown_and_never_up()
    {
        var story = Watching().Pass(35);
        foreach (var place in European)
        {
            story.Silence(place);
        }

        story.Pass(60);
        Assert.Equal([Verdict.Unknown, Verdict.Up], Seen(story));
        Assert.Equal(["eu: unknown", "us: operational"], Told(story));
        Assert.Equal(Verdict.Up, story.VerdictOf("web"));

        // Back, and at once something is known again.
        foreach (var place in European)
        {
            story.Silence(place, isSilent: false);
        }

        Assert.Equal([Verdict.Up, Verdict.Up], Seen(story.Pass(40)));
    }

    [Fact]
    public void What_was_down_in_a_region_that_goes_dark_is_unknown_and_not_up_again()
    {
        var story = Out(Watching().Pass(35), European).Pass(40);
        foreach (var place in European)
        {
            story.Silence(place);
        }

        story.Pass(120);

        Assert.Equal(["eu: unknown", "us: operational"], Told(story));
        Assert.Equal(ComponentStatus.MajorOutage, RegionStates.Of(story.World, story.World.Components[new("Homepage")])[0].State.Status);
    }

    [Fact]
    public void A_region_that_comes_to_another_verdict_is_news_though_the_whole_stays_as_it_was()
    {
        // Three regions of one place each: two bad ones are the majority, and which of them it is changes.
        var policy = Policy.Default with { Vantages = [Story.Eu, Story.Us, new("asia")] };
        var story = new Story(policy).Monitor("web", component: "Homepage", regions: ["asia", "eu", "us"]).Pass(35);
        story.Service("web", Reading.Bad, from: Story.Eu).Pass(40);
        Assert.Equal((Verdict.Degraded, 1), (story.VerdictOf("web"), story.Verdicts.Count(judged => judged.Verdict == Verdict.Degraded)));

        story.Service("web", Reading.Good, from: Story.Eu).Service("web", Reading.Bad, from: Story.Us).Pass(40);

        Assert.Equal(Verdict.Degraded, story.VerdictOf("web"));
        Assert.Equal(["asia: operational", "eu: operational", "us: major outage"], Told(story));
    }

    [Fact]
    public void A_place_that_is_called_like_a_region_looks_from_there()
    {
        var policy = Policy.Default with { Vantages = [VantageId.Local, Story.Eu, Story.Us] };
        var story = new Story(policy).Monitor("web", component: "Homepage", regions: ["eu", "us"]).Pass(35);
        story.Service("web", Reading.Bad, from: Story.Us).Pass(40);

        Assert.Equal(["eu: operational", "us: major outage"], Told(story));
    }

    [Fact]
    public void A_region_is_never_asked_for_more_places_than_it_has()
    {
        var policy = Policy.Default with { Vantages = [Story.Eu, Story.Us] };
        var story = new Story(policy)
            .Monitor("web", component: "Homepage", regions: ["eu", "us"], rules: JudgingRules.Default with { MinLive = 2 }).Pass(35);

        Assert.Equal(["eu: operational", "us: operational"], Told(story));
    }

    [Fact]
    public void Where_others_are_looked_at_from_where_they_are_a_region_without_a_place_is_unknown()
    {
        var policy = Policy.Default with { Vantages = [Story.Eu] };
        var story = new Story(policy).Monitor("web", regions: ["eu"]).Component("Homepage", ["web"], regions: ["eu", "us"]).Pass(35);

        Assert.Equal(["eu: operational", "us: unknown"], Told(story));
    }

    [Fact]
    public void Where_no_region_is_looked_at_all_of_them_are_as_the_whole_is()
    {
        var story = new Story().Monitor("web").Component("Homepage", ["web"], regions: ["eu", "us"]).Pass(35);
        Assert.Equal(["eu: operational", "us: operational"], Told(story));

        story.Service("web", Reading.Bad).Pass(40);
        Assert.Equal(["eu: major outage", "us: major outage"], Told(story));
    }

    [Fact]
    public void What_nobody_tells_apart_holds_in_every_region()
    {
        var story = Watching().Monitor("backup").Say(new ComponentAdded(Story.T0, new(new("Shop"), "Shop", null, 1)
        {
            Monitors = [new("web"), new("backup")],
            Regions = ["eu", "us"],
        })).Pass(35);
        story.Service("backup", Reading.Bad).Pass(40);

        Assert.Equal(
            [ComponentStatus.PartialOutage, ComponentStatus.PartialOutage],
            RegionStates.Of(story.World, story.World.Components[new("Shop")]).Select(static one => one.State.Status));
    }

    [Fact]
    public void An_outage_in_a_region_is_as_old_as_what_is_down_there()
    {
        var story = new Story(Four).Monitor("web", regions: ["eu", "us"]).Monitor("backup", regions: ["eu", "us"])
            .Component("Homepage", ["web", "backup"], regions: ["eu", "us"]).Pass(35);
        Out(story, European).Pass(40);
        Assert.Equal("50", SinceInEurope());

        story.Service("backup", Reading.Bad, from: European[0]).Pass(60);
        Assert.Equal(Verdict.Degraded, story.MonitorOf("backup").SeenFrom("eu")!.Saw);
        Assert.Equal(["eu: partial outage", "us: operational"], Told(story));
        Assert.Equal("50", SinceInEurope());

        story.Service("backup", Reading.Bad, from: European[1]).Pass(60);
        Assert.Equal(["eu: major outage", "us: operational"], Told(story));
        Assert.Equal(Story.At(story.MonitorOf("backup").SeenFrom("eu")!.Since), SinceInEurope());

        string SinceInEurope() => Story.At(RegionStates.Measured(story.World, story.World.Components[new("Homepage")])[0].Since!.Value);
    }

    [Fact]
    public void A_group_is_told_apart_only_where_all_of_its_members_are_looked_at()
    {
        var story = ThreeOfWhichTwo(["eu"], ["eu"], ["us"]).Pass(35);
        Assert.Equal(["eu: operational", "us: operational"], Told(story));
        Assert.Empty(RegionStates.Measured(story.World, story.World.Components[new("Homepage")]));

        Assert.Equal(["eu: operational", "us: operational"], Told(ThreeOfWhichTwo(["eu", "us"], ["eu", "us"], ["eu", "us"]).Pass(35)));
        Assert.Equal(["eu: operational", "us: unknown"], Told(ThreeOfWhichTwo(["eu"], ["eu", "us"], ["eu"]).Pass(35)));
    }

    [Fact]
    public void A_group_of_which_a_region_sees_a_part_opens_an_incident_when_it_is_lost_and_resolves_it_when_it_is_not()
    {
        var story = ThreeOfWhichTwo(["eu"], ["eu"], ["us"]).Pass(35);
        foreach (var member in (string[])["first", "second"])
        {
            story.Service(member, Reading.Bad);
        }

        Assert.Equal(new(ComponentStatus.MajorOutage), story.Pass(60).StateOf("Homepage"));
        Assert.Equal(["eu: major outage", "us: major outage"], Told(story));
        Assert.True(story.OnlyIncident.IsOpen);

        story.Service("first", Reading.Good).Service("second", Reading.Good).Pass(240);
        Assert.False(story.OnlyIncident.IsOpen);
        Assert.Equal(["eu: operational", "us: operational"], Told(story));
    }

    [Fact]
    public void What_is_watched_beside_a_group_is_told_apart_where_the_group_is_not()
    {
        var story = ThreeOfWhichTwo(["eu"], ["eu"], ["us"]).Monitor("web", regions: ["eu", "us"]);
        var homepage = story.World.Components[new("Homepage")].Definition;
        story.Say(new ComponentChanged(story.Now.Wall, homepage with { Monitors = [new("web")] })).Pass(35);
        Assert.Equal(["eu: operational", "us: operational"], Told(story));

        Assert.Equal(["eu: major outage", "us: operational"], Told(Out(story, European).Pass(40)));
    }

    [Fact]
    public void A_pin_and_planned_work_hold_in_every_region()
    {
        var story = Out(Watching().Pass(35), European).Pass(40);
        story.Say(
            new ComponentPinned(story.Now.Wall, new("Homepage"), ComponentStatus.Operational, story.Now.Wall.AddHours(1), new("Ada")),
            new ComponentStateChanged(story.Now.Wall, new("Homepage"), story.Now.Wall, new(ComponentStatus.Operational), null));

        Assert.Equal(["eu: operational", "us: operational"], Told(story));
    }

    [Fact]
    public void After_a_start_what_was_concluded_of_a_region_is_kept_until_it_lapses()
    {
        var story = Out(Watching().Pass(35), European).Pass(40).Restart();
        Assert.Equal(["eu: major outage", "us: operational"], Told(story.Pass(5)));
        Assert.Equal([Verdict.Down, Verdict.Up], Seen(story.Pass(40)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Whatever_happens_no_region_is_up_or_down_that_nobody_sees_so(int seed)
    {
        var random = new Random(seed);
        var story = Watching();
        VantageId[] all = [.. European, .. American];
        var silentSince = new Dictionary<VantageId, int>();
        for (var step = 0; step < 60; step++)
        {
            var place = all[random.Next(all.Length)];
            switch (random.Next(4))
            {
                case 0:
                    story.Service("web", Reading.Bad, from: place);
                    break;
                case 1:
                    story.Service("web", Reading.Good, from: place);
                    break;
                case 2:
                    silentSince.TryAdd(place, (int)story.Elapsed.TotalSeconds);
                    story.Silence(place);
                    break;
                default:
                    silentSince.Remove(place);
                    story.Silence(place, isSilent: false);
                    break;
            }

            story.Pass(random.Next(1, 40));
            foreach (var region in Four.Regions)
            {
                var unseen = region.Places.All(one => silentSince.TryGetValue(one, out var since) && story.Elapsed.TotalSeconds - since > 45);
                var saw = story.MonitorOf("web").SeenFrom(region.Region)?.Saw ?? Verdict.Unknown;
                Assert.False(unseen && saw != Verdict.Unknown, $"Seed {seed}, step {step}: {region.Region} is called {saw} and nobody sees it.");
            }
        }

        Assert.All(story.Verdicts.SelectMany(static judged => judged.Evidence.Regions ?? []), static seen => Assert.True(
            seen.Saw switch { Verdict.Down => seen.Bad * 2 > seen.Live && seen.Live > 0, Verdict.Up => seen.Live > 0, _ => true }
            || seen.Saw == seen.LastKnown, $"{seen}"));
    }

    private static Story Watching() => new Story(Four).Monitor("web", component: "Homepage", regions: ["eu", "us"]);

    /// <summary>A group of three of which two must work, each looked at from regions of its own.</summary>
    private static Story ThreeOfWhichTwo(string[] first, string[] second, string[] third) => new Story(Four)
        .Monitor("first", regions: first, from: PlacesOf(first))
        .Monitor("second", regions: second, from: PlacesOf(second))
        .Monitor("third", regions: third, from: PlacesOf(third))
        .Component("Homepage", [], new([new("first"), new("second"), new("third")], 2), ["eu", "us"]);

    private static VantageId[] PlacesOf(string[] regions) =>
        [.. Four.Regions.Where(region => regions.Contains(region.Region)).SelectMany(static region => region.Places)];

    private static Story Out(Story story, VantageId[] places)
    {
        foreach (var place in places)
        {
            story.Service("web", Reading.Bad, from: place);
        }

        return story;
    }

    private static IEnumerable<Verdict> Seen(Story story) =>
        story.MonitorOf("web").Definition.Regions.Select(region => story.MonitorOf("web").SeenFrom(region)!.Saw);

    private static IEnumerable<string> Told(Story story) => RegionStates.Of(story.World, story.World.Components[new("Homepage")])
        .Select(Words);

    private static string Words(RegionState one) => $"{one.Region}: {Language.English.Names.Of(one.State).ToLowerInvariant()}";
}
