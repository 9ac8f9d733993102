using Candor.Effects;
using Candor.Languages;
using Candor.Notices;
using Candor.Notices.Channels;
using Candor.Notices.Streams;
using Candor.Notices.Wording;
using Candor.Pages.Wording;
using Candor.State;
using Candor.State.Incidents;
using static Candor.Tests.Notices.NoticeWorld;

namespace Candor.Tests.Notices.Rules;

/// <summary>Reminders on the way of notices: for responders alone, moot once settled, and no business of readers.</summary>
public sealed class ReminderRulesTests
{
    private static readonly ChannelTiming Timing = new(TimeSpan.FromMinutes(5), TimeSpan.FromHours(24));
    private static readonly Topic Reminding = Topic.OfReminder(OutageTopic);
    private static readonly DateTimeOffset Due = Noon.AddHours(1);

    private readonly Outbox outbox = new(Channel, Timing, static _ => "receiver.example", static () => 0.5);
    private World world = Folded([Opens(Noon)], Start(3));

    [Fact]
    public void Only_a_responder_is_told_and_readers_see_nothing_of_it()
    {
        OnDuty(2);
        Happens(Raised(Due));

        var (stream, message) = Assert.Single(Begin(Due));

        Assert.Equal(IdOf(2), stream.Subscriber);
        Assert.Equal(MessageSubject.Reminder, message.Facts.About);
        Assert.Contains("No word since 12:00 UTC: Homepage is down", message.Subject, StringComparison.Ordinal);
        Assert.Contains("https://status.example.com/acknowledge/x", message.Text, StringComparison.Ordinal);
        var told = Folded([new NoticesHandedOver(Due, Channel, [new(Reminding, 1, NumberSet.Parse("2"))])], world);
        Assert.Equal("Told nobody yet; 3 wait.", Notified.Of(told, told.Incidents[Outage], Due, Language.English));
    }

    [Fact]
    public void What_was_settled_while_it_was_pending_is_not_told_any_more()
    {
        OnDuty(1);
        Happens(Raised(Due));
        Happens(Says(Due.AddMinutes(1), 2, IncidentStatus.Identified));

        Assert.Empty(Begin(Due.AddMinutes(1)));
        Assert.All(Stream(1).Pieces, static piece => Assert.Equal((PieceState.Suppressed, "settled"), (piece.State, piece.Why)));
    }

    [Fact]
    public void Whoever_goes_off_duty_hears_no_more_of_it_also_where_they_heard_before()
    {
        OnDuty(1);
        Happens(Raised(Due));
        var (stream, _) = Assert.Single(Begin(Due));
        outbox.Settle(world, stream.Key, stream.Attempt!.Key, Handover.Delivered("200 OK"), At(Due));
        Happens(new SubscriberWishesChanged(Due, IdOf(1), new(Channel)), Raised(Due.AddMinutes(5)));

        Assert.Empty(Begin(Due.AddMinutes(5)));
        Assert.Equal(1, Stream(1).LastSeq);
    }

    [Fact]
    public void Each_time_is_a_notice_of_its_own_in_one_thread_and_what_piled_up_is_told_once()
    {
        OnDuty(1);
        Happens(Raised(Due));
        var (first, message) = Assert.Single(Begin(Due));
        outbox.Settle(world, first.Key, first.Attempt!.Key, Handover.Delivered("200 OK"), At(Due));
        Happens(Raised(Due.AddMinutes(5)), Raised(Due.AddMinutes(10)));

        var (_, again) = Assert.Single(Begin(Due.AddMinutes(10)));

        Assert.NotEqual(message.Key, again.Key);
        Assert.Equal(message.Thread, again.Thread);
        Assert.Contains("(1h 10m)", again.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_for_some_readers_only_is_not_named()
    {
        OnDuty(1);
        Happens(new PageConfigured(Noon, world.Page with { Audiences = ["staff"] }));
        Happens(new ComponentChanged(Noon, world.Components[Home].Definition with { OnlyFor = ["staff"] }), Raised(Due));

        var (_, message) = Assert.Single(Begin(Due));

        Assert.DoesNotContain("Homepage", message.Subject + message.Text + message.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pagerduty", 1)]
    [InlineData("email", 0)]
    public void What_woke_somebody_elsewhere_is_ended_there_once_it_is_done_and_nobody_else_is_told(string channel, int told)
    {
        var elsewhere = new Outbox(channel, Timing, static _ => "receiver.example", static () => 0.5);
        world = Folded([new SubscriberJoined(Noon, IdOf(7), new(channel) { Reminders = true }, Confirmed: true), Raised(Due)], world);
        elsewhere.Accept(world, Reminding, At(Due));
        var trigger = Written(channel, Assert.Single(elsewhere.Begin(world, At(Due), 10).Started), Due);
        var stream = elsewhere.Find(new(IdOf(7), Reminding))!;
        elsewhere.Settle(world, stream.Key, stream.Attempt!.Key, Handover.Delivered("202"), At(Due));

        world = Folded([Says(Due.AddMinutes(1), 2, IncidentStatus.Identified)], world);
        Assert.Contains(Reminding, Candor.Notices.Rules.Topics.Of(Says(Due.AddMinutes(1), 2, IncidentStatus.Identified)));
        elsewhere.Accept(world, Reminding, At(Due.AddMinutes(1)));
        var ended = elsewhere.Begin(world, At(Due.AddMinutes(1)), 10).Started.Select(one => Written(channel, one, Due.AddMinutes(1))).ToList();

        Assert.Equal(told, ended.Count);
        Assert.All(ended, message =>
        {
            Assert.Equal(trigger.Thread, message.Thread);
            var (before, after) = (Candor.Notices.Channels.PagerDuty.PagerDutyBody.All(trigger)[0], Candor.Notices.Channels.PagerDuty.PagerDutyBody.All(message)[0]);
            Assert.Equal(("trigger", "resolve"), ((string)before["event_action"]!, (string)after["event_action"]!));
            Assert.Equal((string)before["dedup_key"]!, (string)after["dedup_key"]!);
        });

        // The next occasion wakes again.
        world = Folded([new ReminderRaised(Due.AddHours(2), OutageTopic, ReminderCause.Silence, Due.AddMinutes(61))], world);
        elsewhere.Accept(world, Reminding, At(Due.AddHours(2)));
        Assert.Single(elsewhere.Streams, static one => one.HasPending);
    }

    private Message Written(string channel, NoticeStream stream, DateTimeOffset now) => MessageWriter.Write(
        new(world, world.Subscribers[stream.Subscriber], stream, now) { Channel = channel, Address = "key", AcknowledgeUrl = "https://status.example.com/acknowledge/x" });

    private static Moment At(DateTimeOffset at) => new(at, at - Noon);

    private static ReminderRaised Raised(DateTimeOffset at) => new(at, OutageTopic, ReminderCause.Silence, Due);

    private void OnDuty(int number) => Happens(new SubscriberWishesChanged(Noon, IdOf(number), new(Channel) { Reminders = true }));

    private void Happens(params Event[] events)
    {
        world = Folded(events, world);
        outbox.Accept(world, Reminding, At(events[^1].At));
    }

    private NoticeStream Stream(int number) => outbox.Find(new(IdOf(number), Reminding))!;

    private List<(NoticeStream Stream, Message Message)> Begin(DateTimeOffset now) =>
    [
        .. outbox.Begin(world, At(now), room: 10).Started.Select(stream => (stream, MessageWriter.Write(
            new(world, world.Subscribers[stream.Subscriber], stream, now)
            {
                Channel = Channel, Address = "https://receiver.example", AcknowledgeUrl = "https://status.example.com/acknowledge/x",
            }))),
    ];
}
