using Candor.Effects;
using Candor.Notices;
using Candor.Notices.Channels;
using Candor.Notices.Streams;
using Candor.State;
using Candor.State.Incidents;
using static Candor.Tests.Notices.NoticeWorld;

namespace Candor.Tests.Notices;

/// <summary>After a loss: who may have been told without anybody knowing, and who cannot have been.</summary>
public sealed class DistrustTests
{
    private static readonly IncidentId Later = new("later0000000");

    private readonly Outbox outbox = new(
        Channel, new(TimeSpan.FromMinutes(15), TimeSpan.FromHours(24)), static _ => "receiver.example", static () => 0.5);

    private World world = Start(3);

    [Fact]
    public void Of_what_was_said_since_the_start_nobody_can_have_been_told()
    {
        world = Folded([Opens(Noon.AddMinutes(9)), Opens(Noon.AddMinutes(11), Later)], world);
        outbox.Reconcile(world, At(12));

        var distrusted = outbox.Distrust(world, At(12), since: Noon.AddMinutes(10));

        Assert.All(distrusted, static stream => Assert.Equal((OutageTopic, true), (stream.Topic, stream.MayKnow)));
        Assert.Equal((3, 3), (distrusted.Count, outbox.Ambiguous));
    }

    [Theory]
    [InlineData(9, PieceState.Sent)]
    [InlineData(20, PieceState.Suppressed)]
    public void What_was_over_quickly_is_told_where_it_was_said_before_the_loss_and_by_the_rules_where_it_came_later(int minute, object became)
    {
        outbox.MadeAnewAt = Noon.AddMinutes(10);
        world = Folded([Opens(Noon.AddMinutes(minute)), Says(Noon.AddMinutes(minute + 0.5), 2, IncidentStatus.Resolved)], world);
        outbox.Reconcile(world, At(minute + 2));
        foreach (var begun in outbox.Begin(world, At(minute + 2), 10).Started)
        {
            outbox.Settle(world, begun.Key, begun.Attempt!.Key, Handover.Delivered("200"), At(minute + 2));
        }

        Assert.NotEmpty(outbox.Streams);
        Assert.All(outbox.Streams, stream => Assert.Equal(became, stream.Pieces[^1].State));
    }

    private static Moment At(double minute) => new(Noon.AddMinutes(minute), TimeSpan.FromHours(1) + TimeSpan.FromMinutes(minute));
}
