using System.Collections.Frozen;
using Candor.Effects;
using Candor.Journal;
using Candor.Notices.Channels;
using Candor.Notices.Rules;
using Candor.Notices.Sending;
using Candor.Notices.Streams;
using Candor.Notices.Workers;
using Candor.State;
using Candor.Watching;

namespace Candor.Notices;

/// <summary>What is done with what is heard: from the journal, from the process, from the clock.</summary>
internal sealed partial class Postroom
{
    private const int UnnotedMost = 5_000;

    private void Take(Day day, PostroomNews news, Moment now)
    {
        switch (news)
        {
            case JournalWentOn went:
                day.TakingIn.Enqueue(new(went, Topics.WithMerged(journal.State, went.Topics)));
                break;
            case FromWorker { News: WorkerReady ready }:
                (day.Process, day.ShutSince) = (ready.Process, null);
                SendTests(day);
                break;
            case TestAsked asked:
                day.TestsWaiting.Enqueue(asked);
                SendTests(day);
                break;
            case FromWorker { News: WorkerAnswered answered } when day.Tests.Remove(answered.Key, out var asked):
                asked.Answer.TrySetResult(answered.Handover);
                break;
            case FromWorker { News: WorkerBegan began } when day.InHand.TryGetValue(began.Key, out var held):
                held.IsBegun = true;
                break;
            case FromWorker { News: WorkerAnswered answered } when day.InHand.Remove(answered.Key, out var held):
                Settle(day, held, answered, now);
                break;
            case FromWorker { News: WorkerEnded }:
                LoseTests(day);
                LoseWhatWasInHand(day, now);
                break;
            case ReplayAsked asked:
                if (Keep(day, day.Outbox.Replay(journal.State, asked.Stream, now)) is null)
                {
                    asked.Answer.TrySetResult(false);
                    break;
                }

                // Whoever asked for it finds it in the ledger as soon as they are answered.
                day.Replayed.Add(asked.Answer);
                break;
            case HistoryAsked asked:
                asked.Answer.TrySetResult([.. day.Outbox.Streams.Where(stream => stream.Subscriber == asked.Subscriber)]);
                break;
            case TallyCameBack back:
                day.Outbox.Tally.PutBack(back.Batch);
                day.ToldAt = now.Steady + JournalPause;
                break;
            case ReconcileDue:
                day.Reconciling ??= new(journal.State, day.Outbox.TopicsToReconcile(journal.State, now)) { Begun = day.IsFollowed ? day.Brought : null };
                break;
        }
    }

    private static void SendTests(Day day)
    {
        while (day.Takes && day.TestsWaiting.TryDequeue(out var asked))
        {
            if (!asked.Answer.Task.IsCompleted)
            {
                day.Tests[asked.Message.Key] = asked;
                day.Link.Send(day.Process, asked.Message);
            }
        }
    }

    /// <summary>Those that wait for a process wait for the next one.</summary>
    private static void LoseTests(Day day)
    {
        foreach (var asked in day.Tests.Values)
        {
            asked.Answer.TrySetResult(null);
        }

        day.Tests.Clear();
    }

    private void Settle(Day day, InHand held, WorkerAnswered answered, Moment now)
    {
        if (answered.Handover is not { } handover)
        {
            Keep(day, day.Outbox.Lose(journal.State, held.Stream, answered.Key, begun: true, blamed: true, now));
        }
        else if (day.Outbox.Settle(journal.State, held.Stream, answered.Key, handover, now, answered.Took) is { } settled)
        {
            Keep(day, settled.Streams);
            if (settled.Removes)
            {
                _ = RemoveAsync(held.Stream.Subscriber, handover.Reason == "gone" ? StopReason.Gone : StopReason.Bounced, CancellationToken.None);
            }
        }
    }

    /// <summary>Whoever was in hand may have arrived where the process had begun; who is a suspect from now on see <see cref="Suspicion"/>.</summary>
    private void LoseWhatWasInHand(Day day, Moment now)
    {
        day.ShutSince ??= now.Steady;
        var blamed = Suspicion.Of(
            [.. day.InHand.Select(one => new Held(
                one.Key, one.Value.IsBegun, day.Outbox.Find(one.Value.Stream) is { Crashes: > 0 }, IsOverdue(one.Value, now)))],
            day.End);
        foreach (var (key, held) in day.InHand)
        {
            Keep(day, day.Outbox.Lose(journal.State, held.Stream, key, held.IsBegun, blamed.Contains(key), now));
        }

        day.InHand.Clear();
        (day.RenewsAt, day.End) = (null, EndOfWorker.Died);
    }

    private bool IsOverdue(InHand held, Moment now) => now.Steady - held.Since > kind.Timing.SendWithin + LeaseBeyondSending;

    /// <summary>
    /// A process whose settings have changed gets nothing more and answers what it has; only then is it replaced. What does
    /// not answer in time is told again, and nobody is to blame.
    /// </summary>
    private static void Renew(Day day, Moment now)
    {
        if (day.RenewsAt is { } latest && day.End != EndOfWorker.Renewed && ((day.InHand.Count == 0 && day.Tests.Count == 0) || now.Steady >= latest))
        {
            day.End = EndOfWorker.Renewed;
            day.Link.Renew();
        }
    }

    private static async ValueTask FollowAsync(Day day, IReadOnlyList<Envelope> page, CancellationToken cancellation)
    {
        var topics = page.Where(static stored => Topics.MayConcern(stored.Kind))
            .Select(static stored => Topics.Of(Kinds.Decode(stored.Kind, stored.Body.Span, stored.OccurredAt)))
            .SelectMany(static topics => topics).Distinct().ToList();
        if (topics.Count == 0 && page[^1].Position < day.Noted.Plus(UnnotedMost))
        {
            // Nobody is concerned; after a restart they are looked at again.
            return;
        }

        day.Noted = page[^1].Position;
        var stored = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        day.Comes();
        day.News.Writer.TryWrite(new JournalWentOn(topics, page[^1].Position, stored));
        await stored.Task.WaitAsync(cancellation);
    }

    /// <summary>At most about one fact a second says who was told; while one is being committed the next ones gather.</summary>
    private void TellTheJournal(Day day, Moment now)
    {
        if (!day.Outbox.Tally.IsEmpty && day.Telling.IsCompleted && now.Steady - day.ToldAt >= JournalEvery)
        {
            day.ToldAt = now.Steady;
            day.Telling = TellAsync(day, day.Outbox.Tally.Take(), now.Wall, CancellationToken.None);
        }
    }

    private async Task TellAsync(Day day, IReadOnlyList<HandedOver> batch, DateTimeOffset at, CancellationToken cancellation)
    {
        try
        {
            var outcome = await journal.CommitAsync(_ => new Event[] { new NoticesHandedOver(at, Channel, [.. batch]) }, cancellation);
            if (outcome.Refusal is not { } refusal)
            {
                return;
            }

            // A full disk is a refusal and no exception.
            PostroomLog.NotTold(parts.Logger, Channel, refusal.Sentence);
        }
        catch (JournalFailedException fault)
        {
            PostroomLog.NotTold(parts.Logger, Channel, fault.Message);
        }

        day.News.Writer.TryWrite(new TallyCameBack(batch));
    }

    private async Task RemoveAsync(SubscriberId subscriber, StopReason reason, CancellationToken cancellation)
    {
        try
        {
            var at = time.GetUtcNow();
            var outcome = await journal.CommitAsync(world => SubscriberDecisions.Stop(world, at, subscriber, reason), cancellation);
            if (outcome.Refusal is { Code: Reserve.DiskFull } full)
            {
                PostroomLog.NotTold(parts.Logger, Channel, full.Sentence);
            }
        }
        catch (JournalFailedException fault)
        {
            // They will say it again with the next notice.
            PostroomLog.NotTold(parts.Logger, Channel, fault.Message);
        }
    }

    /// <summary>About once a second: what others see of this, a lease that is over, what readers should know.</summary>
    private void Look(Day day, Moment now)
    {
        if (now.Steady - day.LookedAt < ViewEvery)
        {
            return;
        }

        day.LookedAt = now.Steady;
        if (day.InHand.Values.Any(held => IsOverdue(held, now)))
        {
            day.End = EndOfWorker.HeldTooLong;
            day.Link.Replace(day.Process);
        }

        if (day.RenewsAt is null && day.Link.IsOpenedOtherwise(parts.Settings()))
        {
            day.RenewsAt = now.Steady + RenewWithin;
        }

        var oldest = day.Outbox.OldestPending();
        view = new(Channel, day.Outbox.Total)
        {
            ByTopic = day.Outbox.Version == day.LookedAtVersion ? view.ByTopic : day.Outbox.ByTopic.ToFrozenDictionary(),
            InFlight = day.Outbox.InFlight,
            Ambiguous = day.Outbox.Ambiguous,
            Broken = day.Outbox.Broken,
            IsStopped = day.Outbox.IsStopped,
            IsReady = day.IsReady,
            Restarts = day.Link.Restarts,
            OldestPending = oldest,
            Mended = mended,
        };
        day.LookedAtVersion = day.Outbox.Version;
        SayHowItStands(day, now);
    }

    private void SayHowItStands(Day day, Moment now)
    {
        var (unset, oldest) = (parts.Unset(), day.Outbox.OldestToldOf());
        var hasNobody = oldest is not null && now.Steady - day.ShutSince >= Flow.StuckAfter;
        parts.Self.Set(
            "notices:" + Channel, Gravity.Public,
            Lateness.Sentence(Channel, unset is not null || hasNobody || day.Outbox.IsStopped || day.Outbox.IsStuck(now), oldest, now.Wall),
            unset ?? (day.Outbox.IsStopped ? "The receiving side refuses our sender or login; see the settings of the channel."
                : hasNobody ? "The process of the channel does not get as far as opening it; the log says why." : null));
    }

    private static void Keep(Day day, IReadOnlyList<NoticeStream> streams)
    {
        foreach (var stream in streams)
        {
            day.Changed[stream.Key] = stream;
        }
    }

    private static NoticeStream? Keep(Day day, NoticeStream? stream)
    {
        if (stream is not null)
        {
            day.Changed[stream.Key] = stream;
        }

        return stream;
    }
}
