using Candor.Notices.Streams;

namespace Candor.Notices.Rules;

/// <summary>
/// Of an incident that comes and goes, automation tells a subscriber once in ten minutes, unless it got worse. What was
/// held back is told together when the time is over. The first opening and the first end are told at once: nobody can
/// know before a reopening that it comes and goes.
/// </summary>
internal static class Flapping
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    /// <summary>Until when it is held, or null.</summary>
    public static DateTimeOffset? HeldUntil(NoticeStream stream, TopicView view, DateTimeOffset now)
    {
        if (!view.IsUnstable || stream is not { LastAutomatic: true, HandedOverAt: { } last } || view.Impact > stream.LastImpact
            || now >= last + Interval)
        {
            return null;
        }

        return IsAutomatic(view, stream.OldestPending?.Seq ?? int.MaxValue) ? last + Interval : null;
    }

    private static bool IsAutomatic(TopicView view, int from) =>
        view.Sayings.Where(said => said.Seq >= from && !said.Quiet).All(static said => said.Automatic);
}
