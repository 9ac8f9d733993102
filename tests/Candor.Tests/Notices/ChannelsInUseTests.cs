using Candor.Notices;
using Candor.State;
using Candor.State.Incidents;
using static Candor.Tests.Notices.NoticeWorld;

namespace Candor.Tests.Notices;

public sealed class ChannelsInUseTests
{
    private readonly ChannelsInUse inUse = new();

    [Fact]
    public void A_channel_is_in_use_while_somebody_is_written_to_by_it()
    {
        var world = Folded([Joins(1), Joins(2) with { Wishes = new("slack") }]);
        Assert.Equal(["slack", Channel], inUse.Of(world.Subscribers).Order(StringComparer.Ordinal));

        world = Folded([new SubscriberLeft(Noon, IdOf(2))], world);
        Assert.Equal([Channel], inUse.Of(world.Subscribers));
    }

    [Fact]
    public void Only_who_has_confirmed_and_has_not_left_is_told_by_a_channel()
    {
        var world = Folded([Joins(1), Joins(2), Joins(3), Joins(4) with { Confirmed = false }, new SubscriberAsked(Noon, IdOf(4)), new SubscriberLeft(Noon, IdOf(3))]);

        Assert.Equal((2, 0), (inUse.ToldBy(world.Subscribers, Channel), inUse.ToldBy(world.Subscribers, "slack")));
    }

    /// <summary>With a hundred thousand subscribers a walk for every commit takes more than the commits do.</summary>
    [Fact]
    public void Commits_that_change_no_subscriber_cost_no_walk()
    {
        var world = Start(3);
        var first = inUse.Of(world.Subscribers);

        world = Folded([Opens(Noon), Says(Noon, 2, IncidentStatus.Resolved), new NoticesHandedOver(Noon, Channel, [])], world);

        Assert.Same(first, inUse.Of(world.Subscribers));
        Assert.NotSame(first, inUse.Of(Folded([Joins(4)], world).Subscribers));
    }
}
