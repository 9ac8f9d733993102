using Candor.Notices.Ledger;
using Candor.Notices.Streams;
using static Candor.Tests.Notices.NoticeWorld;

namespace Candor.Tests.Notices;

/// <summary>What was kept for each update, as the notices that people had of it.</summary>
public sealed class NoticeLineTests
{
    private static readonly NoticeStream Five = new NoticeStream(IdOf(1), OutageTopic)
        .Accept(Enumerable.Range(1, 5).Select(static seq => new Piece(seq, Noon.AddMinutes(seq), PieceState.Pending)));

    [Fact]
    public void Updates_that_went_out_together_are_one_notice_with_its_tries_and_what_their_side_said()
    {
        var stream = (Five with { Pieces = [.. Five.Pieces.Take(3)] }).Begin(Channel, Noon).TryAgain(Noon.AddMinutes(4), "busy", "503", counts: true)
            .Begin(Channel, Noon).Deliver(Noon.AddMinutes(9), "250 ok", null, automatic: false, default)
            .Accept(Five.Pieces.Skip(3)).Begin(Channel, Noon).TryAgain(Noon.AddMinutes(20), "busy", "503 later", counts: true);

        var lines = NoticeLine.Of(stream);

        Assert.Equal(2, lines.Count);
        Assert.Equal((1, 3, PieceState.Sent, 2, "250 ok"), (lines[0].From, lines[0].To, lines[0].State, lines[0].Tries, lines[0].Said));
        Assert.Equal((Noon.AddMinutes(1), Noon.AddMinutes(9)), (lines[0].At, lines[0].SettledAt));
        Assert.Equal((4, 5, PieceState.Pending, 1, "503 later", "busy"), (lines[1].From, lines[1].To, lines[1].State, lines[1].Tries, lines[1].Said, lines[1].Why));
        Assert.Equal(Noon.AddMinutes(20), lines[1].NextTry);
    }

    [Fact]
    public void Each_update_is_a_row_by_itself_and_one_state_is_that_state_alone()
    {
        var stream = Five.Begin(Channel, Noon).Fail(Noon.AddMinutes(9), "refused", "550 no such user");

        Assert.Equal([1, 2, 3, 4, 5], NoticeLine.Each(stream).Select(static line => line.To));
        var superseded = Assert.Single(NoticeLine.Of(stream, new(OutageTopic) { State = "superseded" }));
        Assert.Equal((1, 4, 5), (superseded.From, superseded.To, superseded.By));
        var failed = Assert.Single(NoticeLine.Of(stream, new(OutageTopic) { State = "failed" }));
        Assert.Equal((5, 5, "550 no such user"), (failed.From, failed.To, failed.Said));
    }

    [Fact]
    public void What_a_build_settled_that_noted_nothing_for_each_update_is_still_said_of_the_last()
    {
        var stream = Five with { Pieces = [new(1, Noon, PieceState.Sent) { SettledAt = Noon }, new(2, Noon, PieceState.Sent) { SettledAt = Noon }], Said = "250 ok" };

        Assert.Equal([null, "250 ok"], NoticeLine.Of(stream).Select(static line => line.Said));
    }
}
