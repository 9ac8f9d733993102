namespace Candor.Notices.Sending;

/// <summary>
/// Those that were in the hands of a process that died and have had no answer since. One at a time for each destination, so
/// that a receiver that hangs holds up nobody else's; whoever was there twice goes while no other suspect does, so that the
/// third time shows who it was. They are few: no more than a process has in hand.
/// </summary>
internal sealed class Suspects
{
    private readonly List<(Destination Destination, Ticket Ticket)> waiting = [];
    private readonly HashSet<Destination> busy = [];
    private bool alone;

    public void Add(Destination destination, Ticket ticket) => waiting.Add((destination, ticket));

    /// <summary>The first that may go now; destinations that answer nobody are passed over.</summary>
    /// <param name="isValid">Tickets for which this is false are worth nothing any more and are dropped.</param>
    /// <param name="isFit">Others stay where they are; null: all are.</param>
    public bool TryTake(TimeSpan now, Predicate<Ticket> isValid, out Destination destination, out Ticket ticket, Predicate<Ticket>? isFit = null)
    {
        (destination, ticket) = (null!, default);
        return waiting.Count > 0 && TryTakeWaiting(now, isValid, out destination, out ticket, isFit);
    }

    private bool TryTakeWaiting(TimeSpan now, Predicate<Ticket> isValid, out Destination destination, out Ticket ticket, Predicate<Ticket>? isFit)
    {
        (destination, ticket) = (null!, default);
        waiting.RemoveAll(one => !isValid(one.Ticket));
        if (alone)
        {
            return false;
        }

        var next = waiting.FindIndex(one => one.Ticket.Lane != Lane.Alone && !busy.Contains(one.Destination) && isFit?.Invoke(one.Ticket) != false && one.Destination.TryTakeAlone(now));
        next = next < 0 && busy.Count == 0 ? waiting.FindIndex(one => isFit?.Invoke(one.Ticket) != false && one.Destination.TryTakeAlone(now)) : next;
        if (next < 0)
        {
            return false;
        }

        (destination, ticket) = waiting[next];
        waiting.RemoveAt(next);
        busy.Add(destination);
        alone = ticket.Lane == Lane.Alone;
        return true;
    }

    /// <summary>It was answered, or lost with its process.</summary>
    public void Landed(Destination destination, Ticket ticket)
    {
        if (ticket.Lane is Lane.Suspect or Lane.Alone)
        {
            busy.Remove(destination);
            alone = false;
        }
    }

    /// <summary>When one may go by time alone; null: only after an answer.</summary>
    public TimeSpan? NextAt(TimeSpan now)
    {
        TimeSpan? next = null;
        foreach (var (destination, ticket) in waiting)
        {
            var waits = alone || busy.Contains(destination) || (ticket.Lane == Lane.Alone && busy.Count > 0);
            if (!waits && destination.AloneAt(now) is { } at && !(at >= next))
            {
                next = at;
            }
        }

        return next;
    }
}
