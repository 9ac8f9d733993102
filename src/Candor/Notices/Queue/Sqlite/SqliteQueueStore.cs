using System.Globalization;
using Candor.Effects;
using Candor.Journal;
using Candor.Journal.Sqlite;
using Candor.Notices.Streams;
using Candor.State;
using SQLitePCL;

namespace Candor.Notices.Queue.Sqlite;

/// <summary>
/// A queue in one SQLite file with one connection on one thread. A file that cannot be believed is put aside whole; what was
/// in it is made anew from the journal. A failed write ends the store.
/// </summary>
internal sealed class SqliteQueueStore : IQueueStore
{
    private const int QuarantinedMost = 3;
    private static readonly TimeSpan IdleAfter = TimeSpan.FromSeconds(2);

    private readonly string path;
    private readonly TimeProvider time;
    private readonly Lane<QueueFile> lane;
    private QueueDamagedException? aside; // known on the lane alone

    private SqliteQueueStore(string path, TimeProvider time, Lane<QueueFile> lane) => (this.path, this.time, this.lane) = (path, time, lane);

    /// <summary>Opens or creates the file. Throws <see cref="QueueDamagedException"/> where it had to be put aside.</summary>
    public static async ValueTask<IQueueStore> OpenAsync(string path, TimeProvider time, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            return new SqliteQueueStore(path, time, await Lane<QueueFile>.StartAsync(
                "queue writer", () => OpenFile(path), IdleAfter, static file => file.WhenIdle()));
        }
        catch (Exception fault) when (IsDamage(fault) || IsShut(fault) || Directory.Exists(path))
        {
            throw Quarantine(path, time, fault);
        }
    }

    public ValueTask<Position> LoadAsync(Action<NoticeStream> each, CancellationToken cancellation) =>
        RunAsync(file => file.Load(each), cancellation);

    public ValueTask WriteAsync(IReadOnlyCollection<NoticeStream> streams, Position? done, CancellationToken cancellation) =>
        ChangeAsync(file => file.Write(streams, done), cancellation);

    public ValueTask<QueuePage> ReadAsync(QueueQuestion asked, CancellationToken cancellation) =>
        RunAsync(file => file.Read(asked), cancellation);

    public ValueTask ForgetAsync(IReadOnlyCollection<StreamKey> streams, CancellationToken cancellation) =>
        ChangeAsync(file => file.Forget(streams), cancellation);

    public ValueTask DisposeAsync() => lane.DisposeAsync();

    private static QueueFile OpenFile(string path)
    {
        // On the thread that will write: it turns streams into rows, for a crowd seconds of work.
        LibC.GiveWay(LowPriorityThreads.Nice);
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

    private async ValueTask ChangeAsync(Action<QueueFile> change, CancellationToken cancellation) => await RunAsync(
        file =>
        {
            try
            {
                change(file);
            }
            catch
            {
                file.LeaveLog();
                throw;
            }

            return true;
        },
        cancellation);

    private async ValueTask<T> RunAsync<T>(Func<QueueFile, T> job, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            return await lane.RunAsync(file => Believing(file, job));
        }
        catch (QueueDamagedException)
        {
            await lane.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// What cannot be believed is shut and put aside before the next job has its turn: whoever opens the queue anew as soon as
    /// one failed finds no old file, and nothing is written to one that is about to go.
    /// </summary>
    private T Believing<T>(QueueFile file, Func<QueueFile, T> job)
    {
        if (aside is not null)
        {
            throw new QueueDamagedException(aside.Message, aside);
        }

        try
        {
            return job(file);
        }
        catch (Exception fault) when (IsDamage(fault))
        {
            file.Dispose();
            throw aside = Quarantine(path, time, fault);
        }
    }

    private static bool IsDamage(Exception fault) => fault is QueueDamagedException or SqliteFaultException { IsCorrupt: true };

    /// <summary>It cannot be opened, whatever is in it: another file can.</summary>
    private static bool IsShut(Exception fault) => fault is UnauthorizedAccessException
        || (fault is SqliteFaultException { Code: var code } && (code & 0xFF) is raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_READONLY);

    private static QueueDamagedException Quarantine(string path, TimeProvider time, Exception fault)
    {
        var kept = path + ".damaged-" + time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

        // The log belongs to the damaged file; beside a new one it would be taken for that one's.
        if (Directory.Exists(path))
        {
            Directory.Move(path, kept);
        }

        foreach (var suffix in (string[])["", "-wal", "-shm"])
        {
            if (File.Exists(path + suffix))
            {
                File.Move(path + suffix, kept + suffix, overwrite: true);
            }
        }

        foreach (var old in Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + ".damaged-*Z")
            .OrderDescending(StringComparer.Ordinal).Skip(QuarantinedMost))
        {
            File.Delete(old);
            File.Delete(old + "-wal");
            File.Delete(old + "-shm");
        }

        return new($"The queue {Path.GetFileName(path)} could not be believed ({fault.Message}) and was put aside as {Path.GetFileName(kept)}.", fault);
    }
}
