using Candor.Effects;
using Candor.Judging;
using Candor.Tests.Effects;

namespace Candor.Tests.Contracts;

public class IcmpProbeTests
{
    [Fact]
    public async Task The_loopback_address_answers_where_pings_are_permitted()
    {
        var seen = await Looking.LookAsync("icmp: 127.0.0.1", 2);
        Assert.SkipWhen(seen.Reading == Reading.None && seen.Reason.Contains("ping_group_range", StringComparison.Ordinal), seen.Reason);
        Assert.Equal((Reading.Good, ""), (seen.Reading, seen.Reason));
        Assert.Equal(["round_trip", "lost"], seen.Measurements.Select(m => m.Name));
    }

    [Fact]
    public async Task Without_the_right_to_ping_nothing_is_said_about_the_host()
    {
        var network = new FakeNetwork { Ping = _ => throw new PingUnavailableException("widen ping_group_range") };
        var seen = await Looking.LookAsync("icmp: 192.0.2.1", tools: Looking.Tools() with { Network = network });
        Assert.Equal((Reading.None, "widen ping_group_range"), (seen.Reading, seen.Reason));
    }
}
