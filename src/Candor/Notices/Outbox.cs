using Candor.Effects;
using Candor.Notices.Channels;
using Candor.Notices.Ledger;
using Candor.Notices.Rules;
using Candor.Notices.Sending;
using Candor.Notices.Streams;
using Candor.State;

namespace Candor.Notices;

/// <summary>
/// One channel's streams in memory, and every decision about them. No input or output: whoever calls stores what has
/// changed before anything that rests on it leaves the house, and makes a new one from the store after a failure.
/// Deterministic, so that years of trouble can be simulated from a seed.
/// </summary>
/// <param name="server">How the one server by which everything goes has behaved, which outlives this; null where there is none.</param>
internal sealed partial class Outbox(string channel, ChannelTiming timing, Func<SubscriberId, string?> destinationOf, Func<double> chance, OneServer? server = null)
{
    /// <summary>Processes that may die with a message in hand before it is put aside.</summary>
    public const int CrashesMost = 3;

    /// <summary>How long a dead letter, and everything else that is settled, is kept for people to look at.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    /// <summary>Generous: hand-overs reach the journal within seconds.</summary>
    private static readonly TimeSpan NotYetInTheJournal = TimeSpan.FromMinutes(10);

    /// <summary>What is older was there before a server that is in trouble now can have been told of it.</summary>
    private static readonly TimeSpan JustPublished = TimeSpan.FromSeconds(10);

    private readonly Dictionary<StreamKey, NoticeStream> streams = [];
    private readonly Dictionary<Topic, HashSet<StreamKey>> byTopic = [];
    private readonly Dictionary<Topic, Counts> counts = [];
    private readonly HashSet<StreamKey> pending = [];
    private readonly Dictionary<Topic, TopicView?> views = [];
    private readonly Dispatch dispatch = new(timing, chance, server);
    private readonly Holds holds = new();
    private readonly TriedTimes tried = new();
    private readonly Flow flow = new();
    private readonly CommonPieces common = new();

    /// <summary>Attempts that had no outcome when this began; one may be in several rows.</summary>
    private readonly HashSet<string> restored = new(StringComparer.Ordinal);
    private World? seen;

    /// <summary>
    /// Set where the queue was lost: what was said shortly before may have been told without the journal knowing, so whoever
    /// it concerns is told the end of it in any case.
    /// </summary>
    public DateTimeOffset? MadeAnewAt { get; set; }

    /// <summary>A destination that many share, so that one stream there says nothing of the others.</summary>
    public Func<string, bool> IsForMany { get; init => dispatch.IsShared = field = value; } = static _ => false;

    public Tally Tally { get; } = new();

    /// <summary>Attempts that ended without an answer since the beginning: the counted set of those that may have come twice.</summary>
    public int Ambiguous { get; private set; }

    public int InFlight => dispatch.InFlight;

    public int Waiting => dispatch.Waiting;

    public int Broken => dispatch.Broken;

    public bool IsStopped => dispatch.IsStopped;

    public Counts Total { get; private set; } = Counts.None;

    /// <summary>Goes up with every change of a count.</summary>
    public long Version { get; private set; }

    public IEnumerable<NoticeStream> Streams => streams.Values;

    public IReadOnlyDictionary<Topic, Counts> ByTopic => counts;

    public Counts CountsOf(Topic topic) => counts.GetValueOrDefault(topic, Counts.None);

    public NoticeStream? Find(StreamKey key) => streams.GetValueOrDefault(key);

    public IEnumerable<NoticeStream> Of(Topic topic) => byTopic.GetValueOrDefault(topic, []).Select(key => streams[key]);

    /// <summary>A stream from the store, as it was when everything ended. An attempt without an outcome may have arrived.</summary>
    public NoticeStream? Restore(NoticeStream stored, World world, Moment now)
    {
        var stream = stored;
        if (stored.Attempt is not null)
        {
            Ambiguous += restored.Add(stored.Attempt.Key) ? 1 : 0;
            stream = stored.Lose(now.Wall + timing.HoldAmbiguous, "interrupted", crashed: false);
        }

        Admit(null, stored);
        Put(stream, world, now);
        return ReferenceEquals(stream, stored) ? null : stream;
    }

    /// <summary>After a start: hand-overs that were stored here and that the journal has not heard of are told to it with the next ones.</summary>
    public void TellWhatTheJournalDoesNotKnow(World world)
    {
        foreach (var stream in streams.Values)
        {
            if (!IsInTheJournal(world, stream) && world.Subscribers.TryGetValue(stream.Subscriber, out var subscriber))
            {
                var known = ToldOf(world, stream.Topic).SeqOf(subscriber.Number);
                Tally.Told(
                    Digesting.NotedUnder(subscriber, ViewOf(world, stream.Topic), stream.Topic, seq => seq > known && seq <= stream.ToldUpTo),
                    stream.ToldUpTo, subscriber.Number, stream.HandedOverLate > Lateness.After ? stream.HandedOverLate : null);
            }
        }
    }

    /// <summary>
    /// Streams of what is over that nothing has become of for long: nobody asks for them any more, and the journal knows who was
    /// told, should something be said of it after all.
    /// </summary>
    public IReadOnlyList<StreamKey> Outlived(World world, Moment now, int most)
    {
        var (current, then) = (Topics.Current(world, now.Wall).ToHashSet(), now.Wall - KeptFor);
        return
        [
            .. byTopic.Where(one => !current.Contains(one.Key)).SelectMany(static one => one.Value)
                .Where(key => streams[key].SettledBefore(then) && IsInTheJournal(world, streams[key])).Take(most),
        ];
    }

    /// <summary>They are gone from the store.</summary>
    public void Forget(IReadOnlyList<StreamKey> outlived)
    {
        foreach (var key in outlived)
        {
            if (streams.Remove(key, out var stream))
            {
                Count(key.Topic, stream, new(key.Subscriber, key.Topic));
                Admit(key.Topic, -stream.Pieces.Length);
                dispatch.Withdraw(key);
                if (byTopic[key.Topic].Remove(key) && byTopic[key.Topic].Count == 0)
                {
                    byTopic.Remove(key.Topic);
                    counts.Remove(key.Topic);
                }
            }
        }
    }

    /// <summary>
    /// Begins hand-overs for which there is room. Every stream of <see cref="Begun.Changed"/> is stored before the first
    /// message of <see cref="Begun.Started"/> leaves.
    /// </summary>
    public Begun Begin(World world, Moment now, int room)
    {
        var (started, changed) = (new List<NoticeStream>(), new List<NoticeStream>());
        while (started.Count < room && dispatch.TryTake(now.Steady, out var key))
        {
            var before = streams[key];
            var subscriber = world.Subscribers.GetValueOrDefault(key.Subscriber);
            var view = ViewOf(world, key.Topic);
            var stream = subscriber is not null && view is not null ? Accepting.Of(subscriber, view, before)! : before;
            Admit(before, stream);
            var step = Collapse.Of(stream, subscriber, view, now.Wall);
            if (step.Kind == StepKind.Send || (step.Kind == StepKind.Wait && holds.DueAt(key, step.Until, Flapping.Interval, now) <= now.Steady))
            {
                Began(key, now);
                var departed = Depart(world, subscriber!, stream, now);
                started.Add(departed[0]);
                changed.AddRange(departed);
                continue;
            }

            dispatch.GiveBack(key);
            stream = step.Kind == StepKind.Suppress ? stream.Withhold(PieceState.Suppressed, step.Rule, now.Wall) : stream;
            Put(stream, world, now, step.Kind == StepKind.Wait ? step.Until : null);
            if (!ReferenceEquals(stream, before))
            {
                changed.Add(stream);
            }
        }

        return new(started, changed);
    }

    /// <summary>What came of an attempt; null where nobody waits for it any more.</summary>
    /// <param name="took">What the receiver took for it; null: all the time since it was begun.</param>
    public Settled? Settle(World world, StreamKey key, string notice, Handover handover, Moment now, TimeSpan? took = null)
    {
        if (!streams.TryGetValue(key, out var before) || before.Attempt is not { } attempt || attempt.Key != notice)
        {
            return null;
        }

        // Whoever brings an answer was not the death of the process that died with it in hand.
        before = before.Crashes == 0 ? before : before with { Crashes = 0 };
        // A refusal of our sender that one stream alone draws is no word about everybody, and such a one of what strangers have
        // sent stops nobody. What no message can draw, such as a refused login, is everybody's whoever finds it out.
        var isOwn = handover is { Blame: Blame.Channel, MayBeOwn: true, End: not HandoverEnd.Delivered } && (IsLink(key) || dispatch.IsAlone(key));
        dispatch.Answered(key, handover, now.Steady, took, isOwn);
        handover = isOwn ? handover with { End = HandoverEnd.TryAgain, Blame = Blame.Recipient } : handover;
        flow.Answered(key, handover, now.Steady);

        Ambiguous += handover is { End: HandoverEnd.TryAgain, Ambiguous: true, Blame: not Blame.Channel } ? 1 : 0;
        NoticeStream Outcome(NoticeStream one) => handover.End switch
        {
            HandoverEnd.Delivered => Delivered(world, one, handover, now),
            _ when handover.Blame == Blame.Channel => one.TryAgain(now.Wall, handover.Reason, handover.Said, counts: false),
            HandoverEnd.TryAgain when handover.Ambiguous => Unsure(one, handover, now),
            HandoverEnd.TryAgain when IsFreshAndOneTooMany(one, handover, now) => Again(one, handover, now),
            HandoverEnd.TryAgain => Later(one, handover, now),
            _ => one.Fail(now.Wall, handover.Reason, handover.Said),
        };
        return new(Share(world, before, Outcome, now), handover.Removes);
    }

    /// <summary>
    /// A process ended with this in hand: the streams that changed. <paramref name="begun"/>: it had said that it began; else it
    /// surely did not.
    /// </summary>
    public IReadOnlyList<NoticeStream> Lose(World world, StreamKey key, string notice, bool begun, bool blamed, Moment now)
    {
        if (!streams.TryGetValue(key, out var before) || before.Attempt?.Key != notice)
        {
            return [];
        }

        dispatch.GiveBack(key);
        flow.Lost(key);
        Ambiguous += begun ? 1 : 0;
        return Share(world, before, begun ? Lost : one => one.TryAgain(now.Wall, "interrupted", "", counts: false), now);

        NoticeStream Lost(NoticeStream one) =>
            one.Lose(now.Wall + timing.HoldAmbiguous, blamed ? "crashed" : "interrupted", blamed) is var lost && lost.Crashes >= CrashesMost
                ? lost.Fail(now.Wall, "crashes", "the process of the channel ended with it in hand")
                : lost;
    }

    /// <summary>A person's act: the oldest that is dead is tried again, as things are now.</summary>
    public NoticeStream? Replay(World world, StreamKey key, Moment now) =>
        streams.TryGetValue(key, out var before) && !before.DeadLetter.IsEmpty && before.Replay() is { HasPending: true } after ? Put(after, world, now) : null;

    /// <summary>When something may be possible by time alone.</summary>
    public TimeSpan? NextAt(TimeSpan now) => dispatch.NextAt(now);

    /// <summary>Publication of the oldest update that somebody still waits for.</summary>
    public DateTimeOffset? OldestPending() => OldestPending(withLinks: true);

    /// <summary>The same without links that somebody asked for: anybody can ask for one, at an address that never answers.</summary>
    public DateTimeOffset? OldestToldOf() => OldestPending(withLinks: false);

    private DateTimeOffset? OldestPending(bool withLinks)
    {
        DateTimeOffset? oldest = null;
        foreach (var key in pending)
        {
            if ((withLinks || !IsLink(key)) && streams[key].OldestPending is { } piece && !(piece.At >= oldest))
            {
                oldest = piece.At;
            }
        }

        return oldest;
    }

    /// <summary>Whether nothing gets through, as far as can be told from what was tried.</summary>
    public bool IsStuck(Moment now) => flow.IsStuck(now.Steady);

    private static bool IsLink(StreamKey key) => key.Topic.Subscription is not null;

    /// <summary>What strangers have sent to addresses of their choice says nothing of how a channel stands.</summary>
    private void Began(StreamKey key, Moment now)
    {
        if (!IsLink(key))
        {
            var destination = destinationOf(key.Subscriber) ?? "";
            flow.Began(key, destination, IsForMany(destination), now.Steady);
        }
    }

    private bool IsInTheJournal(World world, NoticeStream stream) =>
        !world.Subscribers.TryGetValue(stream.Subscriber, out var subscriber) || stream.ToldUpTo <= ToldOf(world, stream.Topic).SeqOf(subscriber.Number);

    private ToldBy ToldOf(World world, Topic topic) =>
        world.Told.GetValueOrDefault(topic, []).FirstOrDefault(one => one.Channel == channel) ?? new(channel);

    private NoticeStream Delivered(World world, NoticeStream before, Handover handover, Moment now)
    {
        var view = ViewOf(world, before.Topic);
        var isAutomatic = view?.Sayings.LastOrDefault(said => said.Seq <= before.Attempt!.To).Automatic ?? false;
        return before.Deliver(now.Wall, handover.Said, handover.Receipt, isAutomatic, view?.Impact ?? Impact.None);
    }

    /// <summary>It may have arrived: held as long as the kind of channel wants.</summary>
    private NoticeStream Unsure(NoticeStream before, Handover handover, Moment now)
    {
        var later = Later(before, handover, now) with { MayKnow = true };
        var held = now.Wall + timing.HoldAmbiguous;
        return later.NotBefore < held ? later with { NotBefore = held } : later;
    }

    /// <summary>
    /// The one server had too much when this came, which is nobody's fault. Not for longer than it is just published, also where
    /// the calendar jumps: what is refused for long goes by the usual pauses.
    /// </summary>
    private bool IsFreshAndOneTooMany(NoticeStream one, Handover handover, Moment now) =>
        server is not null && OneServer.IsOneTooMany(handover) && one.Tries == 1 && tried.Of(one, now.Steady) < JustPublished
        && LaneOf(one with { Tries = 0 }, now) == Lane.Fresh;

    /// <summary>As though it had not been tried, but for the time since it first was: it stays fresh, and the server's pace says when it goes.</summary>
    private NoticeStream Again(NoticeStream one, Handover handover, Moment now) =>
        one.TryAgain(now.Wall + Backoff.AfterOneTooMany(tried.Of(one, now.Steady), chance(), handover.RetryAfter), handover.Reason, handover.Said, counts: false)
            with { FirstTryAt = one.FirstTryAt };

    private NoticeStream Later(NoticeStream before, Handover handover, Moment now)
    {
        var pause = Backoff.After(before.Tries, timing.RetryMost, chance(), handover.RetryAfter);
        return tried.Of(before, now.Steady) + pause >= timing.Horizon
            ? before.Withhold(PieceState.Expired, handover.Reason, now.Wall)
            : before.TryAgain(now.Wall + pause, handover.Reason, handover.Said, counts: true);
    }

    /// <summary>What is stored says how long it has been tried, for whoever goes on with it after a restart.</summary>
    private NoticeStream Timed(NoticeStream stream, Moment now) =>
        tried.Of(stream, now.Steady) is var triedFor && triedFor == stream.TriedFor ? stream : stream with { TriedFor = triedFor };

    /// <summary>The journal hears of hand-overs and of failures, by number.</summary>
    private void Note(World world, NoticeStream before, NoticeStream after)
    {
        if (before.Attempt is not { To: var to } || !world.Subscribers.TryGetValue(before.Subscriber, out var subscriber))
        {
            return;
        }

        var topics = Digesting.NotedUnder(subscriber, ViewOf(world, before.Topic), before.Topic, before.PendingUpTo(to));
        switch (after.StateUpTo(to))
        {
            case PieceState.Sent:
                var late = after.HandedOverLate > Lateness.After ? after.HandedOverLate : null;
                Tally.Told(topics, to, subscriber.Number, late);
                break;
            case PieceState.Failed or PieceState.Expired:
                Tally.Failed(topics, to, subscriber.Number);
                break;
        }
    }

    private NoticeStream Put(NoticeStream after, World world, Moment now, DateTimeOffset? notBefore = null)
    {
        after = common.In(after);
        Replace(streams.GetValueOrDefault(after.Key), after);
        if (!after.HasPending)
        {
            dispatch.Withdraw(after.Key);
            holds.Forget(after.Key);
            tried.Forget(after.Key);
            return after;
        }

        tried.Of(after, now.Steady);
        var view = ViewOf(world, after.Topic);
        var ready = notBefore is { } until ? holds.DueAt(after.Key, until, Flapping.Interval, now)
            : after.NotBefore is { } pause ? holds.DueAt(after.Key, pause, PauseMost(after, now), now)
            : now.Steady;
        dispatch.Offer(
            after.Key, destinationOf(after.Subscriber) ?? "", LaneOf(after, now), new(view?.IsOver ?? true, after.OldestPending!.Value.At), ready);
        return after;
    }

    /// <summary>What their side asked for may be long; what was tried first in the future was stored by a calendar that was ahead.</summary>
    private TimeSpan PauseMost(NoticeStream stream, Moment now) => stream.FirstTryAt > now.Wall ? timing.RetryMost : timing.Horizon;

    private Lane LaneOf(NoticeStream stream, Moment now) =>
        stream.Crashes > 1 ? Lane.Alone
        : stream.Crashes > 0 ? Lane.Suspect
        : stream.Tries > 0 ? Lane.Retry
        : Lateness.Of(stream.OldestPending!.Value.At, now.Wall) is not null || (server is { IsStressed: true } && now.Wall - stream.OldestPending.Value.At > JustPublished) ? Lane.Backlog
        : Lane.Fresh;

    private void Replace(NoticeStream? before, NoticeStream after)
    {
        streams[after.Key] = after;
        Count(after.Topic, before, after);
        if (!after.HasPending)
        {
            pending.Remove(after.Key);
            flow.Left(after.Key);
        }
        else
        {
            pending.Add(after.Key);
        }

        if (before is null)
        {
            if (!byTopic.TryGetValue(after.Topic, out var keys))
            {
                byTopic[after.Topic] = keys = [];
            }

            keys.Add(after.Key);
        }
    }

    private void Count(Topic topic, NoticeStream? before, NoticeStream after)
    {
        counts[topic] = CountsOf(topic).With(before, after);
        Total = Total.With(before, after);
        Version++;
    }

    /// <summary>Made once per version of the world; also of what is for some readers only by now.</summary>
    public TopicView? ViewOf(World world, Topic topic)
    {
        if (!ReferenceEquals(world, seen))
        {
            views.Clear();
            seen = world;
        }

        if (!views.TryGetValue(topic, out var view))
        {
            views[topic] = view = TopicView.EvenHidden(world, topic);
        }

        return view;
    }
}
