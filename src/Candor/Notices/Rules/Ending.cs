using Candor.Notices.Streams;
using Candor.State;

namespace Candor.Notices.Rules;

/// <summary>
/// Where an alarm was raised on the other side, its end is told too, whatever else became of it: hidden since, or somebody
/// else's turn. A person who was told or reminded needs no word that nothing is left to do; a service that wakes people goes
/// on until it hears it.
/// </summary>
internal static class Ending
{
    private const string Wakes = "pagerduty";
    private const string Lists = "webhook";

    /// <summary>Whether this is what ends it on the other side: of a reminder, or of what is hidden.</summary>
    public static bool IsEnd(TopicView view, int seq) =>
        (view.IsForDuty && seq % 2 == 0) || (view is { IsHidden: true, IsOver: true, IsMaintenance: false } && seq == view.LastSeq);

    /// <summary>Ends are for whoever was woken, or keeps a list, and for nobody else.</summary>
    public static bool Tells(Subscriber subscriber, TopicView view, Saying said, NoticeStream? before) =>
        said.IsEndElsewhere ? before is { WasTold: true } && subscriber.Wishes.Channel == Lists
        : !view.IsForDuty || !IsEnd(view, said.Seq) || (before is { WasTold: true } && subscriber.Wishes.Channel == Wakes);

    /// <summary>Of what is hidden whoever was woken is told the end and nothing else.</summary>
    public static bool TellsHidden(Subscriber subscriber, TopicView view, int seq, NoticeStream before) =>
        IsEnd(view, seq) && before.WasTold && subscriber.IsTold && subscriber.Wishes.Channel == Wakes;

    /// <summary>What is pending ends with the end of what was told.</summary>
    public static bool IsPending(TopicView view, NoticeStream stream) =>
        stream is { WasTold: true, NewestPending: { } newest } && IsEnd(view, newest.Seq);

    /// <summary>The same for what is hidden, where their side keeps it open.</summary>
    public static bool IsPending(Subscriber subscriber, TopicView view, NoticeStream stream) =>
        stream.NewestPending is { } newest && TellsHidden(subscriber, view, newest.Seq, stream);
}
