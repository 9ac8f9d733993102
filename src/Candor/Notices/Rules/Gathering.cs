using Candor.Notices.Streams;
using Candor.State;

namespace Candor.Notices.Rules;

/// <summary>
/// What was over for more than a day before it could be told: one notice for all of it. Nobody can do anything about any of it
/// any more, and a channel that comes back after days is no reason for ten messages each.
/// </summary>
internal static class Gathering
{
    public static readonly TimeSpan OverFor = TimeSpan.FromHours(24);

    /// <summary>More than anybody reads; the rest is another notice.</summary>
    public const int Most = 50;

    /// <summary>Programs know each thing by its id, and are told of each.</summary>
    public static bool IsFor(Subscriber subscriber, NoticeStream stream, TopicView? view, DateTimeOffset now) =>
        !subscriber.Wishes.IsProgram && IsOverForLong(view, now) && MayJoin(stream, now);

    public static bool IsOverForLong(TopicView? view, DateTimeOffset now) =>
        view is { OverAt: { } over, Only: null, IsForDuty: false, Digest: null, IsHidden: false } && now - over > OverFor;

    /// <summary>
    /// Nothing of it is in hand, it is suspected of nothing, and nobody has said a word of it since: a postmortem that is
    /// published days after the end is news.
    /// </summary>
    public static bool MayJoin(NoticeStream stream, DateTimeOffset now) =>
        stream is { Attempt: null, Crashes: 0, NewestPending: { } newest } && now - newest.At > OverFor;
}
