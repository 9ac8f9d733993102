namespace Candor.Journal;

/// <summary>
/// Where the journal lies. One writer at a time; any number of readers. Every implementation passes the one contract
/// suite, so nothing above this line knows whether it is memory, SQLite or PostgreSQL.
/// </summary>
internal interface IJournalStore : IAsyncDisposable
{
    /// <summary>The last durable event this store has seen, and its hash.</summary>
    (Position Position, ChainHash Hash) Head { get; }

    /// <summary>
    /// A sentence where events that had been acknowledged are missing from the end; null where nothing is, or where the
    /// store cannot know. It works all the same; whoever opened it says so to people.
    /// </summary>
    string? TailLost => null;

    /// <summary>
    /// Appends all events or none, and is durable when the task completes. Another position than expected throws
    /// <see cref="ExpectedPositionException"/> and changes nothing. Any other failure throws
    /// <see cref="JournalFailedException"/> and ends this store: every later append fails the same way, because after a
    /// failed fsync nobody knows what the disk holds. Cancellation counts only until the write has begun.
    /// </summary>
    ValueTask<IReadOnlyList<Envelope>> AppendAsync(
        Position expected, IReadOnlyList<NewEvent> events, DateTimeOffset committedAt, CancellationToken cancellation);

    /// <summary>
    /// Makes something durable that says nothing, and throws <see cref="JournalFailedException"/> where that is not possible.
    /// Asked after a failure, and by whoever tells others that it works: a journal that can be read is not yet one that can be
    /// written.
    /// </summary>
    ValueTask ProveAsync(CancellationToken cancellation) => default;

    /// <summary>
    /// Up to <paramref name="max"/> events that follow a position, in order; empty at the end. Checksum and chain of
    /// every event are verified: <see cref="JournalCorruptException"/> names the first that is broken. Where good
    /// events come before a broken one, those are returned first and the next read throws.
    /// </summary>
    ValueTask<IReadOnlyList<Envelope>> ReadAsync(Position after, int max, CancellationToken cancellation);
}
