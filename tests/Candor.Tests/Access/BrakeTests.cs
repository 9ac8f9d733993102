using Candor.Access;
using Candor.Testing;

namespace Candor.Tests.Access;

public sealed class BrakeTests
{
    private static readonly BrakeRule Five = new(5, TimeSpan.FromMinutes(4));

    private readonly ManualTimeProvider time = new(Cast.Now);

    [Fact]
    public void A_hundred_thousand_guesses_in_an_hour_are_twenty()
    {
        var brake = new Brake(time);
        var through = 0;
        for (var i = 0; i < 100_000; i++)
        {
            through += brake.Take(("account:ada", Five)) is null ? 1 : 0;
            time.Advance(TimeSpan.FromMilliseconds(36));
        }

        Assert.InRange(through, 5, 20);
    }

    [Fact]
    public void Whoever_is_too_early_is_told_how_long_and_loses_nothing()
    {
        var brake = new Brake(time);
        for (var i = 0; i < 5; i++)
        {
            Assert.Null(brake.Take(("a", Five)));
        }

        Assert.Equal(TimeSpan.FromMinutes(4), brake.Take(("a", Five)));
        Assert.Equal(TimeSpan.FromMinutes(4), brake.Take(("b", Five), ("a", Five)));
        time.Advance(TimeSpan.FromMinutes(4));
        Assert.Null(brake.Take(("a", Five)));
        Assert.All(Enumerable.Range(0, 5), _ => Assert.Null(brake.Take(("b", Five))));
    }

    [Fact]
    public void A_good_try_does_not_count()
    {
        var brake = new Brake(time);

        Assert.All(Enumerable.Range(0, 50), _ =>
        {
            Assert.Null(brake.Take(("a", Five)));
            brake.GiveBack(("a", Five));
        });
    }

    [Fact]
    public void A_flood_of_names_does_not_free_the_one_that_is_being_guessed()
    {
        var brake = new Brake(time);
        for (var i = 0; i < 5; i++)
        {
            brake.Take(("ada", Five));
        }

        for (var i = 0; i < 30_000; i++)
        {
            brake.Take(($"{i}", Five));
        }

        Assert.NotNull(brake.Take(("ada", Five)));
    }
}
