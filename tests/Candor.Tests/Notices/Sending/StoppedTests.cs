using Candor.Effects;
using Candor.Notices;
using Candor.Notices.Channels;
using Candor.Notices.Sending;
using Candor.Notices.Streams;
using Candor.State;
using static Candor.Tests.Notices.NoticeWorld;

namespace Candor.Tests.Notices.Sending;

/// <summary>A refusal of our sender or login stops a channel and spares everybody, unless it is one mail that is refused.</summary>
public sealed class StoppedTests
{
    private static readonly Handover Refused = Handover.Refused(Blame.Channel, "sender_refused", "550") with { MayBeOwn = true };
    private static readonly Handover NoLogin = Handover.Refused(Blame.Channel, "login_refused", "535");
    private static readonly Handover Delivered = Handover.Delivered("250");

    private readonly Outbox outbox = new(
        Channel, new(TimeSpan.FromMinutes(15), TimeSpan.FromHours(24)), static id => $"{id.Value[^1]}.example", static () => 0.5);

    private World world = Start(20);

    [Fact]
    public void The_probe_is_another_one_than_who_was_refused_and_one_that_is_refused_alone_stops_nobody_any_more()
    {
        Happens(Opens(Noon), OutageTopic);
        var bad = Assert.Single(Begin(0, room: 1));
        Settle(bad, Refused, 0);
        Assert.True(outbox.IsStopped);
        Assert.Empty(Begin(20));

        var probe = Assert.Single(Begin(40, room: 1));
        Assert.NotEqual(bad.Subscriber, probe.Subscriber);
        Settle(probe, Delivered, 40);
        Assert.False(outbox.IsStopped);

        var others = Begin(41);
        Assert.Equal(19, others.Count);
        foreach (var stream in others)
        {
            Settle(stream, stream.Subscriber == bad.Subscriber ? Refused : Delivered, 42);
        }

        Assert.False(outbox.IsStopped);
        Assert.Equal((1, "sender_refused"), (outbox.Total.Pending, outbox.Find(bad.Key)!.Reason));
        Assert.True(outbox.Find(bad.Key)!.NotBefore > At(42).Wall, "it goes on without a pause");
    }

    [Fact]
    public void One_that_is_refused_while_others_get_through_stops_nobody()
    {
        Happens(Opens(Noon), OutageTopic);
        var all = Begin(0);
        Settle(all[1], Delivered, 1);
        Settle(all[0], Refused, 1);

        Assert.False(outbox.IsStopped);
    }

    [Fact]
    public void Where_all_are_refused_each_is_spared_and_one_after_the_other_finds_out()
    {
        Happens(Opens(Noon), OutageTopic);
        var asked = new HashSet<SubscriberId>();
        for (var second = 0; second < 900; second++)
        {
            foreach (var stream in Begin(second, room: 1))
            {
                asked.Add(stream.Subscriber);
                Settle(stream, Refused, second);
            }
        }

        Assert.True(outbox.IsStopped);
        Assert.Equal(20, asked.Count);
        Assert.Equal(20, outbox.Total.Pending);

        // All of them have been refused by now, and still somebody finds out that it is mended.
        var mended = Enumerable.Range(900, 90).SelectMany(second => Begin(second, room: 1)).First();
        Settle(mended, Delivered, 990);
        Assert.False(outbox.IsStopped);
    }

    [Fact]
    public void Links_that_strangers_ask_for_stop_nobody_and_find_nothing_out_while_others_wait()
    {
        for (var number = 31; number < 41; number++)
        {
            Happens(new SubscriberJoined(Noon, IdOf(number), new(Channel), Confirmed: false), Topic.Of(IdOf(number)));
            Happens(new SubscriberAsked(Noon, IdOf(number)), Topic.Of(IdOf(number)));
        }

        foreach (var link in Begin(0))
        {
            Settle(link, Refused, 0);
            Assert.True(outbox.Find(link.Key)!.NotBefore > At(0).Wall, "it goes on without a pause");
        }

        Assert.False(outbox.IsStopped);
        Happens(Opens(Noon), OutageTopic);
        Settle(Begin(0, room: 1).Single(), Refused, 0);
        Assert.True(outbox.IsStopped);
        Assert.Equal(OutageTopic, Enumerable.Range(1, 60).SelectMany(second => Begin(second, room: 1)).First().Topic);
    }

    [Fact]
    public void A_login_that_is_refused_stops_the_channel_also_where_only_links_wait_and_none_of_them_expires_by_it()
    {
        for (var number = 31; number < 34; number++)
        {
            Happens(new SubscriberJoined(Noon, IdOf(number), new(Channel), Confirmed: false), Topic.Of(IdOf(number)));
            Happens(new SubscriberAsked(Noon, IdOf(number)), Topic.Of(IdOf(number)));
        }

        var link = Assert.Single(Begin(0, room: 1));
        Settle(link, NoLogin, 0);
        Assert.True(outbox.IsStopped);
        Assert.Equal(0, outbox.Find(link.Key)!.Tries);

        // Whoever comes next finds out, and the others are told once it is mended.
        var probe = Enumerable.Range(1, 60).SelectMany(second => Begin(second, room: 1)).First();
        Settle(probe, Delivered, 61);
        Assert.False(outbox.IsStopped);
        Assert.Equal(2, Begin(62).Count);
    }

    [Fact]
    public void A_login_that_is_refused_while_others_get_through_stops_the_channel()
    {
        Happens(Opens(Noon), OutageTopic);
        var all = Begin(0);
        Settle(all[1], Delivered, 1);
        Settle(all[0], NoLogin, 1);

        Assert.True(outbox.IsStopped);
    }

    [Fact]
    public void Whoever_waits_behind_many_that_were_refused_finds_out_at_the_first_look_also_at_a_server_in_trouble()
    {
        var server = new OneServer(10);
        var slow = new Outbox(
            Channel, new(TimeSpan.FromMinutes(15), TimeSpan.FromHours(24)), static _ => "one.example", static () => 0.5, server);
        world = Folded([Opens(Noon)], Start(200));
        slow.Accept(world, OutageTopic, At(0));
        var all = slow.Begin(world, At(0), 150).Started.ToList();
        Assert.NotEmpty(all);
        slow.Settle(world, all[0].Key, all[0].Attempt!.Key, Handover.TryAgain(Blame.None, "throttled", "451", stress: true), At(0));
        foreach (var stream in all.Skip(1))
        {
            slow.Settle(world, stream.Key, stream.Attempt!.Key, Refused, At(0));
        }

        Assert.True(slow.IsStopped);
        var refused = all.Skip(1).Select(static stream => stream.Key).ToHashSet();
        var probe = slow.Begin(world, At(40), 10).Started;
        Assert.DoesNotContain(Assert.Single(probe).Key, refused);
    }

    private static Moment At(int second) => new(Noon.AddSeconds(second), TimeSpan.FromHours(1) + TimeSpan.FromSeconds(second));

    private void Happens(Event happened, Topic topic)
    {
        world = Folded([happened], world);
        outbox.Accept(world, topic, At(0));
    }

    private IReadOnlyList<NoticeStream> Begin(int second, int room = 100) => outbox.Begin(world, At(second), room).Started;

    private void Settle(NoticeStream stream, Handover handover, int second) => outbox.Settle(world, stream.Key, stream.Attempt!.Key, handover, At(second));
}
