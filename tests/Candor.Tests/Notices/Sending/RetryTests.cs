using Candor.Notices.Sending;

namespace Candor.Tests.Notices.Sending;

public sealed class RetryTests
{
    [Fact]
    public void Retries_are_a_tenth_of_the_first_attempts_of_a_minute()
    {
        var budget = new RetryBudget();
        var now = TimeSpan.FromHours(1);
        for (var i = 0; i < 1_000; i++)
        {
            budget.CountFirst(now);
        }

        Assert.Equal(100, Enumerable.Range(0, 500).Count(_ => IsTaken(budget, now)));
        Assert.True(IsTaken(budget, now + TimeSpan.FromSeconds(1)), "one a second is always left");
        Assert.False(IsTaken(budget, now + TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Without_any_first_attempt_one_a_second_is_left()
    {
        var budget = new RetryBudget();
        Assert.Equal(30, Enumerable.Range(0, 300).Count(i => IsTaken(budget, TimeSpan.FromSeconds(i / 10.0))));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(6, 64)]
    [InlineData(9, 300)]
    [InlineData(500, 300)]
    public void The_jitter_is_full_and_has_a_ceiling(int tries, double ceilingSeconds)
    {
        var most = TimeSpan.FromMinutes(5);
        Assert.Equal(0, Backoff.After(tries, most, 0, null).TotalSeconds);
        Assert.Equal(ceilingSeconds, Backoff.After(tries, most, 1, null).TotalSeconds);
        Assert.Equal(ceilingSeconds / 2, Backoff.After(tries, most, 0.5, null).TotalSeconds);
    }

    [Fact]
    public void What_they_ask_for_is_waited_for_also_beyond_the_ceiling() =>
        Assert.Equal(TimeSpan.FromMinutes(20), Backoff.After(1, TimeSpan.FromMinutes(5), 0.5, TimeSpan.FromMinutes(20)));

    private static bool IsTaken(RetryBudget budget, TimeSpan now)
    {
        // Looking, however often, takes none.
        if (!budget.HasRoom(now) || !budget.HasRoom(now))
        {
            return false;
        }

        budget.CountRetry(now);
        return true;
    }
}
