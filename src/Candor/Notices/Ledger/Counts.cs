using Candor.Notices.Streams;

namespace Candor.Notices.Ledger;

/// <summary>
/// What became of the updates that were to be told. Accepted is counted where they are accepted, and by nothing that becomes of
/// them later, so that the sum proves something.
/// </summary>
internal readonly record struct Counts
{
    public static Counts None => default;

    public int Accepted { get; init; }

    public int Sent { get; init; }

    public int Failed { get; init; }

    public int Pending { get; init; }

    public int Superseded { get; init; }

    public int Suppressed { get; init; }

    public int Expired { get; init; }

    public int Withheld => Superseded + Suppressed + Expired;

    /// <summary>Rule 4: what was accepted is sent, failed, pending or withheld; nothing is anything else.</summary>
    public bool AddUp => Accepted == Sent + Failed + Pending + Withheld;

    /// <summary>So many more were accepted; fewer where they are forgotten.</summary>
    public Counts Accept(int updates) => this with { Accepted = Accepted + updates };

    /// <summary>A stream was this and is now that. What was accepted is said by <see cref="Accept"/>.</summary>
    public Counts With(NoticeStream? before, NoticeStream after)
    {
        var counts = before is null ? this : before.Pieces.Aggregate(this, static (sum, piece) => sum.Plus(piece.State, -1));
        return after.Pieces.Aggregate(counts, static (sum, piece) => sum.Plus(piece.State, 1));
    }

    public Counts Plus(Counts other) => new()
    {
        Accepted = Accepted + other.Accepted,
        Sent = Sent + other.Sent,
        Failed = Failed + other.Failed,
        Pending = Pending + other.Pending,
        Superseded = Superseded + other.Superseded,
        Suppressed = Suppressed + other.Suppressed,
        Expired = Expired + other.Expired,
    };

    private Counts Plus(PieceState state, int by) => state switch
    {
        PieceState.Pending => this with { Pending = Pending + by },
        PieceState.Sent => this with { Sent = Sent + by },
        PieceState.Failed => this with { Failed = Failed + by },
        PieceState.Superseded => this with { Superseded = Superseded + by },
        PieceState.Suppressed => this with { Suppressed = Suppressed + by },
        PieceState.Expired => this with { Expired = Expired + by },
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "A state without a count."),
    };
}
