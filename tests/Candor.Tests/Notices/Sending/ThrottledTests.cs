using Candor.Effects;
using Candor.Notices;
using Candor.Notices.Channels;
using Candor.State;
using static Candor.Tests.Notices.NoticeWorld;

namespace Candor.Tests.Notices.Sending;

/// <summary>Who is slowed down when somebody is told to slow down.</summary>
public sealed class ThrottledTests
{
    /// <param name="isForMany">A service at which each address is somebody else's.</param>
    /// <param name="throttled">Addresses that were told to slow down.</param>
    [Theory]
    [InlineData(true, 1, true)]
    [InlineData(true, 2, true)]
    [InlineData(true, 3, false)]
    [InlineData(false, 1, false)]
    public void One_address_at_a_service_for_many_pauses_alone_and_several_speak_for_the_service(bool isForMany, int throttled, bool others)
    {
        var timing = new ChannelTiming(TimeSpan.FromMinutes(5), TimeSpan.FromHours(24)) { WorkersMost = 1_000 };
        var outbox = new Outbox(Channel, timing, static _ => "hooks.example", static () => 0.5) { IsForMany = _ => isForMany };
        var (world, now) = (Folded([Opens(Noon)], Start(40)), new Moment(Noon, TimeSpan.FromHours(1)));
        outbox.Accept(world, OutageTopic, now);
        foreach (var stream in outbox.Begin(world, now, throttled).Started)
        {
            outbox.Settle(world, stream.Key, stream.Attempt!.Key, Handover.TryAgain(Blame.None, "throttled", "429", TimeSpan.FromSeconds(30), stress: true), now);
        }

        var begun = outbox.Begin(world, now, 1_000).Started;

        Assert.Equal(others, begun.Count == 40 - throttled);
        Assert.Equal(!others, begun.Count < 5);
    }
}
