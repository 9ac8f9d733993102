using Candor.Notices.Streams;
using Candor.State;

namespace Candor.Notices.Rules;

/// <summary>
/// Where an alarm was raised on the other side, its end is told too. A person who was reminded needs no word that nothing is
/// left to do; a service that wakes people goes on until it hears it.
/// </summary>
internal static class Ending
{
    private const string Wakes = "pagerduty";
    private const string Lists = "webhook";

    /// <summary>Whether this is what ends a reminder.</summary>
    public static bool IsEnd(TopicView view, int seq) => view.IsForDuty && seq % 2 == 0;

    /// <summary>Ends are for whoever was woken, or keeps a list, and for nobody else.</summary>
    public static bool Tells(Subscriber subscriber, TopicView view, Saying said, NoticeStream? before) =>
        said.IsEndElsewhere ? before is { WasTold: true } && subscriber.Wishes.Channel == Lists
        : !IsEnd(view, said.Seq) || (before is { WasTold: true } && subscriber.Wishes.Channel == Wakes);

    /// <summary>What is pending ends with the end of what was told.</summary>
    public static bool IsPending(TopicView view, NoticeStream stream) =>
        stream is { WasTold: true, NewestPending: { } newest } && IsEnd(view, newest.Seq);
}
