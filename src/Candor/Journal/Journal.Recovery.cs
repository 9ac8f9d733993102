namespace Candor.Journal;

/// <summary>How the state is made again from what is stored.</summary>
internal sealed partial class Journal<TState, TEvent>
{
    /// <summary>
    /// Continues from what is published when the store agrees with it, and from nothing otherwise: a store that ends
    /// before the snapshot, or holds another hash there, has lost or changed what was once acknowledged.
    /// </summary>
    private async Task RecoverAsync(IJournalStore opened, CancellationToken stopping)
    {
        var from = current;
        if (opened.TailLost is { } lost)
        {
            tailLost = lost;
            JournalLog.TailLost(logger, lost);
        }

        if (from.Position > opened.Head.Position)
        {
            tailLost = $"The snapshot was made at event {from.Position}, but the journal ends at {opened.Head.Position}: "
                + "acknowledged events are missing from its end. Compare with a mirror or the newest backup.";
            JournalLog.TailLost(logger, tailLost);
            from = Nothing;
        }
        else if (from.Position > Position.Start && await HashAtAsync(opened, from.Position, stopping) != from.Hash)
        {
            JournalLog.SnapshotDisagrees(logger, from.Position.Value);
            from = Nothing;
        }

        var started = time.GetTimestamp();
        await ReplayAsync(opened, from, stopping);
        JournalLog.Opened(
            logger,
            current.Position.Value,
            current.Position.Value - from.Position.Value,
            (long)time.GetElapsedTime(started).TotalMilliseconds);
    }

    private static async Task<ChainHash> HashAtAsync(
        IJournalStore opened, Position position, CancellationToken stopping) =>
        (await opened.ReadAsync(new(position.Value - 1), 1, stopping))[0].Hash;

    /// <summary>
    /// Folds everything behind <paramref name="from"/>. The next page is read and verified while this one is folded.
    /// What could be folded is published even when a later event turns out to be damaged.
    /// </summary>
    private async Task ReplayAsync(IJournalStore opened, Published<TState> from, CancellationToken stopping)
    {
        var reached = from;
        var ahead = PageAsync(opened, from.Position, stopping);
        try
        {
            while (await ahead is { Count: > 0 } page)
            {
                ahead = PageAsync(opened, page[^1].Position, stopping);
                reached = new(FoldPage(reached.State, page), page[^1].Position, page[^1].Hash);
            }
        }
        finally
        {
            // A fold that threw leaves a read behind; it is awaited so that the store is idle when it is closed.
            await ((Task)ahead).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            Publish(reached);
        }
    }

    private async Task<IReadOnlyList<Envelope>> PageAsync(
        IJournalStore opened, Position after, CancellationToken stopping) =>
        await opened.ReadAsync(after, limits.ReplayPage, stopping);

    private TState FoldPage(TState state, IReadOnlyList<Envelope> page)
    {
        foreach (var stored in page)
        {
            state = folding.Fold(state, folding.Decode(stored), stored.Stamp);
        }

        return state;
    }
}
