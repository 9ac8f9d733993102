using Candor.Effects;
using Candor.Languages;
using Candor.Notices;
using Candor.Notices.Channels;
using Candor.Notices.Ledger;
using Candor.Notices.Streams;
using Candor.Notices.Wording;
using Candor.State;
using Candor.State.Incidents;
using static Candor.Tests.Notices.NoticeWorld;

namespace Candor.Tests.Notices.Rules;

/// <summary>A channel comes back after days: what was over for more than one is told in one notice.</summary>
public sealed class GatheringTests
{
    private const string Mails = "email";
    private static readonly ChannelTiming Timing = new(TimeSpan.FromMinutes(5), TimeSpan.FromHours(24));
    private static readonly IncidentId Second = new("second000000");
    private static readonly IncidentId Third = new("third0000000");
    private static readonly DateTimeOffset Back = Noon.AddHours(72);

    private readonly Outbox outbox = NewOutbox();
    private World world = Folded([Joins(1) with { Wishes = new(Mails) }], Start(0));

    [Fact]
    public void What_was_over_for_more_than_a_day_is_one_notice_and_each_of_it_is_told()
    {
        TwoAreOver();

        var (stream, others, message) = Assert.Single(Begin(Back));

        Assert.Equal("[Heron Copier] Over by now: 2 incidents", message.Subject);
        Assert.Equal([Second.Value, Outage.Value], message.Facts.Parts.Select(static part => part.Id));
        Assert.Contains("This could not be told in time. All of it has been over for more than a day.", message.Text, StringComparison.Ordinal);
        Assert.Contains("Update 2.", message.Text, StringComparison.Ordinal);
        Assert.Equal(Back - At(5), message.Facts.Delay);
        Assert.All(others.Prepend(stream), one => Assert.Equal((message.Key, true), (one.Attempt!.Key, one.Attempt.Together)));
        Assert.Empty(Begin(Back));

        var told = outbox.Settle(world, stream.Key, message.Key, Handover.Delivered("250 ok"), Now(Back))!.Value.Streams;

        Assert.Equal(2, told.Count);
        Assert.All(told, static one => Assert.Equal((2, "250 ok", false), (one.ToldUpTo, one.Pieces[^1].Said, one.HasPending)));
        Assert.All(told, static one => Assert.Equal("in one notice with other things that were over for more than a day", LedgerWords.Why(one.Pieces[^1].State, one.Pieces[^1].Why, null)));
        Assert.Equal((2, 2, true), (outbox.Total.Sent, outbox.Total.Superseded, outbox.Total.AddUp));
        Assert.Empty(Begin(Back.AddDays(1)));

        // The numbers on the pages of both, and whoever makes the queue anew, know it.
        world = World.Fold(world, new NoticesHandedOver(Back, Mails, [.. outbox.Tally.Take()]));
        Assert.All((Topic[])[OutageTopic, Topic.Of(Second)], topic => Assert.Equal(2, world.Told[topic].Single().SeqOf(1)));
    }

    [Fact]
    public void What_is_open_or_was_over_a_short_while_ago_goes_first_and_by_itself()
    {
        TwoAreOver();
        Happens(Opens(Back.AddHours(-2), Third), Says(Back.AddHours(-1), 2, IncidentStatus.Resolved, id: Third));

        // A destination that comes back is asked little at first.
        List<(NoticeStream Stream, IReadOnlyList<NoticeStream> Others, Message Message)> begun = [.. Begin(Back), .. Begin(Back.AddSeconds(5))];

        Assert.Equal(["[Heron Copier] Homepage is down: resolved", "[Heron Copier] Over by now: 2 incidents"], begun.Select(static one => one.Message.Subject));
        Assert.Equal(Topic.Of(Third), begun[0].Stream.Topic);
    }

    [Fact]
    public void One_alone_is_told_as_ever()
    {
        Happens(Opens(At(5)), Says(At(30), 2, IncidentStatus.Resolved));

        var (stream, others, message) = Assert.Single(Begin(Back));

        Assert.Empty(others);
        Assert.Equal("[Heron Copier] Homepage is down: resolved", message.Subject);
        Assert.Equal(NoticeKey.Of(Mails, stream.Key, 1, 2), message.Key);
    }

    [Fact]
    public void A_postmortem_is_news_however_long_it_is_over()
    {
        TwoAreOver();
        Assert.Single(Begin(Back));
        Happens(Says(Back, 3, IncidentStatus.Postmortem), Says(Back, 3, IncidentStatus.Postmortem, id: Second));

        var anew = NewOutbox();
        anew.Accept(world, OutageTopic, Now(Back));
        anew.Accept(world, Topic.Of(Second), Now(Back));
        Assert.All(BegunBy(anew), static one => Assert.False(one.Attempt!.Together));
    }

    [Theory]
    [InlineData("webhook")]
    [InlineData("pagerduty")]
    public void Programs_are_told_of_each(string channel)
    {
        world = Folded([Joins(1) with { Wishes = new(channel) }], Start(0));
        TwoAreOver();
        var programs = new Outbox(channel, Timing, static id => id.Value, static () => 0.5);
        programs.Accept(world, OutageTopic, Now(Back));
        programs.Accept(world, Topic.Of(Second), Now(Back));

        Assert.Equal(2, BegunBy(programs).Count);
    }

    [Fact]
    public void What_cannot_be_delivered_is_tried_again_together_under_the_same_key()
    {
        TwoAreOver();
        var (stream, _, message) = Assert.Single(Begin(Back));
        var after = outbox.Settle(world, stream.Key, message.Key, Handover.TryAgain(Blame.Recipient, "mailbox_full", "452"), Now(Back))!.Value.Streams;

        Assert.Single(after.Select(static one => one.NotBefore).Distinct());
        Assert.Equal(4, outbox.Total.Pending);
        var again = Assert.Single(Begin(after[0].NotBefore!.Value));
        Assert.Equal((message.Key, 1), (again.Message.Key, again.Others.Count));
    }

    [Fact]
    public void What_is_refused_is_dead_in_each_row_and_is_replayed_row_by_row()
    {
        TwoAreOver();
        var (stream, _, message) = Assert.Single(Begin(Back));
        outbox.Settle(world, stream.Key, message.Key, Handover.Refused(Blame.Recipient, "no_mailbox", "550"), Now(Back));

        Assert.Equal((2, 2, true), (outbox.Total.Failed, outbox.Total.Superseded, outbox.Total.AddUp));
        Assert.NotNull(outbox.Replay(world, stream.Key, Now(Back)));
        Assert.Equal("[Heron Copier] Homepage is down: resolved", Assert.Single(Begin(Back.AddSeconds(5))).Message.Subject);
    }

    [Fact]
    public void A_process_that_dies_with_it_and_a_core_that_does_leave_one_ambiguous_attempt_and_every_row_pending()
    {
        TwoAreOver();
        var (stream, others, message) = Assert.Single(Begin(Back));
        var again = NewOutbox();
        foreach (var stored in others.Prepend(stream))
        {
            again.Restore(stored, world, Now(Back));
        }

        Assert.Equal((1, 4), (again.Ambiguous, again.Total.Pending));
        Assert.Equal(2, outbox.Lose(world, stream.Key, message.Key, begun: true, blamed: true, Now(Back)).Count);
        Assert.Equal((1, 4), (outbox.Ambiguous, outbox.Total.Pending));

        // Whatever of the two killed it, the other one is not put aside for it.
        Assert.All(Begin(Back.AddMinutes(5)), static one => Assert.Empty(one.Others));
    }

    [Fact]
    public void A_rule_that_keeps_one_of_them_from_somebody_does_so_here()
    {
        TwoAreOver();
        Happens(Opens(At(60), Third), Says(At(61), 2, IncidentStatus.Resolved, id: Third));

        var (_, others, message) = Assert.Single(Begin(Back));

        Assert.Single(others);
        Assert.Equal([Second.Value, Outage.Value], message.Facts.Parts.Select(static part => part.Id));
        Assert.Equal(2, outbox.Total.Suppressed);
    }

    [Fact]
    public void It_speaks_German_and_stands_in_a_thread_of_its_own()
    {
        world = Folded([Joins(1) with { Wishes = new(Mails) { Language = Language.German.Tag } }], Start(0));
        TwoAreOver();

        var (stream, _, message) = Assert.Single(Begin(Back));

        Assert.Equal("[Heron Copier] Inzwischen vorbei: 2 Störungen", message.Subject);
        Assert.True(message.OpensThread);
        Assert.NotEqual(NoticeKey.ThreadOf(Mails, stream.Key), message.Thread);
    }

    private void TwoAreOver() => Happens(
        Opens(At(5)), Says(At(30), 2, IncidentStatus.Resolved),
        Opens(At(40), Second), Says(At(50), 2, IncidentStatus.Resolved, id: Second));

    private List<NoticeStream> BegunBy(Outbox one)
    {
        var begun = one.Begin(world, Now(Back), 100).Started.Concat(one.Begin(world, Now(Back.AddSeconds(5)), 100).Started).ToList();
        Assert.Equal(2, begun.Count);
        return begun;
    }

    private static Outbox NewOutbox() => new(Mails, Timing, static id => id.Value + ".example", static () => 0.5);

    private static DateTimeOffset At(int minute) => Noon.AddMinutes(minute);

    private static Moment Now(DateTimeOffset at) => new(at, at - Noon);

    private void Happens(params Event[] events)
    {
        foreach (var one in events)
        {
            world = World.Fold(world, one);
            foreach (var topic in Candor.Notices.Rules.Topics.Of(one).Where(static topic => topic.Reminder is null))
            {
                outbox.Accept(world, topic, Now(one.At));
            }
        }
    }

    private List<(NoticeStream Stream, IReadOnlyList<NoticeStream> Others, Message Message)> Begin(DateTimeOffset at) =>
    [
        .. outbox.Begin(world, Now(at), 100).Started.Select(stream => (stream, outbox.GoneWith(stream.Attempt!.Key), MessageWriter.Write(
            new(world, world.Subscribers[stream.Subscriber], stream, at) { Channel = Mails, Address = "ada@example.com", Others = outbox.GoneWith(stream.Attempt.Key) }))),
    ];
}
