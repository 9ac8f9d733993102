using Candor.Effects;
using Candor.Notices;
using Candor.Notices.Channels;
using Candor.Notices.Streams;
using Candor.State;
using Candor.State.Incidents;
using static Candor.Tests.Notices.NoticeWorld;

namespace Candor.Tests.Notices;

/// <summary>What is settled is kept for 30 days. After that the journal alone knows who was told, and that has to be enough.</summary>
public sealed class ForgottenNoticesTests
{
    private static readonly ChannelTiming Timing = new(TimeSpan.FromMinutes(5), TimeSpan.FromHours(24));

    private readonly Outbox outbox = new(Channel, Timing, static _ => "receiver.example", static () => 0.5);
    private World world = Start(3);

    [Fact]
    public void What_is_over_and_told_is_forgotten_after_30_days_and_the_counts_go_with_it()
    {
        Resolve();
        Assert.Equal((6, 3, 0), (outbox.Total.Accepted, outbox.Total.Sent, outbox.Total.Pending));

        Assert.Empty(outbox.Outlived(world, Day(29.9), 100));
        Assert.Equal(2, outbox.Outlived(world, Day(31), 2).Count);
        outbox.Forget(outbox.Outlived(world, Day(31), 100));

        Assert.Empty(outbox.Streams);
        Assert.Empty(outbox.ByTopic);
        Assert.Equal(Candor.Notices.Ledger.Counts.None, outbox.Total);
        Assert.Null(outbox.OldestPending());
    }

    [Fact]
    public void Whoever_was_told_before_it_was_forgotten_is_told_what_is_new_and_nothing_else()
    {
        Resolve();
        outbox.Forget(outbox.Outlived(world, Day(31), 100));
        Happens(Day(40), Says(Day(40).Wall, 3, IncidentStatus.Postmortem));

        var begun = outbox.Begin(world, Day(40), room: 10).Started;

        Assert.Equal(3, begun.Count);
        Assert.All(begun, static stream => Assert.Equal((3, 3, true), (stream.Attempt!.From, stream.Attempt.To, stream.WasTold)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whoever_missed_something_then_is_told_what_is_new_and_is_not_late_by_a_month(bool hadFirst)
    {
        Happens(Day(0), Opens(Noon));
        foreach (var stream in outbox.Begin(world, Day(0), room: 10).Started)
        {
            Answer(stream, hadFirst ? Handover.Delivered("200") : Handover.Refused(Blame.Recipient, "full", "552"));
        }

        Happens(Day(0), Says(Noon.AddMinutes(5), 2, IncidentStatus.Resolved));
        foreach (var stream in outbox.Begin(world, Day(0), room: 10).Started)
        {
            Answer(stream, Handover.Refused(Blame.Recipient, "full", "552"));
        }

        world = World.Fold(world, new NoticesHandedOver(Noon, Channel, [.. outbox.Tally.Take()]));
        outbox.Forget(outbox.Outlived(world, Day(31), 100));
        Assert.Empty(outbox.Streams);
        Happens(Day(40), Says(Day(40).Wall, 3, IncidentStatus.Investigating));

        Assert.Equal(Day(40).Wall, outbox.OldestPending());
        var begun = outbox.Begin(world, Day(40), room: 10).Started;
        Assert.Equal(3, begun.Count);
        Assert.All(begun, stream => Assert.Equal((3, 3, hadFirst), (stream.Attempt!.From, stream.Attempt.To, stream.WasTold)));
    }

    [Fact]
    public void What_waits_in_a_digest_has_one_time_for_all_of_it()
    {
        var stream = new NoticeStream(IdOf(1), Topic.OfDigest(DigestEvery.Hourly)).Accept([new(1, Noon, PieceState.Pending)]).Begin(Channel, Noon);

        Assert.Equal(Noon, stream.Accept([new(2, Noon.AddHours(1), PieceState.Pending)]).FirstTryAt);
    }

    [Fact]
    public void What_goes_on_what_waits_and_what_the_journal_has_not_heard_of_is_kept()
    {
        var (waiting, untold) = (new IncidentId("waiting00000"), new IncidentId("untold000000"));
        Happens(Day(0), Opens(Noon), Opens(Noon, waiting), Says(Noon.AddMinutes(5), 2, IncidentStatus.Resolved, id: waiting), Opens(Noon, untold));
        while (outbox.Begin(world, Day(0), room: 100).Started is { Count: > 0 } begun)
        {
            begun.Where(stream => stream.Topic != Topic.Of(waiting)).ToList().ForEach(stream => Deliver(stream, Day(0)));
        }

        world = World.Fold(world, new NoticesHandedOver(Noon, Channel, [.. outbox.Tally.Take().Where(one => one.Topic != Topic.Of(untold))]));
        world = World.Fold(world, Says(Noon, 2, IncidentStatus.Resolved, quiet: true, id: untold));

        Assert.Equal(9, outbox.Streams.Count());
        Assert.Empty(outbox.Outlived(world, Day(31), 100));
    }

    [Fact]
    public void A_digest_forgets_its_old_whiles_and_not_where_it_stands()
    {
        var stream = new NoticeStream(IdOf(1), Topic.OfDigest(DigestEvery.Hourly));
        for (var hour = 1; hour <= 1_000; hour++)
        {
            var at = Noon.AddHours(hour);
            stream = stream.Accept([new(hour, at, PieceState.Pending)]).Without(at - Outbox.KeptFor);
            stream = hour % 100 == 0 ? stream.Withhold(PieceState.Suppressed, "nothing_left", at)
                : stream.Begin(Channel, at).Deliver(at, "200", null, automatic: true, Impact.None);
        }

        Assert.InRange(stream.Pieces.Length, 720, 722);
        Assert.Equal((1_000, 999), (stream.LastSeq, stream.ToldUpTo));
    }

    private static Moment Day(double day) => new(Noon.AddDays(day), TimeSpan.FromDays(1 + day));

    private void Resolve()
    {
        Happens(Day(0), Opens(Noon), Says(Noon.AddMinutes(5), 2, IncidentStatus.Resolved));
        foreach (var stream in outbox.Begin(world, Day(0), room: 10).Started)
        {
            Deliver(stream, Day(0));
        }

        world = World.Fold(world, new NoticesHandedOver(Noon, Channel, [.. outbox.Tally.Take()]));
    }

    private void Answer(NoticeStream stream, Handover handover) =>
        Assert.NotNull(outbox.Settle(world, stream.Key, stream.Attempt!.Key, handover, Day(0)));

    private void Deliver(NoticeStream stream, Moment now) =>
        Assert.NotNull(outbox.Settle(world, stream.Key, stream.Attempt!.Key, Handover.Delivered("200"), now));

    private void Happens(Moment now, params Event[] events)
    {
        world = Folded(events, world);
        foreach (var id in world.Incidents.Keys)
        {
            outbox.Accept(world, Topic.Of(id), now);
        }
    }
}
