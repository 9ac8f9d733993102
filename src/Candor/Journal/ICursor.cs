namespace Candor.Journal;

/// <summary>Where a follower is, kept over restarts. A file, a row in its queue, memory in tests.</summary>
internal interface ICursor
{
    /// <summary>The last position whose work is done; <see cref="Position.Start"/> for a new follower.</summary>
    ValueTask<Position> LoadAsync(CancellationToken cancellation);

    /// <summary>Durable when the task completes.</summary>
    ValueTask SaveAsync(Position done, CancellationToken cancellation);
}
