namespace Candor.Journal.Sqlite;

/// <summary>
/// The journal in one SQLite file. One connection on one thread writes and checkpoints; another, read-only, on a thread
/// of its own reads and verifies. The caller holds the data folder's lock.
/// </summary>
internal sealed class SqliteJournalStore : IJournalStore
{
    private static readonly TimeSpan IdleAfter = TimeSpan.FromMilliseconds(200);

    private readonly Lane<SqliteJournalWriter> writing;
    private readonly Lane<EventReader> reading;
    private readonly SqliteJournalWriter writer;

    private SqliteJournalStore(
        Lane<SqliteJournalWriter> writing, Lane<EventReader> reading, SqliteJournalWriter writer)
    {
        this.writing = writing;
        this.reading = reading;
        this.writer = writer;
    }

    public (Position Position, ChainHash Hash) Head => writer.Head is var head ? (head.Position, head.Hash) : default;

    /// <summary>Opens or creates the file; throws as <see cref="SqliteJournalWriter.Open"/> does.</summary>
    public static async ValueTask<SqliteJournalStore> OpenAsync(string path, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var writes = await Lane<SqliteJournalWriter>.StartAsync(
            "journal writer", () => SqliteJournalWriter.Open(path), IdleAfter, static w => w.CheckpointWhenIdle());
        try
        {
            var reads = await Lane<EventReader>.StartAsync(
                "journal reader", () => EventReader.Open(path), Timeout.InfiniteTimeSpan, static _ => { });
            return new(writes, reads, await writes.RunAsync(static w => w));
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

    public async ValueTask<IReadOnlyList<Envelope>> ReadAsync(
        Position after, int max, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return await reading.RunAsync(r => r.Read(after, max, Head.Position));
    }

    /// <summary>Readers first: the last connection to close is then the writer, which may tidy the log away.</summary>
    public async ValueTask DisposeAsync()
    {
        await reading.DisposeAsync();
        await writing.DisposeAsync();
    }
}
