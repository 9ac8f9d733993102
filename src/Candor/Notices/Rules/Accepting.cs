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

        // Whoever was told "open" is told "closed", whatever they wish by now; whoever goes off duty hears that alone.
        var isOffDuty = view.IsForDuty && !subscriber.IsOnDuty;
        var concern = before is { WasTold: true } && subscriber.IsTold && view.Digest is null && (isOffDuty || !view.IsForDuty)
            ? Concern.Told : Audience.Of(subscriber, view);
        if (concern == Concern.None)
        {
            return before;
        }

        if (isBack && concern == Concern.Told)
        {
            before = Reappearing.Of(before!, view, said => IsTold(said) && !Continuing.IsSaidThere(subscriber, view, said));
        }

        var last = before?.LastSeq ?? 0;
        var pieces = view.Sayings.Where(said => said.Seq > last && IsTold(said))
            .Select(said => concern == Concern.Explained ? Withheld(said, "dependency")
                : Continuing.IsSaidThere(subscriber, view, said) ? Withheld(said, "merged")
                : new Piece(said.Seq, said.At, PieceState.Pending))
            .ToList();
        return pieces.Count == 0 ? before : (before ?? new(subscriber.Id, view.Topic)).Accept(pieces);

        bool IsTold(Saying said) => !said.Quiet && said.At >= since && Digesting.Tells(subscriber, view, said) && Ending.Tells(subscriber, view, said, before)
            && (!isOffDuty || Ending.IsEnd(view, said.Seq));
    }

    /// <summary>
    /// Of those who were told while it was for everybody: what is said since is not for them, and the ledger says so. The end goes
    /// to whose side keeps it open, once, also where it was said quietly or something was said after it.
    /// </summary>
    private static NoticeStream Hidden(Subscriber subscriber, TopicView view, NoticeStream before)
    {
        var pieces = new List<Piece>();
        var isTold = Ending.IsTold(view, before);
        foreach (var said in view.Sayings.Where(said => said.Seq > before.LastSeq))
        {
            if (!isTold && Ending.TellsHidden(subscriber, view, said.Seq, before))
            {
                pieces.Add(new(said.Seq, said.At, PieceState.Pending));
                isTold = true;
            }
            else if (said is { Quiet: false, IsEndElsewhere: false })
            {
                pieces.Add(Withheld(said, Reappearing.Rule));
            }
        }

        return pieces.Count == 0 ? before : before.Accept(pieces);
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
        var old = view.Sayings.LastOrDefault(said => said.At < settledBefore).Seq;
        var settled = Math.Max(old, toldUpTo == 0 && failed && old == 0 ? view.LastSeq : 0);
        var stream = new NoticeStream(subscriber.Id, view.Topic);
        stream = toldUpTo > 0 ? stream.Knowing(FromJournal(view, toldUpTo, PieceState.Sent)) : stream;
        stream = settled > toldUpTo ? stream.Knowing(FromJournal(view, settled, failed ? PieceState.Failed : PieceState.Suppressed)) : stream;
        var whole = Of(subscriber, view, stream.Pieces.IsEmpty ? null : stream);

        // Of whom the journal knows nothing, and whom nothing new concerns, there is no stream.
        return toldUpTo == 0 && !failed && ReferenceEquals(whole, stream) ? null : whole;
    }

    private static Piece Withheld(Saying said, string rule) => new(said.Seq, said.At, PieceState.Suppressed) { SettledAt = said.At, Why = rule };

    private static Piece FromJournal(TopicView view, int seq, PieceState state)
    {
        var known = view.Sayings.FirstOrDefault(said => said.Seq == seq);
        return new(seq, known.At, state) { SettledAt = known.At, Why = "journal" };
    }
}
