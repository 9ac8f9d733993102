using Candor.Notices.Streams;
using Candor.State;

namespace Candor.Notices.Rules;

/// <summary>
/// What somebody is told of the words of a topic that is for everybody, word by word. Asked of everybody whenever something is
/// said: no closure, no iterator.
/// </summary>
internal readonly struct Hearing
{
    private readonly Subscriber subscriber;
    private readonly TopicView view;
    private readonly NoticeStream? before;
    private readonly DateTimeOffset since;
    private readonly bool isOffDuty;

    /// <param name="since">What was said before that is not told.</param>
    public Hearing(Subscriber subscriber, TopicView view, NoticeStream? before, DateTimeOffset since)
    {
        (this.subscriber, this.view, this.before, this.since) = (subscriber, view, before, since);

        // Whoever was told "open" is told "closed", whatever they wish by now; whoever goes off duty hears that alone.
        isOffDuty = view.IsForDuty && !subscriber.IsOnDuty;
        Concern = before is { WasTold: true } && subscriber.IsTold && view.Digest is null && (isOffDuty || !view.IsForDuty)
            ? Concern.Told : Audience.Of(subscriber, view);
    }

    public Concern Concern { get; }

    /// <summary>What it becomes in their stream; null where it is none of theirs.</summary>
    public Piece? Of(Saying said) =>
        Concern == Concern.None || !IsTheirs(said) ? null
        : Concern == Concern.Explained ? Piece.Withheld(said.Seq, said.At, "dependency")
        : Continuing.IsSaidThere(subscriber, view, said) ? Piece.Withheld(said.Seq, said.At, "merged")
        : new(said.Seq, said.At, PieceState.Pending);

    /// <summary>Whether they are to be told it.</summary>
    public bool IsAwaited(Saying said) => Concern == Concern.Told && IsTheirs(said) && !Continuing.IsSaidThere(subscriber, view, said);

    private bool IsTheirs(Saying said) =>
        !said.Quiet && said.At >= since && Digesting.Tells(subscriber, view, said) && Ending.Tells(subscriber, view, said, before)
        && (!isOffDuty || Ending.IsEnd(view, said.Seq));
}
