namespace Candor.Journal.Sqlite;

/// <summary>
/// The journal in one SQLite file. One connection on one thread writes and checkpoints; two others, read-only, on threads
/// of their own read and verify. The caller holds the data folder's lock.
/// </summary>
internal sealed class SqliteJournalStore : IJournalStore
{
    private static readonly TimeSpan IdleAfter = TimeSpan.FromMilliseconds(200);

    // Larger pages are read in halves at the same time: a replay is bound by SHA-256, and there are two cores.
    private const int ReadWholeMax = 1024;

    private readonly Lane<SqliteJournalWriter> writing;
    private readonly Lane<EventReader> reading;
    private readonly Lane<EventReader> readingToo;
    private readonly SqliteJournalWriter writer;

    private SqliteJournalStore(
        Lane<SqliteJournalWriter> writing, Lane<EventReader>[] reading, SqliteJournalWriter writer)
    {
        this.writing = writing;
        this.reading = reading[0];
        readingToo = reading[1];
        this.writer = writer;
    }

    public (Position Position, ChainHash Hash) Head => writer.Head is var head ? (head.Position, head.Hash) : default;

    public string? TailLost => writer.TailLost;

    /// <summary>Opens or creates the file; throws as <see cref="SqliteJournalWriter.Open"/> does.</summary>
    public static async ValueTask<SqliteJournalStore> OpenAsync(string path, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var writes = await Lane<SqliteJournalWriter>.StartAsync(
            "journal writer", () => SqliteJournalWriter.Open(path), IdleAfter, static w => w.CheckpointWhenIdle());
        try
        {
            return new(
                writes,
                [await StartReaderAsync(path), await StartReaderAsync(path)],
                await writes.RunAsync(static w => w));
        }
        catch
        {
            await writes.DisposeAsync();
            throw;
        }
    }

    public async ValueTask<IReadOnlyList<Envelope>> AppendAsync(
        Position expected, IReadOnlyList<NewEvent> events, DateTimeOffset committedAt, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return await writing.RunAsync(w => w.Append(expected, events, committedAt));
    }

    public async ValueTask ProveAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        await writing.RunAsync(static w =>
        {
            w.Prove();
            return true;
        });
    }

    public async ValueTask<IReadOnlyList<Envelope>> ReadAsync(
        Position after, int max, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var head = Head.Position;
        var events = Math.Min(max, head.Value - after.Value);
        return events > ReadWholeMax
            ? await ReadHalvesAsync(after, (int)events, head)
            : await reading.RunAsync(r => r.Read(after, max, head));
    }

    /// <summary>Moves the log into the file, through the connection that writes.</summary>
    public Task<bool> CheckpointAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return writing.RunAsync(static w => w.CheckpointNow());
    }

    /// <summary>Readers first: the last connection to close is then the writer, which may tidy the log away.</summary>
    public async ValueTask DisposeAsync()
    {
        await reading.DisposeAsync();
        await readingToo.DisposeAsync();
        await writing.DisposeAsync();
    }

    private static Task<Lane<EventReader>> StartReaderAsync(string path) => Lane<EventReader>.StartAsync(
        "journal reader", () => EventReader.Open(path), Timeout.InfiniteTimeSpan, static _ => { });

    /// <summary>The second half is chained to the first one's last hash as stored, which the first half verifies.</summary>
    private async Task<IReadOnlyList<Envelope>> ReadHalvesAsync(Position after, int events, Position head)
    {
        var half = events / 2;
        var second = readingToo.RunAsync(r => r.Read(after.Plus(half), events - half, head));
        try
        {
            var first = await reading.RunAsync(r => r.Read(after, half, head));
            return first.Count == half ? [.. first, .. await second] : first;
        }
        catch (JournalCorruptException fault) when (fault.Position > after.Plus(half))
        {
            // Damage in the second half only: what comes before it is good, and the next read names it.
            return await reading.RunAsync(r => r.Read(after, half, head));
        }
        finally
        {
            await ((Task)second).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
