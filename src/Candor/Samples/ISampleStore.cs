using Candor.Judging;
using Candor.State;

namespace Candor.Samples;

/// <summary>
/// Where samples outlive the process. Samples are not facts: a store may be lost and begun afresh, and nothing but
/// charts grows poorer. One contract suite runs on memory and SQLite.
/// </summary>
internal interface ISampleStore : IAsyncDisposable
{
    /// <summary>
    /// Rolls up what was written raw and not rolled up when the last process ended, and answers with what the store
    /// knows besides roll-ups. Called once, before anything else.
    /// </summary>
    ValueTask<StoredSamples> RecoverAsync(DateTimeOffset now, CancellationToken cancellation);

    /// <summary>
    /// Hands over the roll-ups that charts show, by tier and oldest first. Answers with how many rows could not be read
    /// and were left out.
    /// </summary>
    ValueTask<int> LoadAsync(DateTimeOffset now, Action<StoredRollup> each, CancellationToken cancellation);

    /// <summary>What is stored of metrics since an instant.</summary>
    ValueTask<IReadOnlyList<ValueSlot>> ReadValuesAsync(DateTimeOffset from, CancellationToken cancellation);

    /// <summary>
    /// All of it or nothing; answers with the sums of the slots that were added to what was stored. After any failure
    /// this store takes no more writes: open it again.
    /// </summary>
    ValueTask<IReadOnlyList<StoredRollup>> WriteAsync(SampleWrite write, CancellationToken cancellation);

    /// <summary>Deletes a little of what is older than the tiers keep; called often, so that it is never a long stall.</summary>
    ValueTask RetainAsync(DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Raw readings of one monitor in [from, until), oldest first, at most so many.</summary>
    ValueTask<IReadOnlyList<Observation>> ReadAsync(
        MonitorId monitor, DateTimeOffset from, DateTimeOffset until, int max, CancellationToken cancellation);
}
