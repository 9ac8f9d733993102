using Candor.Effects;
using Candor.Notices.Streams;
using Candor.State;
using Candor.Watching;

namespace Candor.Notices;

/// <summary>
/// What the journal says is to be told and was told, against what is here: once a minute and at the start. A difference is
/// mended from the journal and said.
/// </summary>
internal sealed partial class Postroom
{
    private static readonly TimeSpan QueueSaidFor = TimeSpan.FromDays(1);

    /// <summary>What the journal said when everything was last looked at; what is wished since is no difference.</summary>
    private World? reconciled;

    private async Task ReconcileAsync(Day day, CancellationToken stopping)
    {
        while (true)
        {
            await Task.Delay(ReconcileEvery, time, stopping);
            day.News.Writer.TryWrite(new ReconcileDue());
        }
    }

    /// <summary>All at once, before anything is sent: what the journal knows to be told is told, also where an older file was put back.</summary>
    private IReadOnlyList<NoticeStream> ReconcileAtStart(Day day, Moment now)
    {
        var round = new Reconciliation(journal.State, []);
        var before = day.Outbox.Behind;
        var missing = day.Outbox.Reconcile(journal.State, now);
        round.Behind = day.Outbox.Behind - before;
        return [.. missing, .. Finish(day, round, now)];
    }

    /// <summary>
    /// Some more of a round. Never put off: what the follower is about to bring is taken in here as well, and is then no news for it.
    /// </summary>
    private void Reconcile(Day day, int most, Moment now)
    {
        if (day.Reconciling is not { } round)
        {
            return;
        }

        for (var left = most; left > 0 && round.Topics.TryPeek(out var topic);)
        {
            var before = day.Outbox.Behind;
            var part = day.Outbox.Accept(journal.State, topic, now, round.After, left);
            Keep(day, part.Changed);
            round.Behind += day.Outbox.Behind - before;
            round.Missing += part.Changed.Count(stream => !WishesChanged(reconciled, journal.State, stream.Subscriber));
            left -= round.Advance(part);
        }

        if (round.Topics.Count > 0)
        {
            return;
        }

        day.Reconciling = null;
        Keep(day, Finish(day, round, now));
        var total = day.Outbox.Recounted();
        parts.Self.Set(
            "notices:ledger:" + Channel, Gravity.Private,
            total.AddUp ? null : $"The ledger of the channel {Channel} does not add up: {total.Accepted} accepted, {total.Sent + total.Failed + total.Pending + total.Withheld} accounted for.");
    }

    /// <summary>Says what the round has found; the streams that changed by it.</summary>
    private IReadOnlyList<NoticeStream> Finish(Day day, Reconciliation round, Moment now)
    {
        if (round.Behind > 0)
        {
            mended++;
            PostroomLog.Behind(parts.Logger, Channel, round.Behind);
            SayOfQueue("knew less than the journal of who was told, and was settled from it", "An older file was put back, or what was written to it last was lost.");
            return day.Outbox.Distrust(journal.State, now, day.BeganAt);
        }

        // Only where everything that the journal says had been brought, what was missing is a difference.
        if (day.IsFollowed && round.Begun == day.Brought)
        {
            reconciled = round.World;
            if (round.Missing > 0)
            {
                mended++;
                PostroomLog.Mended(parts.Logger, Channel, round.Missing);
            }
        }

        ForgetWhatWasSaidOfQueue();
        return [];
    }

    /// <summary>It was mended when it is said; operators have a day to read of it.</summary>
    private void SayOfQueue(string what, string why)
    {
        Volatile.Write(ref queueSaidAt, time.GetTimestamp());
        parts.Self.Raise(
            "notices:queue:" + Channel, Gravity.Private, $"The queue of the channel {Channel} {what}.", $"{why} Nobody is told again what the journal knows to be told.");
    }

    private void ForgetWhatWasSaidOfQueue()
    {
        if (Volatile.Read(ref queueSaidAt) is >= 0 and var said && time.GetElapsedTime(said) >= QueueSaidFor)
        {
            Volatile.Write(ref queueSaidAt, -1);
            parts.Self.Clear("notices:queue:" + Channel);
        }
    }

    /// <summary>Whoever wishes for more since then is told of what goes on now; nothing was missing.</summary>
    private static bool WishesChanged(World? before, World after, SubscriberId subscriber) =>
        before is not null && after.Subscribers.GetValueOrDefault(subscriber) is { } now
        && !(before.Subscribers.GetValueOrDefault(subscriber) is { } then && then.Wishes.SameAs(now.Wishes) && then.ConfirmedAt == now.ConfirmedAt && then.LeftAt == now.LeftAt);

    /// <summary>One round, and how far it is.</summary>
    private sealed class Reconciliation(World world, IEnumerable<Topic> topics) : Round(topics)
    {
        /// <summary>As it was when the round began.</summary>
        public World World { get; } = world;

        /// <summary>How much had been brought then; null where something was being brought.</summary>
        public int? Begun { get; init; }

        public int Behind { get; set; }

        public int Missing { get; set; }
    }
}
