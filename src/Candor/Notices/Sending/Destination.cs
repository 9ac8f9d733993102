using Candor.Notices.Channels;
using Candor.State;

namespace Candor.Notices.Sending;

/// <summary>One place that answers for many addresses, with what waits for it and how it has behaved.</summary>
/// <param name="isShared">Many share it, and it counts for each of their addresses by itself.</param>
internal sealed class Destination(ChannelTiming timing, bool isShared = false)
{
    /// <summary>Every such turn is for what is late or was tried before, however much is fresh.</summary>
    public const int BacklogTurn = 10;

    /// <summary>So many addresses that are told to slow down at once are no single one's doing.</summary>
    private const int Several = 3;
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(10);

    private readonly PriorityQueue<Ticket, Urgency> fresh = new(Urgency.First);
    private readonly PriorityQueue<Ticket, Urgency> backlog = new(Urgency.First);
    private readonly PriorityQueue<Ticket, Urgency> retries = new(Urgency.First);
    private readonly RetryBudget budget = new();
    private readonly Pace pace = new(timing.Nominal);
    private readonly Dictionary<SubscriberId, TimeSpan> throttled = [];
    private long freshInARow;

    public Breaker Breaker { get; } = new();

    public int InFlight { get; private set; }

    /// <summary>It stands in the ring of those that may have something to take.</summary>
    public bool IsListed { get; set; }

    public bool HasFresh => fresh.Count > 0;

    public int Waiting => fresh.Count + backlog.Count + retries.Count;

    /// <summary>Null: as fast as it takes.</summary>
    public double? PerSecond => pace.PerSecond;

    /// <summary>No more than a tenth of the workers wait for one destination.</summary>
    private int InFlightMost => Math.Max(1, timing.WorkersMost / 10);

    public void Add(Ticket ticket) => LaneOf(ticket.Lane).Enqueue(ticket, ticket.Urgency);

    /// <summary>The next one that may go now, or false and when to ask again (null: after the next answer).</summary>
    public bool TryTake(TimeSpan now, Turn turn, out Ticket ticket, out TimeSpan? again)
    {
        (ticket, again) = (default, null);
        if (InFlight >= InFlightMost)
        {
            return false;
        }

        var takesFresh = HasFresh && turn != Turn.Behind && (turn == Turn.Fresh || backlog.Count + retries.Count == 0 || ++freshInARow % BacklogTurn != 0);
        var isRetry = !takesFresh && turn != Turn.Fresh && retries.Count > 0 && budget.HasRoom(now);
        var lane = takesFresh ? fresh : isRetry ? retries : backlog;
        if ((turn == Turn.Fresh && !takesFresh) || lane.Count == 0)
        {
            again = retries.Count > 0 && turn != Turn.Fresh ? now + TimeSpan.FromSeconds(1) : null;
            return false;
        }

        if (!pace.HasRoom(now, takesFresh, borrows: takesFresh && backlog.Count + retries.Count > 0))
        {
            again = pace.NextAt(now);
            return false;
        }

        if (!Breaker.TryPass(now))
        {
            again = Breaker.IsOpen && InFlight == 0 ? Breaker.NextAt(now) : null;
            return false;
        }

        pace.Take(now, takesFresh);
        ticket = lane.Dequeue();
        InFlight++;
        if (isRetry)
        {
            budget.CountRetry(now);
        }
        else
        {
            budget.CountFirst(now);
        }

        return true;
    }

    /// <summary>A suspect goes by nobody's leave but the breaker's.</summary>
    public bool TryTakeAlone(TimeSpan now)
    {
        if (!Breaker.TryPass(now))
        {
            return false;
        }

        InFlight++;
        return true;
    }

    /// <summary>One of those that are fit, to find out for everybody: whatever the pace, and without a share of it.</summary>
    public bool TryTakeProbe(TimeSpan now, Predicate<Ticket> isFit, out Ticket ticket)
    {
        ticket = default;
        foreach (var lane in (ReadOnlySpan<PriorityQueue<Ticket, Urgency>>)[fresh, backlog, retries])
        {
            var fit = lane.UnorderedItems.Where(one => isFit(one.Element)).ToList();
            if (fit.Count > 0 && Breaker.TryPass(now))
            {
                ticket = fit.MinBy(static one => one.Priority, Urgency.First).Element;
                lane.Remove(ticket, out _, out _);
                InFlight++;
                return true;
            }
        }

        return false;
    }

    /// <summary>When a suspect may go; null: after the answer that is awaited.</summary>
    public TimeSpan? AloneAt(TimeSpan now) => !Breaker.IsOpen ? now : InFlight == 0 ? Breaker.NextAt(now) : null;

    /// <summary>It was taken and came to nothing that says anything about this destination.</summary>
    public void GiveBack()
    {
        InFlight--;
        Breaker.ProbeWasLost();
    }

    /// <summary>How many that waited as fresh are its backlog from now on, because it has too much or comes back.</summary>
    public int Answered(SubscriberId who, TimeSpan now, TimeSpan took, Handover handover, double chance)
    {
        InFlight--;
        var wasStressed = pace.IsStressed;
        var failed = handover.End != HandoverEnd.Delivered && handover.Blame == Blame.Destination;
        pace.Answered(now, took, failed, handover.Stress && !IsOneAddress(who, handover, now));
        if (failed)
        {
            Breaker.Failed(now, chance);
        }
        else if (handover.Blame == Blame.Channel)
        {
            Breaker.ProbeWasLost();
        }
        else if (Breaker.Succeeded())
        {
            pace.CameBack(now);
            wasStressed = false;
        }

        var put = pace.IsStressed && !wasStressed ? PutBehind() : 0;
        if (backlog.Count + retries.Count == 0)
        {
            pace.Drained();
        }

        return put;
    }

    /// <summary>Slack, Discord and Teams limit each address by itself: that one pauses, and the service is spared once several say so.</summary>
    private bool IsOneAddress(SubscriberId who, Handover handover, TimeSpan now)
    {
        if (!isShared || handover.Blame != Blame.None)
        {
            return false;
        }

        throttled[who] = now;
        foreach (var (one, at) in throttled)
        {
            if (now - at > AtOnce)
            {
                throttled.Remove(one);
            }
        }

        return throttled.Count < Several;
    }

    /// <summary>What waits as fresh waits as the backlog from now on: what is published later goes before it. Returns how many.</summary>
    public int PutBehind()
    {
        var put = fresh.Count;
        backlog.EnqueueRange(fresh.UnorderedItems.Select(static one => (one.Element with { Lane = Lane.Backlog }, one.Priority)));
        fresh.Clear();
        return put;
    }

    /// <summary>The server between was to blame, and is back: nobody here has to be probed.</summary>
    public void Reopen() => Breaker.Succeeded();

    private PriorityQueue<Ticket, Urgency> LaneOf(Lane lane) => lane switch
    {
        Lane.Fresh => fresh,
        Lane.Backlog => backlog,
        _ => retries,
    };
}
