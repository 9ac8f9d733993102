using Candor.Notices.Sending;

namespace Candor.Tests.Notices.Sending;

public sealed class BreakerTests
{
    private static readonly TimeSpan Start = TimeSpan.FromHours(1);

    [Fact]
    public void Five_failures_in_a_row_open_it_and_one_probe_in_about_30_seconds_goes_out()
    {
        var breaker = new Breaker();
        for (var i = 0; i < 4; i++)
        {
            Assert.False(breaker.Failed(Start, 0.5));
        }

        Assert.True(breaker.Failed(Start, 0.5));
        Assert.False(breaker.TryPass(Start + TimeSpan.FromSeconds(29)));
        Assert.True(breaker.TryPass(Start + TimeSpan.FromSeconds(31)));
        Assert.False(breaker.TryPass(Start + TimeSpan.FromSeconds(31)), "a second probe");
        breaker.Failed(Start + TimeSpan.FromSeconds(32), 0.5);
        Assert.False(breaker.TryPass(Start + TimeSpan.FromSeconds(40)));
        Assert.True(breaker.TryPass(Start + TimeSpan.FromSeconds(63)));
        Assert.True(breaker.Succeeded());
        Assert.True(breaker.TryPass(Start + TimeSpan.FromSeconds(63)));
    }

    [Fact]
    public void Half_of_the_last_twenty_open_it_although_never_five_in_a_row_fail()
    {
        var breaker = new Breaker();
        for (var i = 0; i < 9; i++)
        {
            breaker.Failed(Start, 0);
            breaker.Succeeded();
        }

        breaker.Succeeded();
        Assert.False(breaker.IsOpen);
        breaker.Failed(Start, 0);
        Assert.True(breaker.IsOpen);
    }

    [Fact]
    public void The_moment_of_the_probe_is_a_matter_of_chance()
    {
        var (early, late) = (new Breaker(), new Breaker());
        early.Open(Start, chance: 0);
        late.Open(Start, chance: 0.999);
        Assert.True(late.NextAt(Start) - early.NextAt(Start) > TimeSpan.FromSeconds(10));
    }
}
