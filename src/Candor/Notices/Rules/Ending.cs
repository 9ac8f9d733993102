using Candor.Notices.Streams;
using Candor.State;

namespace Candor.Notices.Rules;

/// <summary>
/// Where something was opened on the other side, its end is told too, whatever else became of it: hidden since, gone on in
/// another one, or somebody else's turn. A person who was told or reminded needs no word that nothing is left to do; a service
/// that wakes people, and a program that keeps a list, go on until they hear it.
/// </summary>
internal static class Ending
{
    private const string Wakes = "pagerduty";
    private const string Lists = "webhook";

    /// <summary>Whether this ends it on the other side: of a reminder, or of what is hidden.</summary>
    public static bool IsEnd(TopicView view, int seq) =>
        (view.IsForDuty && seq % 2 == 0) || (view.IsHidden && seq >= view.EndSeq);

    /// <summary>Ends are for whoever was woken, or keeps a list, and for nobody else.</summary>
    public static bool Tells(Subscriber subscriber, TopicView view, Saying said, NoticeStream? before) =>
        said.IsEndElsewhere ? before is { WasTold: true } && KeepsItOpen(subscriber, view)
        : !view.IsForDuty || !IsEnd(view, said.Seq) || (before is { WasTold: true } && subscriber.Wishes.Channel == Wakes);

    /// <summary>Of what is hidden they are told the end and nothing else.</summary>
    public static bool TellsHidden(Subscriber subscriber, TopicView view, int seq, NoticeStream before) =>
        IsEnd(view, seq) && before.WasTold && subscriber.IsTold && KeepsItOpen(subscriber, view);

    /// <summary>Whether the end of what is hidden was told, or is about to be.</summary>
    public static bool IsTold(TopicView view, NoticeStream stream) =>
        stream.Pieces.Any(piece => piece.State is PieceState.Sent or PieceState.Pending && IsEnd(view, piece.Seq));

    /// <summary>What is pending ends with the end of what was told.</summary>
    public static bool IsPending(TopicView view, NoticeStream stream) =>
        stream is { WasTold: true, NewestPending: { } newest } && IsEnd(view, newest.Seq);

    /// <summary>The same for what is hidden, where their side keeps it open.</summary>
    public static bool IsPending(Subscriber subscriber, TopicView view, NoticeStream stream) =>
        stream.NewestPending is { } newest && TellsHidden(subscriber, view, newest.Seq, stream);

    /// <summary>Planned work raises no alert, so none has to end.</summary>
    private static bool KeepsItOpen(Subscriber subscriber, TopicView view) =>
        subscriber.Wishes.Channel == Lists || (subscriber.Wishes.Channel == Wakes && !view.IsMaintenance);
}
