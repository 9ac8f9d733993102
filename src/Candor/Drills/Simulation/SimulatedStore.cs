using Candor.Journal;
using Candor.Journal.Memory;

namespace Candor.Drills.Simulation;

/// <summary>
/// A journal store whose writes take time and may fail: before anything was written, or after everything was. What a
/// crash cuts off before the write is lost; what was written stays, acknowledged or not.
/// </summary>
internal sealed class SimulatedStore(
    MemoryJournalMedium medium, Script script, VirtualTime time, SeededRandomness random, Ledger ledger) : IJournalStore
{
    private readonly MemoryJournalStore stored = new(medium);
    private bool failed;

    public (Position Position, ChainHash Hash) Head => stored.Head;

    public async ValueTask<IReadOnlyList<Envelope>> AppendAsync(
        Position expected, IReadOnlyList<NewEvent> events, DateTimeOffset committedAt, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        await Task.Delay(random.Span(TimeSpan.FromMilliseconds(0.1), TimeSpan.FromMilliseconds(3)), time, CancellationToken.None);
        var fails = failed || script.IsOn(FaultKind.JournalFails, time.Elapsed);
        if (failed || (fails && random.Chance(0.5)))
        {
            throw Fail("before");
        }

        var written = await stored.AppendAsync(expected, events, committedAt, CancellationToken.None);
        ledger.Stored(written, time.Elapsed);
        await Task.Delay(random.Span(TimeSpan.FromMilliseconds(0.1), TimeSpan.FromMilliseconds(2)), time, CancellationToken.None);
        return fails ? throw Fail("after") : written;
    }

    /// <summary>A write like any other: it takes its time, and fails where they do. A store that failed proves nothing more.</summary>
    public async ValueTask ProveAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        await Task.Delay(random.Span(TimeSpan.FromMilliseconds(0.1), TimeSpan.FromMilliseconds(3)), time, CancellationToken.None);
        if (failed || script.IsOn(FaultKind.JournalFails, time.Elapsed))
        {
            throw Fail("in the proof before");
        }
    }

    public ValueTask<IReadOnlyList<Envelope>> ReadAsync(Position after, int max, CancellationToken cancellation) =>
        stored.ReadAsync(after, max, cancellation);

    public ValueTask DisposeAsync() => stored.DisposeAsync();

    private JournalFailedException Fail(string when)
    {
        failed = true;
        ledger.WriteFailedAt = time.Elapsed;
        return new($"fsync failed {when} the write (simulated).");
    }
}
