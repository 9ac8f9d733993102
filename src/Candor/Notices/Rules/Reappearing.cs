using Candor.Notices.Streams;
using Candor.State;

namespace Candor.Notices.Rules;

/// <summary>
/// What was hidden for a while and is for everybody again: what was said meanwhile, after the last that somebody was told, waits
/// to be told once more, as things are by then. So a slip of ten minutes keeps the end of it from nobody.
/// </summary>
internal static class Reappearing
{
    /// <summary>The rule under which the ledger has what is for some readers only.</summary>
    public const string Rule = "private";

    /// <summary>Something was withheld for that alone; what is under way is let finish first.</summary>
    public static bool MayBeTold(NoticeStream? stream, TopicView view)
    {
        if (stream is not { Attempt: null } || view.IsHidden)
        {
            return false;
        }

        // Asked of everybody whenever something is said: no closure, no iterator.
        foreach (var piece in stream.Pieces)
        {
            if (piece is { State: PieceState.Suppressed, Why: Rule })
            {
                return stream.ToldUpTo < stream.LastSeq;
            }
        }

        return false;
    }

    /// <summary>The stream with what is told of it pending again; the same instance where nothing is.</summary>
    public static NoticeStream Of(NoticeStream stream, TopicView view, Func<Saying, bool> isTold)
    {
        var told = stream.ToldUpTo;
        var again = view.Sayings.Where(said => said.Seq > told && isTold(said)).Select(static said => said.Seq).ToHashSet();
        return !stream.Pieces.Any(IsTold) ? stream : stream with
        {
            Pieces = [.. stream.Pieces.Select(piece => IsTold(piece) ? new(piece.Seq, piece.At, PieceState.Pending) : piece)],

            // As with a new word: it has not had its tries yet.
            FirstTryAt = null,
        };

        bool IsTold(Piece piece) => piece is { State: PieceState.Suppressed, Why: Rule } && again.Contains(piece.Seq);
    }
}
