using Candor.Effects;
using Candor.Notices;
using Candor.Notices.Channels;
using Candor.Notices.Streams;
using Candor.Notices.Wording;
using Candor.State;
using static Candor.Tests.Notices.NoticeWorld;

namespace Candor.Tests.Notices.Subscribers;

/// <summary>The link to confirm with goes through the same queue as everything else, and to its own subscriber alone.</summary>
public sealed class LinkNoticeTests
{
    private static readonly SubscriberId Stranger = IdOf(9);
    private readonly Outbox outbox = new(Channel, new(TimeSpan.FromMinutes(5), TimeSpan.FromHours(24)), static _ => "receiver.example", static () => 0.5);
    private World world = Start(subscribers: 2);

    [Fact]
    public void It_goes_to_the_one_who_was_asked_for_and_names_nobody_and_nothing_else()
    {
        Happens(new SubscriberJoined(Noon, Stranger, new(Channel), Confirmed: false), new SubscriberAsked(Noon, Stranger));

        var message = Assert.Single(Begin()).Message;

        Assert.Equal((MessageSubject.Confirmation, "[Heron Copier] Confirm that you want to be told"), (message.Facts.About, message.Subject));
        Assert.Contains("https://status.example.com/subscriptions/x", message.Text, StringComparison.Ordinal);
        Assert.True(outbox.Total.AddUp);
    }

    [Fact]
    public void Asked_twice_before_it_went_it_goes_once_and_asked_again_later_it_goes_again_with_another_key()
    {
        Happens(
            new SubscriberJoined(Noon, Stranger, new(Channel), Confirmed: false), new SubscriberAsked(Noon, Stranger),
            new SubscriberAsked(Noon, Stranger));
        var (stream, first) = Assert.Single(Begin());
        Assert.NotNull(outbox.Settle(world, stream.Key, stream.Attempt!.Key, Handover.Delivered("250"), At));

        Assert.Empty(Begin());
        Happens(new SubscriberAsked(Noon, Stranger));
        Assert.NotEqual(first.Key, Assert.Single(Begin()).Message.Key);
    }

    [Fact]
    public void Whoever_is_told_already_gets_their_link_and_not_a_question()
    {
        Happens(new SubscriberAsked(Noon, IdOf(1)));

        Assert.Equal(MessageSubject.Link, Assert.Single(Begin()).Message.Facts.About);
    }

    [Fact]
    public void Whoever_left_meanwhile_is_not_written_to()
    {
        Happens(new SubscriberJoined(Noon, Stranger, new(Channel), Confirmed: false), new SubscriberAsked(Noon, Stranger));
        Happens(new SubscriberLeft(Noon, Stranger));

        Assert.Empty(Begin());
        Assert.Equal("left", Assert.Single(outbox.Streams).Pieces[0].Why);
    }

    [Fact]
    public void An_unconfirmed_one_hears_of_no_incident()
    {
        Happens(new SubscriberJoined(Noon, Stranger, new(Channel), Confirmed: false), new SubscriberAsked(Noon, Stranger), Opens(Noon));
        outbox.Accept(world, OutageTopic, At);

        Assert.DoesNotContain(outbox.Of(OutageTopic), static stream => stream.Subscriber == Stranger);
    }

    [Fact]
    public void A_queue_that_was_lost_asks_nobody_again()
    {
        Happens(new SubscriberJoined(Noon, Stranger, new(Channel), Confirmed: false), new SubscriberAsked(Noon, Stranger));
        var stream = Assert.Single(Begin()).Stream;
        outbox.Settle(world, stream.Key, stream.Attempt!.Key, Handover.Delivered("250"), At);
        world = Folded([new NoticesHandedOver(Noon, Channel, [.. outbox.Tally.Take()])], world);

        var anew = new Outbox(Channel, new(TimeSpan.FromMinutes(5), TimeSpan.FromHours(24)), static _ => "receiver.example", static () => 0.5);
        anew.Accept(world, Topic.Of(Stranger), At);

        Assert.Empty(anew.Begin(world, At, 100).Started);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Links_to_addresses_that_never_answer_say_nothing_of_the_channel(bool confirmed)
    {
        for (var number = 11; number < 15; number++)
        {
            Happens(new SubscriberJoined(Noon, IdOf(number), new(Channel), confirmed), new SubscriberAsked(Noon, IdOf(number)));
        }

        Happens(Opens(Noon));
        var several = new Outbox(Channel, new(TimeSpan.FromMinutes(5), TimeSpan.FromHours(24)) { WorkersMost = 1_000 }, static id => $"{id}.example", static () => 0.5);
        foreach (var topic in (Topic[])[.. world.Subscribers.Keys.Select(Topic.Of), .. confirmed ? [OutageTopic] : Array.Empty<Topic>()])
        {
            several.Accept(world, topic, At);
        }

        foreach (var stream in several.Begin(world, At, 100).Started)
        {
            several.Settle(world, stream.Key, stream.Attempt!.Key, Handover.TryAgain(Blame.Destination, "busy", "503"), At);
        }

        var later = new Moment(At.Wall.AddMinutes(1), At.Steady + TimeSpan.FromMinutes(1));
        Assert.NotNull(several.OldestPending());
        Assert.Equal((confirmed, confirmed), (several.OldestToldOf() is not null, several.IsStuck(later)));
    }

    private static Moment At => new(Noon.AddMinutes(1), TimeSpan.FromMinutes(1));

    private void Happens(params Event[] events)
    {
        world = Folded(events, world);
        foreach (var id in world.Subscribers.Keys)
        {
            outbox.Accept(world, Topic.Of(id), At);
        }
    }

    private List<(NoticeStream Stream, Message Message)> Begin() =>
    [
        .. outbox.Begin(world, At, 100).Started.Select(stream => (stream, MessageWriter.Write(
            new(world, world.Subscribers[stream.Subscriber], stream, At.Wall)
            {
                Channel = Channel,
                Address = "https://receiver.example/",
                ManageUrl = "https://status.example.com/subscriptions/x",
            }))),
    ];
}
