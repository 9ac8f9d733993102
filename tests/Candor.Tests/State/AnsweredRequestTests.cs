using Candor.Journal;
using Candor.State;
using Candor.State.Incidents;
using static Candor.Tests.State.Told;

namespace Candor.Tests.State;

public sealed class AnsweredRequestTests
{
    private readonly Told told = new();

    [Fact]
    public void What_was_done_under_a_key_is_not_done_again()
    {
        told.Do(Opening("key", "this"));

        Assert.Empty(RequestDecisions.Once(told.World, told.Now, "key", "this", "other", static _ => throw new InvalidOperationException("asked again")).Events);
        Assert.Equal(Id.Value, RequestDecisions.Find(told.World, told.Now, "key")!.Value.Target);
    }

    [Fact]
    public void A_key_stands_for_one_request_only()
    {
        told.Do(Opening("key", "this"));

        Assert.Equal("key_reused", told.Refused(Opening("key", "that")).Code);
    }

    [Fact]
    public void What_was_refused_is_not_remembered()
    {
        told.Refused((world, at) => RequestDecisions.Once(
            world, at, "key", "this", "x", now => IncidentDecisions.Post(now, at, Ann, Id, new(null, "More.", []))));

        told.Do(Opening("key", "this"));
        Assert.Single(told.World.Incidents);
    }

    [Fact]
    public void A_day_later_the_key_is_free()
    {
        told.Do(Opening("key", "this"));

        Assert.NotNull(RequestDecisions.Find(told.World, told.Now + TimeSpan.FromHours(23), "key"));
        Assert.Null(RequestDecisions.Find(told.World, told.Now + TimeSpan.FromHours(24), "key"));
    }

    [Fact]
    public void Keys_that_are_over_do_not_pile_up()
    {
        for (var i = 0; i < 1_000; i++)
        {
            told.Happens(new RequestAnswered(T0.AddHours(i), $"k{i}", "a", "t"));
        }

        Assert.InRange(told.World.Requests.Count, 24, 24 + 64);
        Assert.Contains("k999", told.World.Requests.Keys);
    }

    private static Func<World, DateTimeOffset, Decision<Event>> Opening(string key, string asked) => (world, at) => RequestDecisions.Once(
        world, at, key, asked, Id.Value,
        now => IncidentDecisions.Open(now, at, Ann, Id, new("Trouble", "Looking.", IncidentStatus.Investigating, [])));
}
