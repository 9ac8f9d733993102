using Candor.Notices.Channels;
using Candor.Notices.Queue.Memory;
using Candor.Notices.Sending;
using Candor.Notices.Streams;
using Candor.State;
using Candor.Tests.Notices.Workers;
using static Candor.Tests.Notices.NoticeWorld;

namespace Candor.Tests.Notices;

/// <summary>Between the moment at which a hand-over is begun and the one at which a process has it lies a write to the disk, and much can happen meanwhile.</summary>
public sealed class PostroomHandsTests
{
    private const int Patience = 120_000;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience)]
    public async Task Whose_process_is_replaced_while_it_is_stored_is_told_once_by_the_next_one()
    {
        await using var rig = await PostroomRig.StartAsync(new());
        await rig.BeatUntilAsync(() => rig.Room.View.IsReady);
        rig.Storing = async streams =>
        {
            if (streams.Any(static stream => stream.Attempt is not null))
            {
                rig.Storing = static _ => default;
                rig.Processes.Single().Kill();
                await rig.BeatUntilAsync(() => rig.Processes.Count == 2 && rig.Processes.Last().IsOpen);
            }
        };
        await rig.HappensAsync(Opens(Noon));

        await rig.BeatUntilAsync(() => rig.Room.View.Total.Sent == 1);
        await rig.BeatAsync(5);

        Assert.Single(rig.Sent);
        Assert.Equal(0, rig.Room.View.Ambiguous);
    }

    [Fact(Timeout = Patience)]
    public async Task A_write_that_takes_long_makes_nothing_overdue_that_a_process_has_just_got()
    {
        await using var rig = await PostroomRig.StartAsync(new());
        await rig.BeatUntilAsync(() => rig.Room.View.IsReady);
        rig.Answer = static _ => StubProcess.InHand;
        var process = rig.Processes.Single();
        rig.Storing = async streams =>
        {
            for (var second = 0; second < 40 && streams.Any(static stream => stream.Attempt is not null); second++)
            {
                rig.Time.Advance(TimeSpan.FromSeconds(1));
                await process.SayAsync(new() { Alive = true }, Ct);
            }
        };
        await rig.HappensAsync(Opens(Noon));
        await PostroomRig.UntilAsync(() => rig.Sent.Count == 1);

        await rig.BeatAsync(5);

        Assert.False(Assert.Single(rig.Processes).IsKilled);
    }

    [Fact(Timeout = Patience)]
    public async Task What_becomes_private_while_it_is_stored_leaves_no_more()
    {
        var medium = new MemoryQueueMedium();
        await using var rig = await PostroomRig.StartAsync(medium);
        await rig.BeatUntilAsync(() => rig.Room.View.IsReady);
        rig.Storing = async streams =>
        {
            if (streams.Any(static stream => stream.Attempt is not null))
            {
                rig.Storing = static _ => default;
                await rig.HappensAsync(
                    new PageConfigured(Noon, rig.Journal.State.Page with { Audiences = ["staff"] }),
                    new ComponentChanged(Noon, rig.Journal.State.Components[Home].Definition with { OnlyFor = ["staff"] }));
            }
        };
        await rig.HappensAsync(Opens(Noon));

        await rig.BeatUntilAsync(() => rig.Room.View.Total.Suppressed == 1);

        Assert.Empty(rig.Sent);
        Assert.Equal((PieceState.Suppressed, "private"), medium.Streams.Values.Single().Pieces.Single() is var piece ? (piece.State, piece.Why) : default);
        Assert.Equal(0, rig.Room.View.Ambiguous);
    }

    [Fact(Timeout = Patience)]
    public async Task While_the_page_is_read_a_crowd_is_begun_bit_by_bit()
    {
        const int crowd = Courtesy.AtOnce + 100;
        await using var rig = await PostroomRig.StartAsync(new(), crowd);
        rig.Readings = () => (long)(50 * (rig.Time.GetUtcNow() - Noon).TotalSeconds);
        await rig.BeatUntilAsync(() => rig.Room.View.IsReady);
        await rig.BeatAsync(3);

        await rig.HappensAsync(Opens(rig.Time.GetUtcNow()));

        // The room goes on working, and begins no more before the clock goes on.
        await PostroomRig.UntilAsync(() => rig.Sent.Count >= Courtesy.AtOnce);
        for (var turn = 1; turn <= 20; turn++)
        {
            Assert.NotEmpty(await rig.Room.HistoryAsync(IdOf(turn), Ct));
        }

        Assert.Equal(Courtesy.AtOnce, rig.Sent.Count);

        await rig.BeatUntilAsync(() => rig.Room.View.Total.Sent == crowd);
        Assert.Equal(crowd, rig.Sent.DistinctBy(static message => message.Key).Count());
    }
}
