using Candor.Notices.Sending;

namespace Candor.Tests.Notices.Sending;

public sealed class FlowTests
{
    private readonly Flow flow = new();

    [Fact]
    public void Several_who_are_tried_in_vain_for_ten_seconds_are_said_and_one_that_gets_through_ends_it()
    {
        Assert.Equal([false, false, true, true], ((int[])[0, 9, 10, 60]).Select(second => flow.IsStuck(3, At(second))));

        flow.GotThrough(At(61));

        Assert.False(flow.IsStuck(500, At(62)));
        Assert.True(flow.IsStuck(500, At(71)));
    }

    [Fact]
    public void Odd_addresses_are_no_trouble_of_the_channel() =>
        Assert.All(Enumerable.Range(0, 600), second => Assert.False(flow.IsStuck(2, At(second))));

    [Fact]
    public void Who_begin_anew_get_their_time_anew()
    {
        Assert.False(flow.IsStuck(5, At(0)));
        Assert.False(flow.IsStuck(0, At(5)));
        Assert.False(flow.IsStuck(5, At(11)));
    }

    private static TimeSpan At(int second) => TimeSpan.FromSeconds(second);
}
