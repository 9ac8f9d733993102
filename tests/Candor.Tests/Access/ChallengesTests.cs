using Candor.Access;
using Candor.Access.Factors;
using Candor.Testing;

namespace Candor.Tests.Access;

public sealed class ChallengesTests
{
    private static readonly PersonId Ada = new("ada000000000");
    private readonly ManualTimeProvider time = new(Cast.Now);

    [Fact]
    public void SEC_17_A_challenge_is_good_once_for_its_purpose_and_its_person()
    {
        var challenges = new Challenges(time, new Cast.Chance());

        var id = challenges.Keep(Challenges.ToAdd, Ada, "state");
        Assert.Equal("state", challenges.Take(id, Challenges.ToAdd, Ada));
        Assert.Null(challenges.Take(id, Challenges.ToAdd, Ada));

        id = challenges.Keep(Challenges.ToAdd, Ada, "state");
        Assert.Null(challenges.Take(id, Challenges.ToSignIn, Ada));
        Assert.Null(challenges.Take(id, Challenges.ToAdd, Ada)); // the first look used it up

        id = challenges.Keep(Challenges.ToAdd, Ada, "state");
        Assert.Null(challenges.Take(id, Challenges.ToAdd, new("bo0000000000")));
        Assert.Null(challenges.Take("unknown", Challenges.ToAdd, Ada));
    }

    [Fact]
    public void SEC_17_A_challenge_is_good_for_five_minutes_whatever_the_calendar_does()
    {
        var challenges = new Challenges(time, new Cast.Chance());
        var (early, late) = (challenges.Keep("p", Ada, "early"), challenges.Keep("p", Ada, "late"));

        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("early", challenges.Take(early, "p", Ada));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(challenges.Take(late, "p", Ada));
    }

    [Fact]
    public void A_flood_of_challenges_is_bounded()
    {
        var challenges = new Challenges(time, new Candor.Effects.SystemRandomness());
        var first = challenges.Keep("p", Ada, "first");
        for (var i = 0; i < 1500; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(1));
            challenges.Keep("p", Ada, "x");
        }

        Assert.Null(challenges.Take(first, "p", Ada));
    }
}
