using Candor.Effects;
using Candor.Notices;
using Candor.Notices.Channels;
using Candor.Notices.Rules;
using Candor.Notices.Sending;
using Candor.Notices.Streams;
using Candor.State;
using static Candor.Tests.Notices.NoticeWorld;

namespace Candor.Tests.Notices;

/// <summary>
/// What is allocated while a crowd is told: each fifteen megabytes are a pause of the collector, which whoever reads the page
/// feels. Counted in bytes, so no clock and no load of the machine is in it.
/// </summary>
public sealed class CrowdCostTests(ITestOutputHelper output)
{
    private const int Crowd = 4_000;
    private const int Part = 500;
    private const double Nominal = 2_000;
    private static readonly ChannelTiming Timing = new(TimeSpan.FromMinutes(15), TimeSpan.FromHours(24)) { Nominal = Nominal, WorkersMost = 64 };
    private static readonly World Told = World.Fold(Start(Crowd), Opens(Noon));
    private static readonly Moment Now = new(Noon, TimeSpan.Zero);

    [Fact]
    public void A_notice_costs_little_from_taking_it_in_to_the_answer()
    {
        Tell(NewOutbox());
        var (outbox, before) = (NewOutbox(), GC.GetAllocatedBytesForCurrentThread());

        Tell(outbox);

        IsAtMost("each notice", before, most: 4_700);
        Assert.Equal((Crowd, 0), (outbox.Total.Sent, outbox.Total.Pending));
    }

    /// <summary>What outlives a collection is moved by two of them, and that is what they take their time for.</summary>
    [Fact]
    public void Whoever_waits_for_the_same_words_holds_one_copy_of_them()
    {
        var outbox = NewOutbox();

        outbox.Accept(Told, OutageTopic, Now);

        var first = outbox.Find(new(IdOf(1), OutageTopic))!;
        Assert.All(outbox.Streams, stream => Assert.True(stream.Pieces == first.Pieces, "Each has its own."));
    }

    [Fact]
    public void A_stream_of_which_nothing_was_tried_yet_is_small()
    {
        var one = NewOutbox().Accept(Told, OutageTopic, Now)[0];
        var streams = new NoticeStream[Crowd];
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < Crowd; i++)
        {
            streams[i] = new(one.Subscriber, one.Topic) { Pieces = one.Pieces };
        }

        IsAtMost("each stream", before, most: 64);
        Assert.All(streams, stream => Assert.Equal(one, stream));
    }

    [Fact]
    public void Looking_again_at_whoever_is_told_already_costs_nothing()
    {
        var outbox = NewOutbox();
        outbox.Accept(Told, OutageTopic, Now);
        outbox.Accept(Told, OutageTopic, Now);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Empty(outbox.Accept(Told, OutageTopic, Now));

        IsAtMost("each look", before, most: 16);
    }

    [Fact]
    public void Looking_at_whom_it_does_not_concern_costs_nothing()
    {
        var wishes = new SubscriberWishes(Channel) { Components = [Mail], Incidents = [new("another00000")] };
        var world = Folded(Enumerable.Range(1, Crowd).Select(number => new SubscriberWishesChanged(Noon, IdOf(number), wishes)), Told);
        var outbox = NewOutbox();
        outbox.Accept(world, OutageTopic, Now);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Empty(outbox.Accept(world, OutageTopic, Now));

        IsAtMost("each look", before, most: 16);
    }

    [Fact]
    public void Counting_for_the_page_who_waits_makes_nothing_for_each_of_them()
    {
        var incident = Told.Incidents[Outage];
        Waiting.Of(Told, incident, NumberSet.Empty, Noon);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(Crowd, Waiting.Of(Told, incident, NumberSet.Empty, Noon));

        IsAtMost("each that waits", before, most: 16);
    }

    /// <summary>A part is taken in, whoever has room goes out, and each is answered: as a post room does it.</summary>
    private static void Tell(Outbox outbox)
    {
        var (after, now) = ((int?)0, Now);
        while (after is not null || outbox.Waiting > 0)
        {
            now = new(now.Wall.AddMilliseconds(1), now.Steady + TimeSpan.FromMilliseconds(1));
            after = after is { } number ? outbox.Accept(Told, OutageTopic, now, number, Part).Next : null;
            foreach (var stream in outbox.Begin(Told, now, Timing.WorkersMost - outbox.InFlight).Started)
            {
                Assert.True(outbox.IsToldStill(Told, stream, now));
                Assert.NotNull(outbox.Settle(Told, stream.Key, stream.Attempt!.Key, Handover.Delivered("250 OK"), now, TimeSpan.Zero));
            }
        }
    }

    private void IsAtMost(string what, long before, int most)
    {
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / Crowd;
        output.WriteLine($"{bytes} bytes for {what}");
        Assert.InRange(bytes, 0, most);
    }

    private static Outbox NewOutbox() => new(Channel, Timing, static id => $"domain{id.Value[^2..]}.example", static () => 0.5, new OneServer(Nominal))
    {
        IsForMany = static _ => true,
    };
}
