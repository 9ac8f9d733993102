namespace Candor.Journal;

/// <summary>The journal as followers see it.</summary>
internal interface IJournalReader
{
    /// <summary>The last event that is durable and folded.</summary>
    Position Position { get; }

    /// <summary>Completes once the journal runs, or throws what keeps it from running.</summary>
    ValueTask WaitForOpenAsync(CancellationToken cancellation);

    /// <summary>Completes once something follows <paramref name="after"/>.</summary>
    ValueTask WaitAsync(Position after, CancellationToken cancellation);

    /// <summary>Up to <paramref name="max"/> published events after a position, verified, in order.</summary>
    ValueTask<IReadOnlyList<Envelope>> ReadAsync(Position after, int max, CancellationToken cancellation);
}
