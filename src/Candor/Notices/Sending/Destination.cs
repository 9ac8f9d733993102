using Candor.Notices.Channels;

namespace Candor.Notices.Sending;

/// <summary>One place that answers for many addresses, with what waits for it and how it has behaved.</summary>
internal sealed class Destination(ChannelTiming timing)
{
    private const int BacklogTurn = 10;

    private readonly PriorityQueue<Ticket, Urgency> fresh = new(Urgency.First);
    private readonly PriorityQueue<Ticket, Urgency> backlog = new(Urgency.First);
    private readonly PriorityQueue<Ticket, Urgency> retries = new(Urgency.First);
    private readonly RetryBudget budget = new();
    private DrainRate? drain;
    private bool stressed;
    private long freshInARow;
    private (long Second, int Answers) recent;

    public Breaker Breaker { get; } = new();

    public int InFlight { get; private set; }

    /// <summary>It stands in the ring of those that may have something to take.</summary>
    public bool IsListed { get; set; }

    public bool HasFresh => fresh.Count > 0;

    public int Waiting => fresh.Count + backlog.Count + retries.Count;

    /// <summary>Null: as fast as it takes.</summary>
    public double? PerSecond => drain?.PerSecond;

    /// <summary>No more than a tenth of the workers wait for one destination.</summary>
    private int InFlightMost => Math.Max(1, timing.WorkersMost / 10);

    public void Add(Ticket ticket) => LaneOf(ticket.Lane).Enqueue(ticket, ticket.Urgency);

    /// <summary>The next one that may go now, or false and when to ask again (null: after the next answer).</summary>
    public bool TryTake(TimeSpan now, bool freshOnly, out Ticket ticket, out TimeSpan? again)
    {
        (ticket, again) = (default, null);
        if (InFlight >= InFlightMost)
        {
            return false;
        }

        var takesFresh = HasFresh && (freshOnly || backlog.Count + retries.Count == 0 || ++freshInARow % BacklogTurn != 0);
        var isRetry = !takesFresh && retries.Count > 0 && budget.TryTake(now);
        var lane = takesFresh ? fresh : isRetry ? retries : backlog;
        if ((freshOnly && !takesFresh) || lane.Count == 0)
        {
            again = retries.Count > 0 ? now + TimeSpan.FromSeconds(1) : null;
            return false;
        }

        if (!Paced(now, takesFresh, out again) || !Breaker.TryPass(now))
        {
            again ??= Breaker.IsOpen && InFlight == 0 ? Breaker.NextAt(now) : null;
            return false;
        }

        ticket = lane.Dequeue();
        InFlight++;
        if (!isRetry)
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

    /// <summary>It was taken and came to nothing that says anything about this destination.</summary>
    public void GiveBack()
    {
        InFlight--;
        Breaker.ProbeWasLost();
    }

    public void Answered(TimeSpan now, TimeSpan took, Handover handover, double chance)
    {
        InFlight--;
        Count(now);
        var failed = handover.End != HandoverEnd.Delivered && handover.Blame == Blame.Destination;
        drain?.Answered(now, took, failed, handover.Stress);
        if (handover.Stress && !stressed)
        {
            (drain, stressed) = (new(timing.Nominal, now, recent.Answers / 2.0), true);
        }

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
            // Whoever was away comes back slowly.
            (drain, stressed) = (new(timing.Nominal, now), true);
        }

        if (backlog.Count + retries.Count == 0 && (!stressed || drain is null or { IsAtNominal: true }))
        {
            (drain, stressed) = (null, false);
        }
    }

    private PriorityQueue<Ticket, Urgency> LaneOf(Lane lane) => lane switch
    {
        Lane.Fresh => fresh,
        Lane.Backlog => backlog,
        _ => retries,
    };

    private bool Paced(TimeSpan now, bool isFresh, out TimeSpan? again)
    {
        again = null;
        if (isFresh && !stressed)
        {
            return true;
        }

        drain ??= new(timing.Nominal, now);
        if (drain.TryTake(now, isFresh))
        {
            return true;
        }

        again = drain.NextAt(now);
        return false;
    }

    private void Count(TimeSpan now)
    {
        var second = (long)now.TotalSeconds;
        recent = recent.Second == second ? (second, recent.Answers + 1) : (second, 1);
    }
}
