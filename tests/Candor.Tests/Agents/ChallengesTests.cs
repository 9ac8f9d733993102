using Candor.Agents;
using Candor.Testing;
using Candor.Tests.Access;

namespace Candor.Tests.Agents;

public sealed class ChallengesTests
{
    private readonly ManualTimeProvider time = new(new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero));
    private readonly Challenges challenges;

    public ChallengesTests() => challenges = new(new Cast.Chance(), time);

    [Fact]
    public void A_request_is_taken_once_and_none_before_it_any_more()
    {
        var challenge = challenges.Make();

        Assert.Null(challenges.Take("eu", "key", challenge, 2));
        Assert.Equal("agent.replay", challenges.Take("eu", "key", challenge, 2)?.Code);
        Assert.Equal("agent.replay", challenges.Take("eu", "key", challenge, 1)?.Code);
        Assert.Null(challenges.Take("eu", "key", challenge, 3));
    }

    [Fact]
    public void A_challenge_from_before_the_one_in_use_opens_nothing()
    {
        var first = challenges.Make();
        time.Advance(TimeSpan.FromSeconds(1));
        var second = challenges.Make();

        Assert.Null(challenges.Take("eu", "key", second, 1));
        Assert.Equal("agent.challenge", challenges.Take("eu", "key", first, 99)?.Code);
    }

    [Fact]
    public void A_challenge_that_another_process_made_or_that_is_an_hour_old_is_refused()
    {
        var old = challenges.Make();
        var elsewhere = new Challenges(new Cast.Chance(2), time).Make();

        Assert.Equal("agent.challenge", challenges.Take("eu", "key", elsewhere, 1)?.Code);
        time.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal("agent.challenge", challenges.Take("eu", "key", old, 1)?.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("AAAA")]
    public void What_is_no_challenge_is_refused(string challenge) =>
        Assert.Equal("agent.challenge", challenges.Take("eu", "key", challenge, 1)?.Code);

    [Fact]
    public void Places_and_keys_count_for_themselves()
    {
        var challenge = challenges.Make();

        Assert.Null(challenges.Take("eu", "key", challenge, 5));
        Assert.Null(challenges.Take("us", "other", challenge, 1));
    }
}
