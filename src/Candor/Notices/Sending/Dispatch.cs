using Candor.Notices.Channels;
using Candor.Notices.Streams;

namespace Candor.Notices.Sending;

/// <summary>
/// Whose turn it is, over all destinations of one channel. Deterministic: time and chance are handed in. Every stream has
/// at most one valid ticket and is at most once in flight.
/// </summary>
/// <param name="server">By which everything goes, whatever the destination; null where there is none.</param>
internal sealed class Dispatch(ChannelTiming timing, Func<double> chance, OneServer? server = null)
{
    private static readonly TimeSpan LookForProbesEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ProbesAnyAfter = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LittlePause = TimeSpan.FromMilliseconds(50);

    private readonly Dictionary<StreamKey, (Destination Destination, long Version)> tickets = [];
    private readonly Dictionary<StreamKey, (Destination Destination, Ticket Ticket, TimeSpan Since)> inFlight = [];
    private readonly Dictionary<string, Destination> destinations = new(StringComparer.Ordinal);
    private readonly PriorityQueue<Ticket, TimeSpan> notYet = new();
    private readonly PriorityQueue<Destination, TimeSpan> asleep = new();

    /// <summary>Where only what is fresh was asked for and there was none; each for a little pause.</summary>
    private readonly Queue<(Destination Destination, TimeSpan Until)> passedOver = new();
    private readonly Queue<Destination> ring = new();
    private readonly Suspects suspects = new();
    private readonly Breaker whole = new();
    private readonly Refusals refusals = new();
    private long version;
    private int behind;
    private int behindWaiting;
    private int freshInARow;
    private TimeSpan probeAt;
    private TimeSpan? noneToProbeWith;

    /// <summary>A destination that many share.</summary>
    public Func<string, bool> IsShared { get; set; } = static _ => false;

    public int InFlight => inFlight.Count;

    public int Waiting => tickets.Count;

    /// <summary>Our sender or login is refused: nobody can be reached until that is mended.</summary>
    public bool IsStopped => whole.IsOpen;

    /// <summary>Destinations that answer nobody at the moment.</summary>
    public int Broken => destinations.Values.Count(static destination => destination.Breaker.IsOpen);

    public void Offer(StreamKey stream, string destination, Lane lane, Urgency urgency, TimeSpan readyAt)
    {
        var ticket = new Ticket(stream, lane, urgency, ++version);
        tickets[stream] = (DestinationOf(destination), ticket.Version);
        notYet.Enqueue(ticket, readyAt);
    }

    public void Withdraw(StreamKey stream)
    {
        tickets.Remove(stream);
        refusals.Forget(stream);
    }

    /// <summary>
    /// Whether a refusal of our sender or login, which would stop everybody, is this stream's own: others got through while it
    /// was tried, or since it was refused like that before. Asked before <see cref="Answered"/>.
    /// </summary>
    public bool IsAlone(StreamKey stream) => refusals.IsAlone(stream, inFlight.TryGetValue(stream, out var flight) ? flight.Since : null);

    /// <summary>Takes the next one that may go now.</summary>
    public bool TryTake(TimeSpan now, out StreamKey stream)
    {
        stream = default;
        Wake(now);
        if (whole.IsOpen && (inFlight.Count > 0 || now < whole.NextAt(now) || now < probeAt))
        {
            return false;
        }

        if (!(whole.IsOpen ? TryTakeProbe(now, out var ticket) : TryTakeAny(now, out ticket)))
        {
            return false;
        }

        stream = ticket.Stream;
        tickets.Remove(stream);
        return !whole.IsOpen || whole.TryPass(now);
    }

    /// <summary>The rules had it otherwise: nothing was sent.</summary>
    public void GiveBack(StreamKey stream)
    {
        if (Landed(stream) is { } flight)
        {
            flight.Destination.GiveBack();
            whole.ProbeWasLost();
        }
    }

    /// <param name="took">
    /// What the receiver took for it, where that is known: our own store's slowness is nothing to spare a receiver for.
    /// </param>
    /// <param name="isOwn">See <see cref="IsAlone"/>: it stops nobody.</param>
    public void Answered(StreamKey stream, Handover handover, TimeSpan now, TimeSpan? took = null, bool isOwn = false)
    {
        if (Landed(stream) is not { } flight)
        {
            return;
        }

        var answeredAfter = took ?? now - flight.Since;
        var ofDestination = server is not null && OneServer.HasTooMuch(handover) ? handover with { Stress = false } : handover;
        behindWaiting += flight.Destination.Answered(stream.Subscriber, now, answeredAfter, ofDestination, chance());
        List(flight.Destination);
        ServerAnswered(now, handover);

        if (handover is { Blame: Blame.Channel, End: not HandoverEnd.Delivered })
        {
            if (handover.MayBeOwn)
            {
                refusals.Add(stream);
            }

            if (!isOwn || whole.IsOpen)
            {
                whole.Open(now, chance());
            }

            return;
        }

        refusals.Forget(stream);
        if (handover.End == HandoverEnd.Delivered)
        {
            refusals.GotThrough(now);
        }

        whole.Succeeded();
    }

    /// <summary>When something may become possible by time alone; null: only by an answer or an offer.</summary>
    public TimeSpan? NextAt(TimeSpan now)
    {
        // While everybody is stopped, nobody takes out of the ring what has nothing any more.
        var isListed = whole.IsOpen ? ring.Any(static one => one.Waiting > 0) : ring.Count > 0;
        TimeSpan? next = !isListed ? null : HasRoomForFresh(now) ? now : now + LittlePause;
        foreach (var due in (ReadOnlySpan<TimeSpan?>)[suspects.NextAt(now), First(notYet), First(asleep), passedOver.TryPeek(out var first) ? first.Until : null])
        {
            next = due < next || next is null ? due ?? next : next;
        }

        return whole.IsOpen ? ProbeAt(now, next) : next;
    }

    /// <summary>A probe needs one that is ready, and waits for the answer to the one before it.</summary>
    private TimeSpan? ProbeAt(TimeSpan now, TimeSpan? ready) =>
        inFlight.Count > 0 || ready is not { } at ? null : new[] { at, whole.NextAt(now), probeAt }.Max();

    private static TimeSpan? First<T>(PriorityQueue<T, TimeSpan> queue) => queue.TryPeek(out _, out var due) ? due : null;

    private (Destination Destination, Ticket Ticket, TimeSpan Since)? Landed(StreamKey stream)
    {
        if (!inFlight.Remove(stream, out var flight))
        {
            return null;
        }

        behind -= IsBehind(flight.Ticket) ? 1 : 0;
        suspects.Landed(flight.Destination, flight.Ticket);
        List(flight.Destination);
        return flight;
    }

    private bool TryTakeAny(TimeSpan now, out Ticket ticket)
    {
        if (!suspects.TryTake(now, one => IsValid(one, out _), out var destination, out ticket))
        {
            return TryTakeOther(now, out ticket);
        }

        inFlight[ticket.Stream] = (destination, ticket, now);
        return true;
    }

    /// <summary>
    /// While everybody is stopped, the next to find out is one that has not been refused like that: otherwise the one that is
    /// to blame would keep the others waiting for ever. Where there is no other one, or none may go for a while, it is anyone.
    /// A probe is one in half a minute, so it goes by no pace, and looking for it uses nothing up.
    /// </summary>
    private bool TryTakeProbe(TimeSpan now, out Ticket ticket)
    {
        var (takesAny, sawUnfit) = (now - noneToProbeWith >= ProbesAnyAfter || tickets.Keys.All(IsNoProbe), false);
        bool IsFit(Ticket one)
        {
            var isValid = IsValid(one, out _);
            var isFit = isValid && (takesAny || !IsNoProbe(one.Stream));
            sawUnfit |= isValid && !isFit;
            return isFit;
        }

        if (suspects.TryTake(now, one => IsValid(one, out _), out var destination, out ticket, IsFit) || TryTakeWaiting(now, IsFit, out destination, out ticket))
        {
            inFlight[ticket.Stream] = (destination, ticket, now);
            noneToProbeWith = null;
            return true;
        }

        (noneToProbeWith, probeAt) = (sawUnfit ? noneToProbeWith ?? now : noneToProbeWith, now + LookForProbesEvery);
        return false;
    }

    private bool TryTakeWaiting(TimeSpan now, Predicate<Ticket> isFit, out Destination destination, out Ticket ticket)
    {
        foreach (var one in destinations.Values)
        {
            if (one.TryTakeProbe(now, isFit, out ticket))
            {
                (behindWaiting, behind) = IsBehind(ticket) ? (behindWaiting - 1, behind + 1) : (behindWaiting, behind);
                destination = one;
                return true;
            }
        }

        (destination, ticket) = (null!, default);
        return false;
    }

    private bool IsNoProbe(StreamKey stream) => refusals.Contains(stream) || stream.Topic.Subscription is not null;

    private bool TryTakeOther(TimeSpan now, out Ticket ticket)
    {
        ticket = default;
        if (!HasRoomForFresh(now))
        {
            return false;
        }

        // Half of the workers are for what is fresh, however much is behind. Where a server is spared, what is fresh takes all
        // that it takes as soon as there is room; so every tenth turn is for the others.
        var hasPlace = behind < Math.Max(1, timing.WorkersMost / 2);
        if (hasPlace && freshInARow >= Destination.BacklogTurn - 1 && behindWaiting > 0 && server is { IsStressed: true })
        {
            freshInARow = 0;
            LookAgain(TimeSpan.MaxValue);
            if (TryTakeFor(Turn.Behind, now, out ticket))
            {
                return true;
            }
        }

        return TryTakeFor(hasPlace && server?.HasRoom(now, fresh: false, borrows: false) != false ? Turn.Any : Turn.Fresh, now, out ticket);
    }

    private bool TryTakeFor(Turn turn, TimeSpan now, out Ticket ticket)
    {
        for (var left = ring.Count; left > 0; left--)
        {
            var destination = ring.Dequeue();
            if (destination.TryTake(now, turn, out ticket, out var again))
            {
                ring.Enqueue(destination);
                behindWaiting -= IsBehind(ticket) ? 1 : 0;
                if (IsValid(ticket, out _))
                {
                    server?.Take(now, fresh: !IsBehind(ticket));
                    (behind, freshInARow) = IsBehind(ticket) ? (behind + 1, 0) : (behind, freshInARow + 1);
                    inFlight[ticket.Stream] = (destination, ticket, now);
                    return true;
                }

                destination.GiveBack();
                left++;
                continue;
            }

            if (turn == Turn.Behind && destination.HasFresh)
            {
                ring.Enqueue(destination);
            }
            else
            {
                Rest(destination, now, turn == Turn.Fresh, again);
            }
        }

        ticket = default;
        return false;
    }

    private void Rest(Destination destination, TimeSpan now, bool freshOnly, TimeSpan? again)
    {
        destination.IsListed = false;
        if (again is { } later)
        {
            // Never at this very instant again, or nothing else would get its turn.
            asleep.Enqueue(destination, later > now ? later : now + TimeSpan.FromMilliseconds(1));
        }
        else if (freshOnly && destination.Waiting > 0)
        {
            passedOver.Enqueue((destination, now + LittlePause));
        }
    }

    private void Wake(TimeSpan now)
    {
        while (notYet.TryPeek(out var ticket, out var due) && due <= now)
        {
            notYet.Dequeue();
            if (!IsValid(ticket, out var destination))
            {
                continue;
            }

            if (ticket.Lane is Lane.Suspect or Lane.Alone)
            {
                suspects.Add(destination, ticket);
            }
            else
            {
                behindWaiting += IsBehind(ticket) ? 1 : 0;
                destination.Add(ticket);
                List(destination);
            }
        }

        while (asleep.TryPeek(out var destination, out var due) && due <= now)
        {
            asleep.Dequeue();
            List(destination);
        }

        LookAgain(now);
    }

    private void LookAgain(TimeSpan until)
    {
        while (passedOver.TryPeek(out var one) && one.Until <= until)
        {
            List(passedOver.Dequeue().Destination);
        }
    }

    private bool HasRoomForFresh(TimeSpan now) => server?.HasRoom(now, fresh: true, borrows: behindWaiting > 0) != false;

    private static bool IsBehind(Ticket ticket) => ticket.Lane is Lane.Backlog or Lane.Retry;

    /// <summary>Where it has too much, or comes back, all that waits for it is its backlog from now on.</summary>
    private void ServerAnswered(TimeSpan now, Handover handover)
    {
        var wasStressed = server?.IsStressed;
        var isBack = server?.Answered(now, handover, behindWaiting > 0) == true;
        if (!isBack && server?.IsStressed == wasStressed)
        {
            return;
        }

        foreach (var destination in destinations.Values)
        {
            if (isBack)
            {
                destination.Reopen();
                List(destination);
            }

            behindWaiting += server!.IsStressed ? destination.PutBehind() : 0;
        }
    }

    private void List(Destination destination)
    {
        if (!destination.IsListed && destination.Waiting > 0)
        {
            destination.IsListed = true;
            ring.Enqueue(destination);
        }
    }

    private bool IsValid(Ticket ticket, out Destination destination)
    {
        destination = null!;
        if (!tickets.TryGetValue(ticket.Stream, out var valid) || valid.Version != ticket.Version)
        {
            return false;
        }

        destination = valid.Destination;
        return true;
    }

    private Destination DestinationOf(string name)
    {
        if (!destinations.TryGetValue(name, out var destination))
        {
            destinations[name] = destination = new(timing, server is null && IsShared(name));
        }

        return destination;
    }
}
