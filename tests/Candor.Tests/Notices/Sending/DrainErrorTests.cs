using Candor.Notices.Sending;

namespace Candor.Tests.Notices.Sending;

/// <summary>How a drain takes answers that are failures, in virtual time.</summary>
public sealed class DrainErrorTests
{
    [Fact]
    public void One_error_among_few_holds_the_rate_for_five_seconds()
    {
        var drain = new DrainRate(nominal: 1_000, TimeSpan.Zero);

        Assert.Equal([5, 5, 5, 5, 5, 25], Enumerable.Range(0, 6).Select(second => After(drain, second, answers: 10, errors: second == 0 ? 1 : 0)));
    }

    [Theory]
    [InlineData(10, 30)]
    [InlineData(11, 5)]
    public void Among_many_one_in_a_hundred_may_fail(int errors, double perSecond) =>
        Assert.Equal(perSecond, After(new(nominal: 1_000, TimeSpan.Zero), 0, answers: 1_000, errors));

    /// <summary>The rate after a second in which so many have answered.</summary>
    private static double After(DrainRate drain, int second, int answers, int errors)
    {
        for (var i = 0; i < answers; i++)
        {
            drain.Answered(TimeSpan.FromSeconds(second + 0.5), TimeSpan.FromMilliseconds(20), failed: i < errors, stress: false);
        }

        drain.NextAt(TimeSpan.FromSeconds(second + 1));
        return drain.PerSecond;
    }
}
