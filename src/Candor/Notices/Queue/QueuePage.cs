using Candor.Notices.Streams;
using Candor.State;

namespace Candor.Notices.Queue;

/// <summary>Which streams of a topic are read.</summary>
/// <param name="After">The last subscriber that was read, or null for the beginning.</param>
/// <param name="Most">So many rows are looked at, whether or not they are wanted.</param>
internal sealed record QueueQuestion(Topic Topic, SubscriberId? After, int Most)
{
    /// <summary>Whose streams are wanted; asked before a row is read. On the thread of the store.</summary>
    public Func<SubscriberId, bool>? Wanted { get; init; }
}

/// <summary>Some streams of a topic, in the order of their subscribers' ids.</summary>
/// <param name="Next">Where to go on, or null where there is nothing more.</param>
internal sealed record QueuePage(IReadOnlyList<NoticeStream> Streams, SubscriberId? Next);
