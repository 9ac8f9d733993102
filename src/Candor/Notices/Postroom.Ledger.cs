using Candor.Journal;
using Candor.Notices.Queue;

namespace Candor.Notices;

/// <summary>What others read of the ledger. It comes from the store, beside the loop, so nobody who is told waits for it.</summary>
internal sealed partial class Postroom
{
    private volatile IQueueStore? kept;

    /// <summary>A piece of what is stored. Throws <see cref="IOException"/> where the channel does not run.</summary>
    public async Task<QueuePage> ReadAsync(QueueQuestion asked, CancellationToken cancellation)
    {
        try
        {
            return kept is { } store
                ? await store.ReadAsync(asked, cancellation)
                : throw new IOException($"The channel {Channel} does not run at the moment; try again in a moment.");
        }
        catch (QueueDamagedException fault)
        {
            // The loop finds its store closed and begins anew, knowing that it was lost.
            QueueWasLost(fault);
            throw;
        }
        catch (JournalFailedException fault)
        {
            throw new IOException($"The channel {Channel} begins anew; try again in a moment.", fault);
        }
    }
}
