namespace Candor.Journal.Memory;

/// <summary>A journal store in memory: for tests and simulation. The medium outlives the store, as a file would.</summary>
internal sealed class MemoryJournalStore(MemoryJournalMedium medium) : IJournalStore
{
    private bool failed;

    public (Position Position, ChainHash Hash) Head => medium.Head;

    public ValueTask<IReadOnlyList<Envelope>> AppendAsync(
        Position expected, IReadOnlyList<NewEvent> events, DateTimeOffset committedAt, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (failed)
        {
            throw new JournalFailedException("This journal store has ended after a failed write; open it again.");
        }

        try
        {
            return new(medium.Append(expected, events, committedAt));
        }
        catch (IOException fault)
        {
            failed = true;
            throw new JournalFailedException($"The journal could not be written: {fault.Message}", fault);
        }
    }

    public ValueTask ProveAsync(CancellationToken cancellation)
    {
        try
        {
            medium.BeforeProof?.Invoke();
            return default;
        }
        catch (IOException fault)
        {
            failed = true;
            throw new JournalFailedException($"The journal could not be written: {fault.Message}", fault);
        }
    }

    public ValueTask<IReadOnlyList<Envelope>> ReadAsync(Position after, int max, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return new(medium.Read(after, max));
    }

    public ValueTask DisposeAsync() => default;
}
