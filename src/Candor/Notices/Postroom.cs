using System.Collections.Frozen;
using System.Threading.Channels;
using Candor.Effects;
using Candor.Journal;
using Candor.Notices.Channels;
using Candor.Notices.Queue;
using Candor.Notices.Rules;
using Candor.Notices.Sending;
using Candor.Notices.Streams;
using Candor.Notices.Subscribers;
using Candor.Notices.Wording;
using Candor.Notices.Workers;
using Candor.State;
using Candor.Watching;
using Microsoft.Extensions.Logging;

namespace Candor.Notices;

/// <summary>
/// One channel at work. One loop owns queue and outbox: take everything that was heard, begin what may go, store all of it
/// in one write, and only then send. A failed write ends the loop; its supervisor starts it again from what is stored, and
/// what was in hand is ambiguous, counted, and told again.
/// </summary>
internal sealed partial class Postroom(PostroomParts parts)
{
    private const int NewsAtOnce = 4_096;
    private const int ForgottenAtOnce = 500;
    private static readonly TimeSpan JournalEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan JournalPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ViewEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReconcileEvery = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LeaseBeyondSending = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan FinishWithin = TimeSpan.FromSeconds(2);

    /// <summary>Whoever changes settings waits no longer for them because a receiver hangs.</summary>
    private static readonly TimeSpan RenewWithin = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TestWithin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ForgetEvery = TimeSpan.FromHours(1);
    private static readonly TimeSpan ForgetFirst = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ForgetOn = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WakeMost = TimeSpan.FromSeconds(1);

    private readonly IChannelKind kind = parts.Kind;
    private readonly Journal<World, Event> journal = parts.Journal;
    private readonly TimeProvider time = parts.Time;
    private readonly OneServer? server = parts.Kind.Timing.ByOneServer ? new(parts.Kind.Timing.Nominal) : null;

    /// <summary>Deciding and writing for a crowd is seconds of work, and whoever reads the page goes before it.</summary>
    private readonly LowPriorityThreads behind = new(1, "notices " + parts.Kind.Name);

    /// <summary>What the process says is heard also while something else takes long.</summary>
    private readonly LowPriorityThreads listening = new(1, "hears " + parts.Kind.Name);
    private readonly Courtesy courtesy = new();
    private volatile PostroomView view = new(parts.Kind.Name, Ledger.Counts.None);
    private volatile Channel<PostroomNews>? inbox;
    private DateTimeOffset? lostAt;

    /// <summary>When something was said of the queue, by the steady clock; below zero where nothing is.</summary>
    private long queueSaidAt = -1;
    private int mended;

    public string Channel => kind.Name;

    public PostroomView View => view;

    /// <summary>It runs and takes orders; its process may still be opening.</summary>
    public bool IsOpen => inbox is not null;

    /// <summary>Runs until stopped or broken; may be run again.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            await RunOnceAsync(stopping);
        }
        catch (QueueDamagedException fault)
        {
            QueueWasLost(fault);
            throw;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // Whatever was published since nobody has heard of here; the next look of a room that works takes it back.
            parts.Self.Set("notices:" + Channel, Gravity.Public, Lateness.Sentence(Channel, isStopped: true, view.OldestPending, time.GetUtcNow()), fault.Message);
            throw;
        }
    }

    private async Task RunOnceAsync(CancellationToken stopping)
    {
        await journal.WaitForOpenAsync(stopping);
        using var ended = new CancellationTokenSource();
        var news = System.Threading.Channels.Channel.CreateUnbounded<PostroomNews>(new() { SingleReader = true });
        var worker = new WorkerLink(Channel, parts.StartChannel, heard => news.Writer.TryWrite(new FromWorker(heard)), listening, time, parts.Logger);
        await using var store = await OpenAsync(stopping);
        var day = new Day(worker, store, NewOutbox(), news) { ShutSince = Moment.Now(time).Steady };
        var done = await RestoreAsync(day, stopping);
        day.Noted = done;
        inbox = news;
        var follower = new Follower(
            "notices " + Channel, journal, new QueueCursor(done), (page, cancellation) => FollowAsync(day, page, cancellation), time, parts.Logger);
        Task[] helpers = [follower.RunAsync(ended.Token), worker.RunAsync(parts.Settings, ended.Token), ReconcileAsync(day, ended.Token)];
        try
        {
            await WorkAsync(day, stopping);
        }
        finally
        {
            inbox = null;
            LoseTests(day);
            await ended.CancelAsync();
            await Task.WhenAll(helpers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            kept = null;
        }
    }

    /// <summary>Whether there was something dead to try again. Throws <see cref="IOException"/> where the channel does not run.</summary>
    public async Task<bool> ReplayAsync(StreamKey stream, CancellationToken cancellation)
    {
        var asked = new ReplayAsked(stream, new(TaskCreationOptions.RunContinuationsAsynchronously));
        return inbox?.Writer.TryWrite(asked) == true
            ? await asked.Answer.Task.WaitAsync(AnswersWithin, time, cancellation)
            : throw new IOException($"The channel {Channel} does not run at the moment; try again in a moment.");
    }

    /// <summary>Everything that one subscriber was told or is to be told. Throws <see cref="IOException"/> where the channel does not run.</summary>
    public async Task<IReadOnlyList<NoticeStream>> HistoryAsync(SubscriberId subscriber, CancellationToken cancellation)
    {
        var asked = new HistoryAsked(subscriber, new(TaskCreationOptions.RunContinuationsAsynchronously));
        return inbox?.Writer.TryWrite(asked) == true
            ? await asked.Answer.Task.WaitAsync(AnswersWithin, time, cancellation)
            : throw new IOException($"The channel {Channel} does not run at the moment; try again in a moment.");
    }

    /// <summary>
    /// Hands a test over beside the queue. Throws <see cref="TimeoutException"/> where nothing came back in time, and
    /// <see cref="IOException"/> where the channel does not run.
    /// </summary>
    public async Task<Handover> TryAsync(Message message, CancellationToken cancellation)
    {
        var asked = new TestAsked(message, new(TaskCreationOptions.RunContinuationsAsynchronously));
        if (inbox?.Writer.TryWrite(asked) != true)
        {
            throw new IOException($"The channel {Channel} does not run at the moment; try again in a moment.");
        }

        try
        {
            return await asked.Answer.Task.WaitAsync(TestWithin, time, cancellation)
                ?? Handover.Unknown(Blame.Channel, "crashed", "the process of the channel ended with it in hand");
        }
        finally
        {
            // Whoever asked waits no more, so it does not go out later either.
            asked.Answer.TrySetCanceled(CancellationToken.None);
        }
    }

    private async Task<IQueueStore> OpenAsync(CancellationToken cancellation)
    {
        try
        {
            return await parts.OpenQueue(cancellation);
        }
        catch (QueueDamagedException fault)
        {
            QueueWasLost(fault);
            return await parts.OpenQueue(cancellation);
        }
    }

    /// <summary>The file was put aside; the next one begins empty and is filled by following the journal from its start.</summary>
    private void QueueWasLost(QueueDamagedException fault)
    {
        lostAt = time.GetUtcNow();
        PostroomLog.QueueLost(parts.Logger, Channel, fault.Message);
        SayOfQueue("was damaged and is made anew from the journal", "The damaged file lies beside the new one in queues/.");
    }

    /// <summary>What is stored comes back; what was in hand when everything ended is ambiguous from now on.</summary>
    private async Task<Position> RestoreAsync(Day day, CancellationToken cancellation)
    {
        var (world, now) = (journal.State, Moment.Now(time));
        var (changed, isEmpty) = (new List<NoticeStream>(), true);
        var position = await day.Store.LoadAsync(
            stored =>
            {
                isEmpty = false;
                if (day.Outbox.Restore(stored, world, now) is { } after)
                {
                    changed.Add(after);
                }
            },
            cancellation);

        day.BeganAt = now.Wall;
        if (isEmpty && position == Candor.Journal.Position.Start && day.Outbox.MadeAnewAt is null && HasTold(world))
        {
            day.Outbox.MadeAnewAt = lostAt = now.Wall;
            SayOfQueue("was not there and is made anew from the journal", "A backup holds no queues, so this is what is found after `candor restore`.");
        }

        changed.AddRange(ReconcileAtStart(day, now));
        await day.Store.WriteAsync(changed, null, cancellation);
        day.Outbox.TellWhatTheJournalDoesNotKnow(world);
        kept = day.Store;
        return position;
    }

    /// <summary>The journal knows of hand-overs by this channel, so there was a queue.</summary>
    private bool HasTold(World world) => world.Told.Values.Any(told => told.Any(one => one.Channel == Channel));

    private Outbox NewOutbox() => new(
        Channel, kind.Timing,
        id => parts.Contacts.Find(id) is { } contact ? kind.DestinationOf(contact.Address) : null,
        parts.Randomness.NextDouble,
        server)
    {
        MadeAnewAt = lostAt,

        // By a server of the settings everything goes to one place, whatever the destination is called.
        IsForMany = destination => !kind.ConnectsToAddresses || kind.IsForMany(destination),
    };

    private async Task WorkAsync(Day day, CancellationToken stopping)
    {
        TimeSpan? leavesAt = null;
        while (true)
        {
            await behind.TurnAsync();
            var now = Moment.Now(time);
            if (stopping.IsCancellationRequested)
            {
                // What is in hand gets a moment to be answered, so that an orderly end leaves nothing ambiguous.
                leavesAt ??= now.Steady + FinishWithin;
                if (day.InHand.Count == 0 || now.Steady >= leavesAt)
                {
                    throw new OperationCanceledException(stopping);
                }
            }

            for (var i = 0; i < NewsAtOnce && day.News.Reader.TryRead(out var one); i++)
            {
                Take(day, one, now);
            }

            TakeIn(day, now);
            var room = Math.Min(courtesy.Room(now.Steady, parts.Readings()), kind.Timing.WorkersMost - day.Outbox.InFlight);
            var begun = day.Takes && leavesAt is null ? day.Outbox.Begin(journal.State, now, room) : new([], []);
            courtesy.Took(begun.Started.Count);
            foreach (var stream in begun.Changed)
            {
                day.Changed[stream.Key] = stream;
            }

            await StoreAsync(day, CancellationToken.None);
            if (begun.Started.Count > 0)
            {
                await behind.TurnAsync();

                // Storing for a crowd takes its time, and what a process holds is counted from when it gets it.
                var leaves = Moment.Now(time);
                foreach (var stream in begun.Started)
                {
                    Send(day, stream, leaves);
                }
            }

            TellTheJournal(day, now);
            await ForgetAsync(day, now, CancellationToken.None);
            Look(day, now);
            Renew(day, now);
            await WaitAsync(day, begun.Changed.Count > 0, leavesAt is null ? stopping : CancellationToken.None);
        }
    }

    private static async Task StoreAsync(Day day, CancellationToken cancellation)
    {
        if (day.Changed.Count > 0 || day.Done is not null)
        {
            await day.Store.WriteAsync(day.Changed.Values, day.Done, cancellation);
            day.Changed.Clear();
            day.Done = null;
            day.Stored.ForEach(static stored => stored.TrySetResult());
            day.Stored.Clear();
            day.Replayed.ForEach(static asked => asked.TrySetResult(true));
            day.Replayed.Clear();
        }
    }

    /// <summary>What nobody asks for any more goes, from the store first, and so many at a time that nobody waits for it.</summary>
    private async Task ForgetAsync(Day day, Moment now, CancellationToken cancellation)
    {
        // Not first thing after a start, and while nothing waits: on a disk that is nearly full, what is to be sent has what is left.
        day.ForgetsAt ??= now.Steady + ForgetFirst;
        if (now.Steady < day.ForgetsAt || day.Outbox.OldestPending() is not null)
        {
            return;
        }

        var outlived = day.Outbox.Outlived(journal.State, now, ForgottenAtOnce);
        if (outlived.Count > 0)
        {
            await day.Store.ForgetAsync(outlived, cancellation);
            day.Outbox.Forget(outlived);
        }

        day.ForgetsAt = now.Steady + (outlived.Count < ForgottenAtOnce ? ForgetEvery : ForgetOn);
    }

    /// <summary>From here on it may arrive; that it was begun is durable.</summary>
    private void Send(Day day, NoticeStream stream, Moment now)
    {
        var world = journal.State;
        if (!day.Outbox.IsToldStill(world, stream, now))
        {
            // The rules have it otherwise since it was begun, such as of what is for some readers only by now: they are asked again.
            Keep(day, day.Outbox.Lose(world, stream.Key, stream.Attempt!.Key, begun: false, blamed: false, now));
            return;
        }

        if (parts.Contacts.Find(stream.Subscriber) is not { } contact || !world.Subscribers.TryGetValue(stream.Subscriber, out var subscriber))
        {
            day.News.Writer.TryWrite(new FromWorker(new WorkerAnswered(
                stream.Attempt!.Key, Handover.Refused(Blame.Recipient, "no_address", "there is no address to be found"))));
            day.InHand[stream.Attempt.Key] = new(stream.Key, now.Steady) { IsBegun = true };
            return;
        }

        var acknowledge = stream.Topic.Reminder is { } about && world.Reminders.TryGetValue(about, out var reminder)
            && LinkOf(world.Page, subscriber, contact, LinkUse.Acknowledge) is { } pressed
                ? $"{pressed}?of={Uri.EscapeDataString(about.Value)}&occasion={reminder.Occasion}"
                : null;
        var order = new MessageOrder(world, subscriber, stream, now.Wall)
        {
            Channel = Channel,
            View = stream.Topic.Digest is null ? null : day.Outbox.ViewOf(world, stream.Topic),
            Others = day.Outbox.GoneWith(stream.Attempt!.Key),
            Address = contact.Address,
            SigningKeys = contact.SigningKeys,
            AcknowledgeUrl = acknowledge,
            ManageUrl = LinkOf(world.Page, subscriber, contact, LinkUse.Manage),

            // Nobody leaves what they have not joined: the first mail has one link and says to do nothing otherwise.
            UnsubscribeUrl = subscriber.IsTold ? LinkOf(world.Page, subscriber, contact, LinkUse.Leave) : null,
        };
        var message = MessageWriter.Write(order, day.Words.Of(order));
        day.InHand[message.Key] = new(stream.Key, now.Steady);
        day.Link.Send(day.Process, message);
    }

    private static string? LinkOf(Page page, Subscriber subscriber, Contact contact, LinkUse use) =>
        contact.Secret is { } secret ? SubscriptionLink.Of(subscriber.Id, secret, use).On(page, use) : null;

    private async Task WaitAsync(Day day, bool progressed, CancellationToken stopping)
    {
        if (day.LooksOn)
        {
            return;
        }

        var now = time.GetElapsedTime(0);
        var next = day.Takes ? day.Outbox.NextAt(now) - now ?? WakeMost : WakeMost;
        next = day.Outbox.InFlight >= kind.Timing.WorkersMost || next > WakeMost ? WakeMost : next;
        next = courtesy.Waits && next < Courtesy.Pause ? Courtesy.Pause : next;
        if (next <= TimeSpan.Zero)
        {
            // What is due and did not go, such as a probe that is not yet to be made, is asked for again a little later.
            next = TimeSpan.FromMilliseconds(progressed ? 1 : 20);
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await Task.WhenAny(day.News.Reader.WaitToReadAsync(patience.Token).AsTask(), Task.Delay(next, time, patience.Token));
        await patience.CancelAsync();
    }
}
