using System.Text.Json;
using Candor.Journal;
using Candor.Journal.Sqlite;

namespace Candor.Access.Sqlite;

/// <summary>The roster in one SQLite file, with one connection on one thread.</summary>
internal sealed class SqlitePeopleStore : IPeopleStore
{
    public const string FileName = "people.db";

    private static readonly TimeSpan IdleAfter = TimeSpan.FromSeconds(2);

    private readonly Lane<PeopleFile> lane;

    private SqlitePeopleStore(Lane<PeopleFile> lane) => this.lane = lane;

    public static async Task<SqlitePeopleStore> OpenAsync(string path, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return new(await Lane<PeopleFile>.StartAsync(
            "people writer", () => new PeopleFile(path), IdleAfter, static file => file.CheckpointWhenIdle()));
    }

    public async ValueTask<IReadOnlyList<Entry>> ReadAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            return await lane.RunAsync(static file => file.Read());
        }
        catch (JsonException fault)
        {
            throw new IOException("people.db holds something that cannot be read. Restore it from a backup.", fault);
        }
    }

    public async ValueTask WriteAsync(IReadOnlyList<RosterChange> changes, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            await lane.RunAsync(file =>
            {
                file.Write(changes);
                return true;
            });
        }
        catch (JournalFailedException fault)
        {
            throw new IOException("people.db is closed.", fault);
        }
    }

    public ValueTask DisposeAsync() => lane.DisposeAsync();
}
