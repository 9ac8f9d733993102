using Candor.Effects;
using Candor.Judging;
using Candor.Languages;
using Candor.Notices;
using Candor.Notices.Channels;
using Candor.Notices.Rules;
using Candor.Notices.Streams;
using Candor.Notices.Wording;
using Candor.Pages.Wording;
using Candor.State;
using Candor.State.Incidents;
using static Candor.Tests.Notices.NoticeWorld;

namespace Candor.Tests.Notices.Rules;

/// <summary>Timetables of whoever wants an hour's or a day's words together.</summary>
public sealed class DigestRulesTests
{
    private const string Mails = "email";
    private static readonly ChannelTiming Timing = new(TimeSpan.FromMinutes(5), TimeSpan.FromHours(24));
    private static readonly Topic Hours = Topic.OfDigest(DigestEvery.Hourly);
    private static readonly IncidentId Other = new("other0000000");

    private Outbox outbox = new(Mails, Timing, static id => id.Value + ".example", static () => 0.5);
    private World world = Folded(
    [
        new PageConfigured(Noon, new("heroncopier1", "Heron Copier", "Europe/Berlin") { Url = "https://status.example.com" }),
        new ComponentAdded(Noon, new(Home, "Homepage", null, 0)),
        new ComponentAdded(Noon, new(Mail, "Mail", null, 1)),
        new SubscriberJoined(Noon, IdOf(1), new(Mails) { Digest = DigestEvery.Hourly }, Confirmed: true),
        new SubscriberJoined(Noon, IdOf(2), new(Mails), Confirmed: true),
    ]);

    [Fact]
    public void An_hours_words_of_two_incidents_are_one_notice_at_the_full_hour_and_nobody_else_waits_for_it()
    {
        Happens(Opens(At(5)), Says(At(10), 2, IncidentStatus.Identified), Opens(At(20), Other));
        Assert.All(Begin(At(20)), static begun => Assert.Equal(IdOf(2), begun.Stream.Subscriber));
        PassTo(At(59));
        Assert.DoesNotContain(Begin(At(59)), static begun => begun.Stream.Subscriber == IdOf(1));

        PassTo(At(60));
        var (stream, message) = Assert.Single(Begin(At(60)), static begun => begun.Stream.Subscriber == IdOf(1));

        Assert.Equal(Hours, stream.Topic);
        Assert.Equal("[Heron Copier] Digest: 2 incidents", message.Subject);
        Assert.Equal([Other.Value, Outage.Value], message.Facts.Parts.Select(static part => part.Id));
        Assert.Equal(["identified", "investigating"], message.Facts.Parts[1].Updates.Select(static update => update.Status));
        Assert.Contains("Update 2.", message.Text, StringComparison.Ordinal);
        Assert.Contains("We are looking.", message.Html, StringComparison.Ordinal);
        Deliver(stream, At(60));
        PassTo(At(120));
        Assert.DoesNotContain(Begin(At(120)), static begun => begun.Stream.Subscriber == IdOf(1));
    }

    /// <summary>The end of the other one is news of that one, and a program's to close the merged one by.</summary>
    [Fact]
    public void What_goes_on_in_another_one_is_no_news_again_when_that_one_is_over()
    {
        Happens(Opens(At(5)), Opens(At(6), Other));
        Happens([.. IncidentDecisions.Merge(world, At(10), new("person:ada"), Other, new(Outage)).Events]);
        PassTo(At(60));
        Deliver(Assert.Single(Begin(At(60)), static one => one.Stream.Subscriber == IdOf(1)).Stream, At(60));
        Happens(Says(At(70), 3, IncidentStatus.Resolved));

        PassTo(At(120));
        var (_, message) = Assert.Single(Begin(At(120)), static begun => begun.Stream.Subscriber == IdOf(1));

        Assert.Equal([Outage.Value], message.Facts.Parts.Select(static part => part.Id));
    }

    [Fact]
    public void A_digest_of_nothing_is_neither_sent_nor_a_fact()
    {
        PassTo(At(200));
        Assert.Empty(world.Digests);

        // Something was said, and not to them.
        Happens(new SubscriberWishesChanged(At(200), IdOf(1), new(Mails) { Digest = DigestEvery.Hourly, Components = [Mail] }), Opens(At(201)));
        PassTo(At(300));

        Assert.DoesNotContain(Begin(At(300)), static begun => begun.Stream.Subscriber == IdOf(1));
        Assert.Empty(outbox.Of(Hours));
    }

    [Fact]
    public void Whoever_changes_the_way_misses_no_word_and_hears_none_twice()
    {
        Happens(Opens(At(5)));
        PassTo(At(60));
        Deliver(Assert.Single(Begin(At(60)), static one => one.Stream.Subscriber == IdOf(1)).Stream, At(60));
        Happens(Says(At(70), 2, IncidentStatus.Identified));

        Happens(new SubscriberWishesChanged(At(80), IdOf(1), new(Mails)));
        Happens(Says(At(81), 3, IncidentStatus.Monitoring));
        var (each, message) = Assert.Single(Begin(At(81)), static one => one.Stream.Subscriber == IdOf(1));
        Assert.Equal([3, 2], message.Facts.Updates.Select(static update => update.Seq));
        Deliver(each, At(81));

        Happens(new SubscriberWishesChanged(At(90), IdOf(1), new(Mails) { Digest = DigestEvery.Hourly }));
        Happens(Says(At(95), 4, IncidentStatus.Resolved));
        PassTo(At(120));
        var (digest, last) = Assert.Single(Begin(At(120)), static one => one.Stream.Subscriber == IdOf(1));
        Assert.Equal(Hours, digest.Topic);
        Assert.Equal([4], Assert.Single(last.Facts.Parts).Updates.Select(static update => update.Seq));
        Assert.Equal("[Heron Copier] Digest: Homepage is down: resolved", last.Subject);
    }

    [Fact]
    public void Whoever_hears_of_it_in_a_digest_counts_on_the_page_and_the_ledger_goes_on_adding_up()
    {
        foreach (var (said, at) in (IEnumerable<(Event, int)>)[(Opens(At(5)), 5), (Says(At(10), 2, IncidentStatus.Identified), 10), (Opens(At(20), Other), 20)])
        {
            Happens(said);
            Deliver(Assert.Single(Begin(At(at))).Stream, At(at));
        }

        TellTheJournal(At(21));
        Assert.Equal("Told 1 subscriber.", Notified.Of(world, world.Incidents[Outage], At(21), Language.English));
        PassTo(At(60));
        var (digest, _) = Assert.Single(Begin(At(60)));
        Assert.True(outbox.CountsOf(Hours) is { AddUp: true, Pending: 1 });
        Deliver(digest, At(60));
        TellTheJournal(At(61));
        Assert.Equal("Told 2 subscribers.", Notified.Of(world, world.Incidents[Outage], At(61), Language.English));
        Assert.Equal("Told 2 subscribers.", Notified.Of(world, world.Incidents[Other], At(61), Language.English));

        // An hour that speaks of one of them says nothing of the other; twice is once.
        Happens(Says(At(70), 3, IncidentStatus.Monitoring), Opens(At(75), new("third0000000")));
        PassTo(At(120));
        var (second, _) = Assert.Single(Begin(At(120)), static one => one.Stream.Subscriber == IdOf(1));
        outbox.Settle(world, second.Key, second.Attempt!.Key, Handover.Refused(Blame.Recipient, "refused", "550 no"), Now(At(120)));
        TellTheJournal(At(121));
        Assert.Equal("Told 2 subscribers.", Notified.Of(world, world.Incidents[Outage], At(121), Language.English));
        Assert.Equal("Told nobody yet; 1 waits; 1 could not be reached.", Notified.Of(world, world.Incidents[new("third0000000")], At(121), Language.English));

        Assert.True(outbox.Total is { AddUp: true, Sent: > 0, Failed: 1 });
        Assert.All(outbox.ByTopic, static one => Assert.True(one.Value.AddUp));
        Assert.DoesNotContain(Topic.OfDigested(Topic.Of(Outage)), outbox.ByTopic.Keys);
    }

    [Fact]
    public void A_digest_that_went_out_before_the_journal_heard_of_it_is_counted_after_a_start()
    {
        Happens(Opens(At(5)));
        PassTo(At(60));
        Deliver(Assert.Single(Begin(At(60)), static one => one.Stream.Subscriber == IdOf(1)).Stream, At(60));
        var stored = outbox.Streams.ToList();

        outbox = new(Mails, Timing, static id => id.Value + ".example", static () => 0.5);
        foreach (var stream in stored)
        {
            outbox.Restore(stream, world, Now(At(61)));
        }

        outbox.TellWhatTheJournalDoesNotKnow(world);
        TellTheJournal(At(61));
        Assert.Equal("Told 1 subscriber; 1 waits.", Notified.Of(world, world.Incidents[Outage], At(61), Language.English));
    }

    [Fact]
    public void A_lost_queue_is_made_anew_and_a_digest_that_was_told_is_not_told_again()
    {
        Happens(Opens(At(5)));
        PassTo(At(60));
        Deliver(Assert.Single(Begin(At(60)), static one => one.Stream.Subscriber == IdOf(1)).Stream, At(60));
        world = Folded([new NoticesHandedOver(At(61), Mails, [.. outbox.Tally.Take()])], world);

        outbox = new(Mails, Timing, static id => id.Value + ".example", static () => 0.5);
        foreach (var topic in Topics.Current(world, At(62)))
        {
            outbox.Accept(world, topic, Now(At(62)));
        }

        Assert.DoesNotContain(Begin(At(62)), static one => one.Stream.Subscriber == IdOf(1));
    }

    [Fact]
    public void Two_hours_that_could_not_be_sent_are_one_notice()
    {
        Happens(Opens(At(5)));
        PassTo(At(60));
        Happens(Says(At(70), 2, IncidentStatus.Resolved));
        PassTo(At(120));

        var (_, message) = Assert.Single(Begin(At(121)), static one => one.Stream.Subscriber == IdOf(1));

        Assert.Equal(["resolved", "investigating"], Assert.Single(message.Facts.Parts).Updates.Select(static update => update.Status));
        Assert.Equal("resolved", message.Facts.Parts[0].Status);
    }

    [Fact]
    public void What_the_rules_keep_silent_no_digest_tells()
    {
        Happens(Opens(At(5)), new IncidentRemoved(At(20), Outage, "By mistake.", new("person:ada")));
        Happens(Opens(At(30), Other, automatic: true), Says(At(31), 2, IncidentStatus.Resolved, automatic: true, id: Other));
        PassTo(At(60));

        Assert.DoesNotContain(Begin(At(60)), static begun => begun.Stream.Subscriber == IdOf(1));
        Assert.All(Assert.Single(outbox.Of(Hours)).Pieces, static piece => Assert.Equal((PieceState.Suppressed, "nothing_left"), (piece.State, piece.Why)));

        // Whatever is worth a word beside them is told, and they are not.
        var third = new IncidentId("third0000000");
        Happens(Opens(At(70), third), Opens(At(80), new("fourth000000")), new IncidentRemoved(At(81), new("fourth000000"), "By mistake.", new("person:ada")));
        PassTo(At(120));
        var (stream, message) = Assert.Single(Begin(At(120)), static begun => begun.Stream.Subscriber == IdOf(1));
        Assert.Equal([third.Value], message.Facts.Parts.Select(static part => part.Id));
        Deliver(stream, At(120));

        // Whoever was told of it is told that it was a mistake.
        Happens(new IncidentRemoved(At(130), third, "By mistake.", new("person:ada")));
        PassTo(At(180));
        var (_, last) = Assert.Single(Begin(At(180)), static begun => begun.Stream.Subscriber == IdOf(1));
        Assert.Contains("“Homepage is down” was removed from the page", last.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_digest_that_has_nothing_left_to_say_when_its_time_comes_is_withheld()
    {
        Happens(Opens(At(5)));
        PassTo(At(60));
        Happens(new SubscriberWishesChanged(At(61), IdOf(1), new(Mails) { Digest = DigestEvery.Hourly, Components = [Mail] }));

        Assert.DoesNotContain(Begin(At(61)), static begun => begun.Stream.Subscriber == IdOf(1));
        Assert.Equal((PieceState.Suppressed, "nothing_left"), (outbox.Of(Hours).Single().Pieces[0].State, outbox.Of(Hours).Single().Pieces[0].Why));
    }

    [Fact]
    public void What_is_tried_again_by_hand_after_its_whiles_were_forgotten_says_nothing_and_goes_nowhere()
    {
        Happens(Opens(At(5)));
        PassTo(At(60));
        var (stream, _) = Assert.Single(Begin(At(60)), static begun => begun.Stream.Subscriber == IdOf(1));
        outbox.Settle(world, stream.Key, stream.Attempt!.Key, Handover.Refused(Blame.Recipient, "refused", "550 no"), Now(At(60)));
        for (var hour = 2; hour <= DigestClock.Kept + 2; hour++)
        {
            world = World.Fold(world, new DigestClosed(At(60 * hour), DigestEvery.Hourly, At(60 * (hour - 1)), At(60 * hour)));
        }

        Assert.NotNull(outbox.Replay(world, stream.Key, Now(At(10_000))));
        Assert.DoesNotContain(Begin(At(10_000)), static begun => begun.Stream.Subscriber == IdOf(1));
    }

    [Fact]
    public void A_view_that_is_there_already_is_not_made_again_for_each_reader()
    {
        Happens(Opens(At(5)));
        PassTo(At(60));
        var (stream, message) = Assert.Single(Begin(At(60)), static begun => begun.Stream.Subscriber == IdOf(1));
        var order = new MessageOrder(world, world.Subscribers[IdOf(1)], stream, At(60)) { Channel = Mails, Address = "ada@example.com", View = outbox.ViewOf(world, Hours) };

        Assert.Equal(message.Text, MessageWriter.Write(order).Text);
        Assert.Empty(MessageWriter.Write(order with { View = order.View! with { News = [] } }).Facts.Parts);
        Assert.Same(outbox.ViewOf(world, Hours), outbox.ViewOf(world, Hours));
    }

    [Theory]
    [InlineData("2026-03-28T12:00:00Z", "2026-03-28T07:00:00Z")]
    [InlineData("2026-03-29T05:59:59Z", "2026-03-28T07:00:00Z")]
    [InlineData("2026-03-29T06:00:00Z", "2026-03-29T06:00:00Z")]
    [InlineData("2026-10-25T06:59:59Z", "2026-10-24T06:00:00Z")]
    [InlineData("2026-10-25T07:00:00Z", "2026-10-25T07:00:00Z")]
    public void A_day_begins_at_eight_also_where_clocks_are_put_forward_and_back(string moment, string start) => Assert.Equal(
        DateTimeOffset.Parse(start, System.Globalization.CultureInfo.InvariantCulture),
        DigestClock.StartOf(DigestEvery.Daily, DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture), "Europe/Berlin"));

    [Fact]
    public void A_restart_in_the_middle_closes_each_hour_once()
    {
        Happens(Opens(At(5)));
        var (once, again) = (FallenDue.At(world, At(60)).ToList(), FallenDue.At(world, At(60)).ToList());
        Assert.Equal(once, again);
        Happens([.. once]);

        Assert.Empty(FallenDue.At(world, At(60)));
        Assert.Empty(FallenDue.At(world, At(119)));
        var digest = Assert.Single(world.Digests);
        Assert.Equal((1, At(0), At(60)), (digest.Number, digest.From, digest.Until));
    }

    [Fact]
    public void Programs_are_told_of_each_word() => Assert.Equal(
        "no_digest",
        SubscriberDecisions.Join(world, Noon, IdOf(9), new("webhook") { Digest = DigestEvery.Daily }, confirmed: true, new("person:ada")).Refusal?.Code);

    private static DateTimeOffset At(int minute) => Noon.AddMinutes(minute);

    private static Moment Now(DateTimeOffset at) => new(at, at - DateTimeOffset.UnixEpoch);

    private void Happens(params Event[] events)
    {
        foreach (var happened in events)
        {
            world = World.Fold(world, happened);
            foreach (var topic in Topics.Of(happened))
            {
                outbox.Accept(world, topic, Now(happened.At));
            }
        }
    }

    /// <summary>What time alone brings, minute by minute.</summary>
    private void PassTo(DateTimeOffset at)
    {
        for (var minute = Noon; minute <= at; minute += TimeSpan.FromMinutes(1))
        {
            Happens([.. DigestClock.Due(world, minute)]);
        }
    }

    private List<(NoticeStream Stream, Message Message)> Begin(DateTimeOffset at) =>
    [
        .. outbox.Begin(world, Now(at), 100).Started.Select(stream => (stream, MessageWriter.Write(
            new(world, world.Subscribers[stream.Subscriber], stream, at) { Channel = Mails, Address = "ada@example.com" }))),
    ];

    private void TellTheJournal(DateTimeOffset at) => world = World.Fold(world, new NoticesHandedOver(at, Mails, [.. outbox.Tally.Take()]));

    private void Deliver(NoticeStream stream, DateTimeOffset at) => outbox.Settle(world, stream.Key, stream.Attempt!.Key, Handover.Delivered("250 ok"), Now(at));
}
