using Candor.Effects;
using Candor.Notices;
using Candor.Notices.Channels;
using Candor.Notices.Streams;
using Candor.Notices.Wording;
using Candor.State;
using Candor.State.Incidents;
using static Candor.Tests.Notices.NoticeWorld;

namespace Candor.Tests.Notices.Rules;

/// <summary>The rules one by one, as timetables of one subscriber and one incident.</summary>
public sealed class RulesTests
{
    private static readonly ChannelTiming Timing = new(TimeSpan.FromMinutes(5), TimeSpan.FromHours(24));

    private readonly Outbox outbox = new(Channel, Timing, static _ => "receiver.example", static () => 0.5);
    private World world = Start(1);

    [Fact]
    public void Three_pending_updates_become_one_notice_with_the_last_state_and_point_at_it()
    {
        Happens(Opens(At(0)), Says(At(3), 2, IncidentStatus.Identified), Says(At(4), 3, IncidentStatus.Resolved));

        var (stream, message) = Assert.Single(Begin(At(4)));

        Assert.Equal(("resolved", 3), (message.Facts.Status, message.Facts.Updates.Length));
        Assert.EndsWith(": resolved", message.Subject, StringComparison.Ordinal);
        Deliver(stream, At(4));
        Assert.Equal([PieceState.Superseded, PieceState.Superseded, PieceState.Sent], Stream.Pieces.Select(static piece => piece.State));
        Assert.Equal([3, 3, null], Stream.Pieces.Select(static piece => piece.By));
    }

    [Fact]
    public void Whoever_follows_one_incident_is_told_of_it_and_of_nothing_else()
    {
        Happens(new SubscriberWishesChanged(At(0), IdOf(1), new(Channel) { Incidents = [Outage], OnlyIncidents = true, MinimumImpact = Impact.Critical }));
        Happens(Opens(At(1)), Opens(At(1), new("other0000000")));
        Happens(Says(At(2), 2, IncidentStatus.Identified), Says(At(2), 2, IncidentStatus.Identified, id: new("other0000000")));

        var (stream, _) = Assert.Single(Begin(At(2)));

        Assert.Equal(OutageTopic, stream.Topic);
    }

    [Fact]
    public void Whoever_follows_an_incident_that_goes_on_in_another_is_told_of_that_one()
    {
        var other = new IncidentId("other0000000");
        Happens(new SubscriberWishesChanged(At(0), IdOf(1), new(Channel) { Incidents = [Outage], OnlyIncidents = true }));
        Happens(Opens(At(1)), Opens(At(1), other));
        Happens(Says(At(2), 2, IncidentStatus.Investigating, id: other), new IncidentMerged(At(2), Outage, other, new("person:ada")));
        Happens(Says(At(3), 3, IncidentStatus.Resolved, id: other));

        Assert.Contains(Begin(At(3)), begun => begun.Message.Facts.Id == other.Value);
    }

    [Theory]
    [InlineData("component")]
    [InlineData("page")]
    [InlineData("incident")]
    public void SEC_09_What_is_for_some_readers_only_is_told_to_nobody(string what)
    {
        Happens(new PageConfigured(At(0), world.Page with { Audiences = ["staff"], OnlyFor = what == "page" ? ["staff"] : [] }));
        var home = world.Components[Home].Definition;
        Happens(new ComponentChanged(At(0), home with { OnlyFor = what == "component" ? ["staff"] : [] }));
        Happens(Opens(At(1)) with { OnlyFor = what == "incident" ? ["staff"] : [] }, Says(At(2), 2, IncidentStatus.Identified));

        Assert.Empty(Begin(At(2)));
    }

    [Fact]
    public void What_is_hidden_while_it_is_pending_is_not_told_any_more()
    {
        Happens(Opens(At(0)));
        Happens(new ComponentChanged(At(1), world.Components[Home].Definition with { OnlyFor = ["staff"] }));

        Assert.Empty(Begin(At(1)));
        Assert.All(Stream.Pieces, static piece => Assert.Equal((PieceState.Suppressed, "private"), (piece.State, piece.Why)));
    }

    [Fact]
    public void What_was_said_while_an_attempt_failed_is_in_the_next_one()
    {
        Happens(Opens(At(0)));
        var (stream, _) = Assert.Single(Begin(At(0)));
        Answer(stream, Handover.TryAgain(Blame.Destination, "timeout", ""), At(1));
        Happens(Says(At(3), 2, IncidentStatus.Resolved));

        var (again, message) = Assert.Single(Begin(At(30)));

        Assert.Equal((1, 2, "resolved"), (again.Attempt!.From, again.Attempt.To, message.Facts.Status));
    }

    [Fact]
    public void Never_told_and_over_in_under_two_minutes_is_silent_with_a_row_that_says_why()
    {
        Happens(Opens(At(0), automatic: true), Says(At(1), 2, IncidentStatus.Resolved, automatic: true));

        Assert.Empty(Begin(At(1)));
        Assert.All(Stream.Pieces, static piece => Assert.Equal((PieceState.Suppressed, "over_quickly"), (piece.State, piece.Why)));
    }

    [Fact]
    public void Whoever_was_told_of_it_is_told_that_it_is_over_however_quickly_and_whatever_they_wish_by_then()
    {
        Happens(Opens(At(0)));
        Deliver(Assert.Single(Begin(At(0))).Stream, At(0));
        Happens(
            new SubscriberWishesChanged(At(1), IdOf(1), new(Channel) { Components = [Mail] }),
            Says(At(1), 2, IncidentStatus.Resolved));

        Assert.Equal("resolved", Assert.Single(Begin(At(1))).Message.Facts.Status);
    }

    [Theory]
    [InlineData(true, "resolved")]
    [InlineData(false, null)]
    public void So_is_whoever_may_have_heard_of_it_without_answering(bool isOnItsWay, string? told)
    {
        Happens(Opens(At(0)));
        Answer(Assert.Single(Begin(At(0))).Stream, isOnItsWay ? Handover.Silent("timeout", "") : Handover.TryAgain(Blame.Destination, "unreachable", ""), At(0));
        Happens(Says(At(1), 2, IncidentStatus.Resolved));

        Assert.Equal(told, Begin(At(1.5)).SingleOrDefault().Message?.Facts.Status);
        Assert.Equal(isOnItsWay ? 1 : 0, outbox.Ambiguous);
    }

    [Fact]
    public void What_may_have_arrived_is_tried_again_as_soon_as_what_did_not()
    {
        Happens(Opens(At(0)));
        Answer(Assert.Single(Begin(At(0))).Stream, Handover.Silent("cut", ""), At(0));

        Assert.Equal((1, true), (Stream.Tries, Stream.NotBefore <= At(0).AddSeconds(2)));
        Assert.Single(Begin(At(0.05)));
    }

    [Fact]
    public void Whoever_has_left_hears_nothing_more()
    {
        Happens(Opens(At(0)));
        Happens(new SubscriberLeft(At(1), IdOf(1)));

        Assert.Empty(Begin(At(1)));
        Assert.Equal("left", Stream.Pieces[0].Why);
    }

    [Fact]
    public void Later_than_five_minutes_is_said_so()
    {
        Happens(Opens(At(0)));

        var message = Assert.Single(Begin(At(9))).Message;

        Assert.Equal(TimeSpan.FromMinutes(9), message.Facts.Delay);
        Assert.Contains("9 min before it was sent", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void In_time_nothing_is_said_of_lateness()
    {
        Happens(Opens(At(0)));
        Assert.Null(Assert.Single(Begin(At(4))).Message.Facts.Delay);
    }

    [Fact]
    public void Of_what_comes_and_goes_automation_tells_once_in_ten_minutes()
    {
        Happens(Opens(At(0), automatic: true));
        Deliver(Assert.Single(Begin(At(0))).Stream, At(0));
        Happens(Says(At(3), 2, IncidentStatus.Resolved, automatic: true));
        Deliver(Assert.Single(Begin(At(3))).Stream, At(3));
        Happens(
            Says(At(5), 3, IncidentStatus.Investigating, automatic: true),
            Says(At(8), 4, IncidentStatus.Resolved, automatic: true));

        Assert.Empty(Begin(At(12)));
        Assert.Equal("resolved", Assert.Single(Begin(At(13.1))).Message.Facts.Status);
    }

    /// <summary>The calendar was a day ahead, and is set right while something waits for its next try.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void P_17_A_calendar_that_is_set_back_holds_no_retry_any_longer(bool isStartedAnew)
    {
        Happens(Opens(At(0)));
        Answer(Assert.Single(Begin(At(0))).Stream, Handover.TryAgain(Blame.Destination, "busy", "503", after: TimeSpan.FromMinutes(4)), At(0));
        var box = outbox;
        if (isStartedAnew)
        {
            box = new(Channel, Timing, static _ => "receiver.example", static () => 0.5);
            box.Restore(Stream, world, Back(1));
        }

        world = Folded([Says(At(1), 2, IncidentStatus.Identified)], world);
        box.Accept(world, OutageTopic, Back(1));

        Assert.Empty(box.Begin(world, Back(3.9), 10).Started);
        Assert.Single(box.Begin(world, Back(isStartedAnew ? 6 : 4), 10).Started);
    }

    [Fact]
    public void P_17_Nor_what_comes_and_goes()
    {
        Happens(Opens(At(0), automatic: true), Says(At(3), 2, IncidentStatus.Resolved, automatic: true));
        Deliver(Assert.Single(Begin(At(3))).Stream, At(3));
        world = Folded([Says(At(5), 3, IncidentStatus.Investigating, automatic: true)], world);
        outbox.Accept(world, OutageTopic, Back(5));

        Assert.Empty(outbox.Begin(world, Back(5), 10).Started);
        Assert.Empty(outbox.Begin(world, Back(14.9), 10).Started);
        Assert.Single(outbox.Begin(world, Back(15), 10).Started);
    }

    [Fact]
    public void P_17_A_calendar_that_is_set_forward_fires_nothing_early()
    {
        Happens(Opens(At(0)));
        Answer(Assert.Single(Begin(At(0))).Stream, Handover.TryAgain(Blame.Destination, "busy", "503", after: TimeSpan.FromMinutes(4)), At(0));
        world = Folded([Says(At(1), 2, IncidentStatus.Identified)], world);
        outbox.Accept(world, OutageTopic, Now(At(1)) with { Wall = At(1).AddDays(1) });

        Assert.Empty(outbox.Begin(world, Now(At(3.9)) with { Wall = At(3.9).AddDays(1) }, 10).Started);
        Assert.Single(outbox.Begin(world, Now(At(4)) with { Wall = At(4).AddDays(1) }, 10).Started);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void P_17_Nor_gives_up_what_is_being_tried_which_ends_after_a_day_of_tries_all_the_same(bool isStartedAnew)
    {
        Happens(Opens(At(0)));
        Fail(0);
        Fail(6);
        var (box, ahead) = (outbox, TimeSpan.FromHours(25));
        if (isStartedAnew)
        {
            box = new(Channel, Timing, static _ => "receiver.example", static () => 0.5);
            box.Restore(Stream, world, Ahead(10));
        }

        var minute = 12.0;
        for (; box.Streams.Single().HasPending && minute < 3_000; minute += 6)
        {
            foreach (var stream in box.Begin(world, Ahead(minute), 10).Started)
            {
                Assert.NotNull(box.Settle(world, stream.Key, stream.Attempt!.Key, Handover.TryAgain(Blame.Recipient, "mailbox_full", "452"), Ahead(minute)));
            }
        }

        Assert.Equal(PieceState.Expired, box.Streams.Single().Pieces[0].State);
        Assert.InRange(minute / 60, 23, 24.3);

        Moment Ahead(double minutes) => Now(At(minutes)) with { Wall = At(minutes) + ahead };
    }

    [Fact]
    public void What_is_started_anew_again_and_again_is_tried_for_a_day_and_no_longer()
    {
        Happens(Opens(At(0)));
        var (box, stored, tries) = (outbox, Stream, 0);
        for (var minute = 0.0; stored.HasPending && minute < 6_000; minute += 6)
        {
            foreach (var stream in box.Begin(world, Now(At(minute)), 10).Started)
            {
                tries++;
                stored = box.Settle(world, stream.Key, stream.Attempt!.Key, Handover.TryAgain(Blame.Recipient, "mailbox_full", "452"), Now(At(minute)))!.Value.Stream;
            }

            if ((int)minute % 60 == 54)
            {
                // Nobody tries for half an hour; what was stored is all that is known.
                minute += 30;
                box = new(Channel, Timing, static _ => "receiver.example", static () => 0.5);
                box.Restore(stored, world, Now(At(minute)));
            }
        }

        Assert.Equal(PieceState.Expired, stored.Pieces[0].State);
        Assert.InRange(tries, 200, 300);
    }

    [Fact]
    public void A_person_s_word_is_never_held_by_that()
    {
        Happens(Opens(At(0), automatic: true), Says(At(3), 2, IncidentStatus.Resolved, automatic: true));
        Deliver(Assert.Single(Begin(At(3))).Stream, At(3));
        Happens(Says(At(5), 3, IncidentStatus.Investigating));

        Assert.Single(Begin(At(5)));
    }

    [Fact]
    public void Nothing_quiet_backfilled_or_unpublished_is_told()
    {
        Happens(
            Opens(At(0)) with { Quiet = true },
            Opens(At(0), new("hidden000000")) with { Published = false },
            Opens(At(0), new("ancient00000")) with { Backfilled = true });

        Assert.Empty(Begin(At(0)));
        Assert.Equal(0, outbox.Total.Accepted);
    }

    [Fact]
    public void Only_who_follows_the_component_or_what_is_above_it_is_told_and_only_from_the_impact_on()
    {
        world = Start(0);
        Happens(
            Follows(1, [Home], Impact.None), Follows(2, [Mail], Impact.None), Follows(3, [], Impact.Critical), Follows(4, [], Impact.Major),
            Opens(At(0), status: ComponentStatus.PartialOutage));

        Assert.Equal([IdOf(1), IdOf(4)], Begin(At(0)).Select(static one => one.Stream.Subscriber).Order(ById));
    }

    [Fact]
    public void A_child_s_trouble_that_a_parent_explains_is_not_told_and_has_a_row()
    {
        world = Start(0);
        var rules = JudgingRules.Default;
        Happens(
            new MonitorAdded(At(-9), new(new("database"), new("tcp", "db", "{}"), TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(5), rules)),
            new MonitorAdded(At(-9), new(new("mailer"), new("tcp", "mx", "{}"), TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(5), rules) { DependsOn = [new("database")] }),
            new ComponentChanged(At(-9), new(Mail, "Mail", null, 1) { Monitors = [new("mailer")] }),
            Follows(1, [Mail], Impact.None),
            Opens(At(0), automatic: true) with { Causes = [new("database")] },
            new IncidentCauseJoined(At(1), Outage, new("mailer"), new("database"), "no answer"));

        Assert.Empty(Begin(At(1)));
        Assert.Equal((PieceState.Suppressed, "dependency"), (Stream.Pieces[0].State, Stream.Pieces[0].Why));
    }

    [Fact]
    public void A_failing_head_blocks_its_own_stream_alone()
    {
        world = Start(2);
        Happens(Opens(At(0)));
        var both = Begin(At(0));
        Answer(both[0].Stream, Handover.TryAgain(Blame.Recipient, "mailbox_full", "452"), At(0));
        Deliver(both[1].Stream, At(0));
        Happens(Says(At(0.001), 2, IncidentStatus.Identified));

        Assert.Equal([both[1].Stream.Subscriber], Begin(At(0.001)).Select(static one => one.Stream.Subscriber));
    }

    [Fact]
    public void After_a_day_of_tries_it_is_given_up_and_the_limit_is_stated()
    {
        Happens(Opens(At(0)));
        for (var minute = 0.0; Stream.HasPending && minute < 3_000; minute += 6)
        {
            Fail(minute);
        }

        Assert.Equal((PieceState.Expired, "mailbox_full"), (Stream.Pieces[0].State, Stream.Pieces[0].Why));
        Assert.InRange((Stream.Pieces[0].SettledAt!.Value - At(0)).TotalHours, 23, 24.1);
    }

    [Fact]
    public void A_word_that_is_said_shortly_before_the_limit_has_its_own_time_and_takes_the_older_one_along()
    {
        Happens(Opens(At(0)));
        for (var minute = 0.0; minute < 1_439; minute += 6)
        {
            Fail(minute);
        }

        Happens(Says(At(1_439), 2, IncidentStatus.Resolved));
        Fail(1_439);
        Fail(1_446);
        var (stream, message) = Assert.Single(Begin(At(1_460)));

        Assert.Equal((1, 2, "resolved"), (stream.Attempt!.From, stream.Attempt.To, message.Facts.Status));
        Answer(stream, Handover.TryAgain(Blame.Recipient, "mailbox_full", "452"), At(1_460));
        for (var minute = 1_466.0; Stream.HasPending && minute < 6_000; minute += 6)
        {
            Fail(minute);
        }

        Assert.All(Stream.Pieces, static piece => Assert.Equal(PieceState.Expired, piece.State));
        Assert.InRange((Stream.Pieces[1].SettledAt!.Value - At(1_439)).TotalHours, 23, 24.1);
    }

    [Fact]
    public void Our_own_refused_login_stops_the_channel_and_spares_the_recipients()
    {
        world = Start(3);
        Happens(Opens(At(0)));
        var first = Begin(At(0), room: 1);
        Answer(first[0].Stream, Handover.Refused(Blame.Channel, "login", "535"), At(0));

        Assert.True(outbox.IsStopped);
        Assert.Empty(Begin(At(0.1)));
        Assert.All(outbox.Streams, static stream => Assert.Equal((0, true), (stream.Tries, stream.HasPending)));
        var probe = Assert.Single(Begin(At(1)));
        Deliver(probe.Stream, At(1));
        Assert.Equal(2, Begin(At(1)).Count);
    }

    [Fact]
    public void The_third_process_that_dies_with_it_in_hand_parks_it_and_a_person_can_replay_it_under_the_same_key()
    {
        Happens(Opens(At(0)));
        var key = "";
        for (var crash = 0; crash < 3; crash++)
        {
            var (stream, message) = Assert.Single(Begin(At(crash)));
            key = message.Key;
            outbox.Lose(world, stream.Key, stream.Attempt!.Key, begun: true, blamed: true, Now(At(crash)));
        }

        Assert.Equal((PieceState.Failed, "crashes"), (Stream.Pieces[0].State, Stream.Pieces[0].Why));
        Assert.Empty(Begin(At(9)));
        Assert.NotNull(outbox.Replay(world, Stream.Key, Now(At(10))));
        Assert.Equal(key, Assert.Single(Begin(At(10))).Message.Key);
    }

    [Theory]
    [InlineData("TryAgain", "Destination")]
    [InlineData("TryAgain", "Channel")]
    public void Whoever_brings_an_answer_was_not_what_the_process_died_of(string end, string blame)
    {
        Happens(Opens(At(0)));
        for (var crash = 0; crash < 4; crash++)
        {
            var (dying, _) = Assert.Single(Begin(At(crash * 10)));
            outbox.Lose(world, dying.Key, dying.Attempt!.Key, begun: true, blamed: true, Now(At(crash * 10)));
            Assert.Equal((1, true), (Stream.Crashes, Stream.HasPending));
            var (answering, _) = Assert.Single(Begin(At((crash * 10) + 1)));
            var handover = new Handover { End = Enum.Parse<HandoverEnd>(end), Blame = Enum.Parse<Blame>(blame), Reason = "busy" };
            Answer(answering, handover, At((crash * 10) + 1));
        }

        Assert.Equal((0, true), (Stream.Crashes, Stream.HasPending));
    }

    [Fact]
    public void A_dead_letter_of_several_updates_is_replayed_whole_and_under_its_key_however_much_failed_besides()
    {
        Happens(Opens(At(0)));
        Refuse();
        Happens(Says(At(2), 2, IncidentStatus.Identified), Says(At(3), 3, IncidentStatus.Monitoring));
        var second = Refuse();
        Assert.Equal([PieceState.Failed, PieceState.Superseded, PieceState.Failed], Stream.Pieces.Select(static piece => piece.State));

        // The first by itself, under its own key; the second stays dead.
        var first = NoticeKey.Of(Channel, Stream.Key, 1, 1);
        Assert.NotNull(outbox.Replay(world, Stream.Key, Now(At(4))));
        Assert.Equal(PieceState.Failed, Stream.Pieces[2].State);
        Assert.Null(outbox.Replay(world, Stream.Key, Now(At(4))));
        var again = Assert.Single(Begin(At(4)));
        Assert.Equal(first, again.Message.Key);
        Deliver(again.Stream, At(4));

        Assert.NotNull(outbox.Replay(world, Stream.Key, Now(At(5))));
        again = Assert.Single(Begin(At(5)));
        Assert.Equal(second, again.Message.Key);
        Assert.Equal([2, 3], again.Stream.Pieces.Where(static piece => piece.IsPending).Select(static piece => piece.Seq));
        Deliver(again.Stream, At(5));
        Assert.Null(outbox.Replay(world, Stream.Key, Now(At(6))));

        string Refuse()
        {
            var (stream, message) = Assert.Single(Begin(At(3)));
            Answer(stream, Handover.Refused(Blame.Recipient, "refused", "400"), At(3));
            return message.Key;
        }
    }

    [Fact]
    public void What_is_dead_is_not_told_after_something_newer()
    {
        Happens(Opens(At(0)));
        Answer(Assert.Single(Begin(At(0))).Stream, Handover.Refused(Blame.Recipient, "refused", "400"), At(0));
        Happens(Says(At(2), 2, IncidentStatus.Identified));
        Deliver(Assert.Single(Begin(At(2))).Stream, At(2));

        Assert.Null(outbox.Replay(world, Stream.Key, Now(At(3))));
    }

    [Fact]
    public void A_queue_made_anew_from_the_journal_tells_nobody_again_and_misses_nothing()
    {
        world = Start(3);
        Happens(Opens(At(0)));
        foreach (var (stream, _) in Begin(At(0)).Take(2))
        {
            Deliver(stream, At(0));
        }

        world = World.Fold(world, new NoticesHandedOver(At(1), Channel, [.. outbox.Tally.Take()]));
        var anew = new Outbox(Channel, Timing, static _ => "receiver.example", static () => 0.5);
        anew.Accept(world, OutageTopic, Now(At(2)));

        Assert.Equal((2, 1, true), (anew.Total.Sent, anew.Total.Pending, anew.Total.AddUp));
        Assert.Single(anew.Begin(world, Now(At(2)), 10).Started);
    }

    [Fact]
    public void The_key_depends_on_what_is_told_to_whom_and_on_nothing_else()
    {
        var stream = new StreamKey(IdOf(1), OutageTopic);
        Assert.Equal(NoticeKey.Of("email", stream, 1, 2), NoticeKey.Of("email", stream, 1, 2));
        Assert.Equal(5, new[]
        {
            NoticeKey.Of("email", stream, 1, 2), NoticeKey.Of("webhook", stream, 1, 2), NoticeKey.Of("email", stream, 1, 3),
            NoticeKey.Of("email", stream, 2, 2), NoticeKey.Of("email", new(IdOf(2), OutageTopic), 1, 2),
        }.Distinct(StringComparer.Ordinal).Count());
    }

    private NoticeStream Stream => Assert.Single(outbox.Streams);

    private static readonly Comparer<SubscriberId> ById = Comparer<SubscriberId>.Create(static (a, b) => string.CompareOrdinal(a.Value, b.Value));

    private static DateTimeOffset At(double minutes) => Noon.AddMinutes(10 + minutes);

    private static Moment Now(DateTimeOffset at) => new(at, at - Noon);

    private static Moment Back(double minutes) => Now(At(minutes)) with { Wall = At(minutes).AddDays(-1) };

    private static SubscriberJoined Follows(int number, ComponentId[] components, Impact least) =>
        new(Noon, IdOf(number), new(Channel) { Components = [.. components], MinimumImpact = least }, Confirmed: true);

    private void Happens(params Event[] events)
    {
        world = Folded(events, world);
        foreach (var id in world.Incidents.Keys)
        {
            outbox.Accept(world, Topic.Of(id), Now(events[^1].At));
        }
    }

    private List<(NoticeStream Stream, Message Message)> Begin(DateTimeOffset at, int room = 100) =>
    [
        .. outbox.Begin(world, Now(at), room).Started.Select(stream => (stream, MessageWriter.Write(
            new(world, world.Subscribers[stream.Subscriber], stream, at) { Channel = Channel, Address = "https://receiver.example/" }))),
    ];

    private void Fail(double minute)
    {
        foreach (var (stream, _) in Begin(At(minute)))
        {
            Answer(stream, Handover.TryAgain(Blame.Recipient, "mailbox_full", "452"), At(minute));
        }
    }

    private void Deliver(NoticeStream stream, DateTimeOffset at) => Answer(stream, Handover.Delivered("200"), at);

    private void Answer(NoticeStream stream, Handover handover, DateTimeOffset at) =>
        Assert.NotNull(outbox.Settle(world, stream.Key, stream.Attempt!.Key, handover, Now(at)));
}
