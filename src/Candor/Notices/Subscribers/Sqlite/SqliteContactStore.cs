using Candor.Journal.Sqlite;
using Candor.State;

namespace Candor.Notices.Subscribers.Sqlite;

/// <summary>Contacts in one SQLite file with one connection on one thread. A failed write ends the store.</summary>
internal sealed class SqliteContactStore : IContactStore
{
    public const string FileName = "subscribers.db";

    private readonly Lane<ContactFile> lane;

    private SqliteContactStore(Lane<ContactFile> lane) => this.lane = lane;

    public static async ValueTask<IContactStore> OpenAsync(string path, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return new SqliteContactStore(await Lane<ContactFile>.StartAsync(
            "subscribers writer", () => OpenFile(path), Timeout.InfiniteTimeSpan, static _ => { }));
    }

    public async ValueTask<IReadOnlyList<(SubscriberId Id, SealedContact Contact)>> ReadAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return await lane.RunAsync(static file => file.Read());
    }

    public async ValueTask WriteAsync(IReadOnlyList<(SubscriberId Id, SealedContact? Contact)> changes, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        await lane.RunAsync(file =>
        {
            try
            {
                file.Write(changes);
            }
            catch
            {
                file.LeaveLog();
                throw;
            }

            return true;
        });
    }

    public ValueTask DisposeAsync() => lane.DisposeAsync();

    private static ContactFile OpenFile(string path)
    {
        var database = Database.OpenWriter(path);
        try
        {
            return new(database);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }
}
