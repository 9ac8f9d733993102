using Candor.Effects;
using Candor.Notices;
using Candor.Notices.Channels;
using Candor.Notices.Streams;
using Candor.State;
using static Candor.Tests.Notices.NoticeWorld;

namespace Candor.Tests.Notices;

/// <summary>A crowd is taken in part by part.</summary>
public sealed class AcceptingTests
{
    private static readonly ChannelTiming Timing = new(TimeSpan.FromMinutes(5), TimeSpan.FromHours(24));
    private static readonly Moment Now = new(Noon, TimeSpan.Zero);

    [Fact]
    public void Part_by_part_comes_to_the_same_as_all_at_once()
    {
        var world = World.Fold(Start(25), Opens(Noon));
        var (whole, parts) = (NewOutbox(), NewOutbox());
        var all = whole.Accept(world, OutageTopic, Now);

        var (taken, sizes, after) = (new List<NoticeStream>(), new List<int>(), (int?)0);
        while (after is { } number)
        {
            // Who leaves or joins between two parts is missed or doubled by none of them.
            world = taken.Count == 10 ? World.Fold(World.Fold(world, new SubscriberLeft(Noon, IdOf(3))), Joins(26) with { At = Noon.AddMinutes(-1) }) : world;
            var part = parts.Accept(world, OutageTopic, Now, number, most: 10);
            taken.AddRange(part.Changed);
            sizes.Add(part.Looked);
            after = part.Next;
        }

        Assert.Equal([10, 10, 6], sizes);
        Assert.Equal(all.Select(static stream => stream.Key).Append(new(IdOf(26), OutageTopic)), taken.Select(static stream => stream.Key));
        Assert.Equal((26, true), (parts.Total.Accepted, parts.Total.AddUp));
    }

    [Fact]
    public void Nobody_is_looked_at_where_nothing_of_the_kind_is_there()
    {
        var part = NewOutbox().Accept(Start(5), OutageTopic, Now, after: 0, most: 10);
        Assert.Equal((0, null), (part.Looked, part.Next));
        Assert.Empty(part.Changed);
    }

    private static Outbox NewOutbox() => new(Channel, Timing, static id => id.Value, static () => 0.5);
}
