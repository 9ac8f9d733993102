using System.Globalization;
using Candor.Journal.Sqlite;
using Candor.Judging;
using Candor.State;

namespace Candor.Samples.Sqlite;

/// <summary>
/// Samples in one SQLite file with one connection on one thread. A damaged file is put aside and the next opening
/// begins a new one: charts lose their past, nothing else notices.
/// </summary>
internal sealed class SqliteSampleStore : ISampleStore
{
    private const int QuarantinedMax = 3;

    private readonly string path;
    private readonly TimeProvider time;
    private readonly Lane<SampleFile> lane;

    private SqliteSampleStore(string path, TimeProvider time, Lane<SampleFile> lane)
    {
        this.path = path;
        this.time = time;
        this.lane = lane;
    }

    /// <summary>Opens or creates the file. Throws <see cref="SampleFileDamagedException"/> when it had to be put aside.</summary>
    public static async ValueTask<ISampleStore> OpenAsync(string path, TimeProvider time, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            return new SqliteSampleStore(path, time, await Lane<SampleFile>.StartAsync(
                "samples writer", () => OpenFile(path), Timeout.InfiniteTimeSpan, static _ => { }));
        }
        catch (SqliteFaultException fault) when (fault.IsCorrupt)
        {
            throw Quarantine(path, time, fault);
        }
    }

    public async ValueTask<StoredSamples> RecoverAsync(DateTimeOffset now, CancellationToken cancellation) =>
        await RunAsync(file => file.Recover(now), cancellation);

    public async ValueTask<int> LoadAsync(DateTimeOffset now, Action<StoredRollup> each, CancellationToken cancellation) =>
        await RunAsync(file => file.Load(now, each), cancellation);

    public async ValueTask<IReadOnlyList<StoredRollup>> WriteAsync(SampleWrite write, CancellationToken cancellation) =>
        await RunAsync(file => file.Write(write), cancellation);

    public async ValueTask<IReadOnlyList<ValueSlot>> ReadValuesAsync(DateTimeOffset from, CancellationToken cancellation) =>
        await RunAsync(file => file.ReadValues(from), cancellation);

    public async ValueTask RetainAsync(DateTimeOffset now, CancellationToken cancellation) =>
        await RunAsync(
            file =>
            {
                file.Retain(now);
                return true;
            },
            cancellation);

    public async ValueTask<IReadOnlyList<Observation>> ReadAsync(
        MonitorId monitor, DateTimeOffset from, DateTimeOffset until, int max, CancellationToken cancellation) =>
        await RunAsync(file => file.ReadRaw(monitor, from, until, max), cancellation);

    public ValueTask DisposeAsync() => lane.DisposeAsync();

    private static SampleFile OpenFile(string path)
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

    private async Task<T> RunAsync<T>(Func<SampleFile, T> job, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            return await lane.RunAsync(job);
        }
        catch (SqliteFaultException fault) when (fault.IsCorrupt)
        {
            await lane.DisposeAsync();
            throw Quarantine(path, time, fault);
        }
    }

    private static SampleFileDamagedException Quarantine(string path, TimeProvider time, SqliteFaultException fault)
    {
        var aside = path + ".damaged-" + time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        File.Move(path, aside, overwrite: true);

        // The log belongs to the damaged file; beside a new one it would be taken for that one's.
        foreach (var suffix in (string[])["-wal", "-shm"])
        {
            if (File.Exists(path + suffix))
            {
                File.Move(path + suffix, aside + suffix, overwrite: true);
            }
        }

        foreach (var old in Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + ".damaged-*Z")
            .OrderDescending(StringComparer.Ordinal).Skip(QuarantinedMax))
        {
            File.Delete(old);
            File.Delete(old + "-wal");
            File.Delete(old + "-shm");
        }

        return new(path, aside, fault);
    }
}
