using System.Collections.Immutable;
using Candor.Notices.Streams;
using Candor.State;

namespace Candor.Notices.Rules;

/// <summary>
/// What a subscriber is to be told, from the facts alone: asked by the follower for what is new, before each hand-over, and
/// by reconciling for everything. Asking twice changes nothing, so none of the three needs to know of the others.
/// </summary>
internal static class Accepting
{
    /// <summary>The stream with everything in it that it should have; the same instance (or null) where nothing is missing.</summary>
    public static NoticeStream? Of(Subscriber subscriber, TopicView view, NoticeStream? before)
    {
        var isBack = Reappearing.MayBeTold(before, view);
        if ((view.LastSeq <= (before?.LastSeq ?? 0) && !isBack) || SinceWhen(subscriber, view) is not { } since)
        {
            return before;
        }

        if (view.IsHidden)
        {
            return before is { WasTold: true } ? Hidden(subscriber, view, before) : before;
        }

        var hearing = new Hearing(subscriber, view, before, since);
        if (hearing.Concern == Concern.None)
        {
            return before;
        }

        before = isBack && hearing.Concern == Concern.Told ? Reappearing.Of(before!, view, hearing.IsAwaited) : before;
        var (pieces, last) = (ImmutableArray<Piece>.Empty, before?.LastSeq ?? 0);
        foreach (var said in view.Sayings)
        {
            pieces = said.Seq > last && hearing.Of(said) is { } piece ? pieces.Add(piece) : pieces;
        }

        return pieces.IsEmpty ? before
            : before is null ? new(subscriber.Id, view.Topic) { Pieces = pieces }
            : before.Accept(pieces);
    }

    /// <summary>
    /// Whether something is pending in the stream of somebody of whom there is none yet, without making it: the page asks this
    /// of everybody, again and again while a crowd is told.
    /// </summary>
    public static bool Awaits(Subscriber subscriber, TopicView view)
    {
        if (view.IsHidden || SinceWhen(subscriber, view) is not { } since)
        {
            return false;
        }

        var hearing = new Hearing(subscriber, view, null, since);
        foreach (var said in view.Sayings)
        {
            if (hearing.IsAwaited(said))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Of those who were told while it was for everybody: what is said since is not for them, and the ledger says so. The end goes
    /// to whose side keeps it open, once, also where it was said quietly or something was said after it.
    /// </summary>
    private static NoticeStream Hidden(Subscriber subscriber, TopicView view, NoticeStream before)
    {
        var pieces = ImmutableArray<Piece>.Empty;
        var isTold = Ending.IsTold(view, before);
        foreach (var said in view.Sayings.Where(said => said.Seq > before.LastSeq))
        {
            if (!isTold && Ending.TellsHidden(subscriber, view, said.Seq, before))
            {
                pieces = pieces.Add(new(said.Seq, said.At, PieceState.Pending));
                isTold = true;
            }
            else if (said is { Quiet: false, IsEndElsewhere: false })
            {
                pieces = pieces.Add(Piece.Withheld(said.Seq, said.At, Reappearing.Rule));
            }
        }

        return pieces.IsEmpty ? before : before.Accept(pieces);
    }

    /// <summary>What was said before somebody confirmed is not told; their own link is what they confirm with.</summary>
    private static DateTimeOffset? SinceWhen(Subscriber subscriber, TopicView view) =>
        view.Only is null ? subscriber.ConfirmedAt : DateTimeOffset.MinValue;

    /// <summary>
    /// A stream for a row that was lost, or was forgotten because it was settled for long: what the journal says was told is
    /// known, what lies after it is pending. What lies before it was settled one way or another and is counted with it.
    /// </summary>
    /// <param name="settledBefore">What was said before that is settled, whatever became of it: nobody is told of it any more.</param>
    public static NoticeStream? Anew(Subscriber subscriber, TopicView view, int toldUpTo, bool failed, DateTimeOffset settledBefore)
    {
        var old = LastBefore(view, settledBefore);
        var settled = Math.Max(old, toldUpTo == 0 && failed && old == 0 ? view.LastSeq : 0);
        ImmutableArray<Piece> known = toldUpTo > 0 ? [FromJournal(view, toldUpTo, PieceState.Sent)] : [];
        known = settled > toldUpTo ? known.Add(FromJournal(view, settled, failed ? PieceState.Failed : PieceState.Suppressed)) : known;
        var stream = known.IsEmpty ? null : new NoticeStream(subscriber.Id, view.Topic) { Pieces = known };
        var whole = Of(subscriber, view, stream);

        // Of whom the journal knows nothing, and whom nothing new concerns, there is no stream.
        return toldUpTo == 0 && !failed && ReferenceEquals(whole, stream) ? null : whole;
    }

    /// <summary>The number of the last that was said before then, or 0.</summary>
    private static int LastBefore(TopicView view, DateTimeOffset then)
    {
        for (var i = view.Sayings.Length - 1; i >= 0; i--)
        {
            if (view.Sayings[i].At < then)
            {
                return view.Sayings[i].Seq;
            }
        }

        return 0;
    }

    private static Piece FromJournal(TopicView view, int seq, PieceState state)
    {
        var known = view.Sayings.FirstOrDefault(said => said.Seq == seq);
        return new(seq, known.At, state) { SettledAt = known.At, Why = "journal" };
    }
}
