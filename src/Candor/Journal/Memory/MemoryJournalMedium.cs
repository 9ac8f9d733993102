namespace Candor.Journal.Memory;

/// <summary>What a memory store writes on. Hand the same medium to a second store and it finds what the first one wrote.</summary>
internal sealed class MemoryJournalMedium
{
    private readonly Lock gate = new();
    private readonly List<Envelope> events = [];

    /// <summary>Called before each append with the events; throw <see cref="IOException"/> to make the write fail.</summary>
    public Action<IReadOnlyList<NewEvent>>? BeforeAppend { get; set; }

    /// <summary>Called when a store is asked whether it can be written; throw <see cref="IOException"/> to say that it cannot.</summary>
    public Action? BeforeProof { get; set; }

    public (Position Position, ChainHash Hash) Head
    {
        get
        {
            lock (gate)
            {
                return events.Count == 0 ? (Position.Start, ChainHash.Genesis) : (events[^1].Position, events[^1].Hash);
            }
        }
    }

    public IReadOnlyList<Envelope> Append(
        Position expected, IReadOnlyList<NewEvent> added, DateTimeOffset committedAt)
    {
        lock (gate)
        {
            var (position, hash) = Head;
            if (position != expected)
            {
                throw new ExpectedPositionException(expected, position);
            }

            BeforeAppend?.Invoke(added);
            var sealedEvents = Chain.Seal(position, hash, added, committedAt);
            events.AddRange(sealedEvents);
            return sealedEvents;
        }
    }

    public IReadOnlyList<Envelope> Read(Position after, int max)
    {
        lock (gate)
        {
            var from = (int)Math.Min(after.Value, events.Count);
            var page = events.GetRange(from, Math.Min(max, events.Count - from));
            var previous = from == 0 ? ChainHash.Genesis : events[from - 1].Hash;
            for (var i = 0; i < page.Count; i++)
            {
                if (Chain.Link(previous, page[i].Stamp, page[i].Kind, page[i].Body.Span) != page[i].Hash)
                {
                    return i > 0
                        ? page.GetRange(0, i)
                        : throw new JournalCorruptException(page[i].Position, "its hash does not fit its content.");
                }

                previous = page[i].Hash;
            }

            return page;
        }
    }

    /// <summary>Replaces a stored event by what <paramref name="spoil"/> makes of it, as a worn medium would.</summary>
    public void Spoil(Position position, Func<Envelope, Envelope> spoil)
    {
        lock (gate)
        {
            events[(int)position.Value - 1] = spoil(events[(int)position.Value - 1]);
        }
    }
}
