using System.Globalization;
using System.Text;
using Candor.Journal;
using Candor.Journal.Sqlite;

namespace Candor.Tests.Contracts;

/// <summary>Journal files cut, spoilt and written over, as disks and crashes do it.</summary>
public sealed class SqliteDamageTests(ITestOutputHelper output) : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>100,000 for the promise in full: CANDOR_FLIPS=100000.</summary>
    internal static int Flips => int.TryParse(
        Environment.GetEnvironmentVariable("CANDOR_FLIPS"), CultureInfo.InvariantCulture, out var flips) ? flips : 1500;

    /// <summary>Bytes from one cut to the next; every single one of the last 64 KiB for the promise in full: CANDOR_CUTS=all.</summary>
    private static bool EveryCut => Environment.GetEnvironmentVariable("CANDOR_CUTS") == "all";

    private static IEnumerable<int> CutsOf(int length, int apart) => Enumerable
        .Range(0, (Math.Min(length, 64 * 1024) - 1) / (EveryCut ? 1 : apart))
        .Select(i => length - 1 - (i * (EveryCut ? 1 : apart)));

    [Fact]
    public async Task P_02_A_log_that_was_cut_anywhere_opens_with_every_complete_append()
    {
        // Appends of one to five events; the log is left as a kill leaves it, nothing of it in the file yet.
        var (ends, db, log) = await KilledAsync(appends: 40);
        var cuts = 0;
        foreach (var cut in CutsOf(log.Length, 211).Prepend(log.Length))
        {
            cuts++;
            var (reached, lost) = await OpenedAsync(db, log[..cut]);

            Assert.True(ends.Contains(reached), $"cut at {cut}: ended at {reached}, in the middle of an append");
            Assert.Equal(reached < ends[^1], lost is not null);
        }

        output.WriteLine($"{cuts} cuts of a log of {log.Length} bytes, all complete appends kept each time");
    }

    [Fact]
    public async Task P_02_A_log_with_garbage_behind_it_opens_with_everything()
    {
        var (ends, db, log) = await KilledAsync(appends: 20);
        var random = new Random(7);
        foreach (var length in (int[])[1, 23, 24, 4096, 4120, 20_000])
        {
            var garbage = new byte[length];
            random.NextBytes(garbage);

            var (reached, lost) = await OpenedAsync(db, [.. log, .. garbage]);

            Assert.Equal(ends[^1], reached);
            Assert.Null(lost);
        }
    }

    [Fact]
    public async Task P_02_Garbage_behind_the_file_itself_harms_nothing()
    {
        var (ends, db) = await ClosedAsync(appends: 20);

        var (reached, _) = await OpenedAsync([.. db, .. new byte[5000]], null);

        Assert.Equal(ends[^1], reached);
    }

    [Fact]
    public async Task P_02_A_file_that_was_cut_anywhere_opens_with_every_event_that_is_left()
    {
        var (ends, db) = await ClosedAsync(appends: 200);
        var cuts = 0;
        foreach (var cut in CutsOf(db.Length, 1531))
        {
            cuts++;
            var (reached, lost) = await OpenedAsync(db[..cut], null);

            // At 280 bytes an event no page holds more than fifteen. What follows a missing event hangs on nothing.
            var pagesLost = ((db.Length - cut) / 4096) + 1;
            Assert.True(reached >= ends[^1] - (15 * pagesLost), $"cut at {cut} of {db.Length}: only {reached} of {ends[^1]} are left");
            Assert.Equal(reached < ends[^1], lost is not null);
            Assert.True(File.Exists(folder["copy.db.torn-1"]), "the torn file was not kept");
        }

        output.WriteLine($"{cuts} cuts of a file of {db.Length} bytes, every event that was left kept each time");
    }

    [Fact]
    public async Task P_02_Events_larger_than_a_page_survive_a_cut_as_well()
    {
        await using (var store = await SqliteJournalStore.OpenAsync(folder["journal.db"], Ct))
        {
            for (var i = 0; i < 30; i++)
            {
                var body = Enumerable.Range(0, 3000 + (i * 700)).Select(n => (byte)(n * i)).ToArray();
                await store.AppendAsync(new(i), [new("test.large", body, Noon, Noon)], Noon, Ct);
            }
        }

        var db = await File.ReadAllBytesAsync(folder["journal.db"], Ct);

        var (reached, lost) = await OpenedAsync(db[..^9000], null);

        Assert.InRange(reached, 28, 29);
        Assert.Contains("missing", lost, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repair_that_was_interrupted_is_finished_by_the_next_opening()
    {
        var (ends, db) = await ClosedAsync(appends: 20);
        Lay(db[..^5000], new byte[4000]);
        await File.WriteAllBytesAsync(folder["copy.db.repaired"], db, Ct);

        await using var store = await SqliteJournalStore.OpenAsync(folder["copy.db"], Ct);

        Assert.Equal(ends[^1], await ReadAllAsync(store));
        Assert.False(File.Exists(folder["copy.db.repaired"]));
    }

    [Fact]
    public async Task Damage_in_the_middle_is_never_mended_by_forgetting_what_follows()
    {
        var (_, db) = await ClosedAsync(appends: 60);
        db.AsSpan(4 * 4096, 4096).Clear();

        Lay(db, null);
        await using var store = await SqliteJournalStore.OpenAsync(folder["copy.db"], Ct);
        await Assert.ThrowsAsync<JournalCorruptException>(() => ReadAllAsync(store));

        Assert.False(File.Exists(folder["copy.db.torn-1"]));
    }

    [Fact]
    public async Task P_03_A_flipped_bit_is_found_and_never_served()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var (ends, closed) = await ClosedAsync(appends: 60);
        var (killedEnds, db, log) = await KilledAsync(appends: 60);
        var (found, harmless) = (0, 0);
        for (var i = 0; i < Flips; i++)
        {
            var inLog = i % 3 == 0;
            var spoilt = inLog ? (byte[])log.Clone() : (byte[])closed.Clone();
            var bit = random.NextInt64(spoilt.Length * 8L);
            spoilt[bit / 8] ^= (byte)(1 << (int)(bit % 8));

            if (await NoticedAsync(inLog ? db : spoilt, inLog ? spoilt : null, inLog ? killedEnds[^1] : ends[^1]))
            {
                found++;
            }
            else
            {
                harmless++;
            }
        }

        // What is neither found nor wrong hit a byte that means nothing: free space, or a page written again later.
        output.WriteLine($"{Flips} flips: {found} found, {harmless} changed nothing that is read, 0 served (seed {seed})");
        Assert.True(found > Flips / 4, $"only {found} of {Flips} were found");
    }

    [Fact]
    public async Task P_04_Checkpoints_between_a_writer_and_readers_break_no_chain()
    {
        var seconds = int.TryParse(
            Environment.GetEnvironmentVariable("CANDOR_CHECKPOINT_SECONDS"), CultureInfo.InvariantCulture, out var s) ? s : 4;
        await using var store = await SqliteJournalStore.OpenAsync(folder["journal.db"], Ct);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        over.CancelAfter(TimeSpan.FromSeconds(seconds));

        var counts = await Task.WhenAll(
            Task.Run(() => WriteUntilAsync(store, over.Token), Ct),
            Task.Run(() => CheckpointUntilAsync(store, over.Token), Ct),
            Task.Run(() => ReadUntilAsync(store, over.Token), Ct),
            Task.Run(() => ReadUntilAsync(store, over.Token), Ct));

        Assert.Equal(store.Head.Position.Value, await ReadAllAsync(store));
        Assert.All(counts, static c => Assert.True(c > 10, $"{c}"));
        output.WriteLine($"{counts[0]} appends, {counts[1]} checkpoints, {counts[2] + counts[3]} reads, 0 breaks");
    }

    [Fact]
    public async Task A_journal_put_back_to_an_older_copy_says_what_is_missing()
    {
        var (ends, older) = await ClosedAsync(appends: 5);
        await using (var store = await SqliteJournalStore.OpenAsync(folder["journal.db"], Ct))
        {
            await store.AppendAsync(new(ends[^1]), Events(3), Noon, Ct);
        }

        await File.WriteAllBytesAsync(folder["journal.db"], older, Ct);
        await using var again = await SqliteJournalStore.OpenAsync(folder["journal.db"], Ct);

        Assert.Contains("3 acknowledged events are missing", again.TailLost, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static NewEvent[] Events(int count) =>
        [.. Enumerable.Range(0, count).Select(static i => new NewEvent("test.said", Encoding.UTF8.GetBytes(new string('x', 200 + i)), Noon, Noon))];

    private static async Task<List<long>> AppendAsync(SqliteJournalStore store, int appends)
    {
        var ends = new List<long> { 0 };
        for (var i = 0; i < appends; i++)
        {
            ends.Add((await store.AppendAsync(store.Head.Position, Events(1 + (i % 5)), Noon, Ct))[^1].Position.Value);
        }

        return ends;
    }

    private static async Task<long> WriteUntilAsync(SqliteJournalStore store, CancellationToken over)
    {
        var appends = 0L;
        for (; !over.IsCancellationRequested; appends++)
        {
            await store.AppendAsync(store.Head.Position, Events(3), Noon, Ct);
        }

        return appends;
    }

    private static async Task<long> CheckpointUntilAsync(SqliteJournalStore store, CancellationToken over)
    {
        var checkpoints = 0L;
        for (; !over.IsCancellationRequested; checkpoints++)
        {
            await store.CheckpointAsync(Ct);
            await Task.Yield();
        }

        return checkpoints;
    }

    private static async Task<long> ReadUntilAsync(SqliteJournalStore store, CancellationToken over)
    {
        var reads = 0L;
        for (; !over.IsCancellationRequested; reads++)
        {
            var head = store.Head.Position.Value;
            await store.ReadAsync(new(Math.Max(0, head - 500)), 5000, Ct);
        }

        return reads;
    }

    private static async Task<long> ReadAllAsync(SqliteJournalStore store)
    {
        var at = Position.Start;
        while (await store.ReadAsync(at, 4096, Ct) is { Count: > 0 } page)
        {
            at = page[^1].Position;
        }

        return at.Value;
    }

    /// <summary>A journal closed properly, so that all of it is in one file.</summary>
    private async Task<(List<long> Ends, byte[] File)> ClosedAsync(int appends)
    {
        Remove();
        List<long> ends;
        await using (var store = await SqliteJournalStore.OpenAsync(folder["journal.db"], Ct))
        {
            ends = await AppendAsync(store, appends);
        }

        return (ends, await File.ReadAllBytesAsync(folder["journal.db"], Ct));
    }

    /// <summary>The files as they lie at a moment when everything is still in the log.</summary>
    private async Task<(List<long> Ends, byte[] File, byte[] Log)> KilledAsync(int appends)
    {
        Remove();
        await using var store = await SqliteJournalStore.OpenAsync(folder["journal.db"], Ct);
        var ends = await AppendAsync(store, appends);
        return (ends, await ReadSharedAsync("journal.db"), await ReadSharedAsync("journal.db-wal"));
    }

    private async Task<byte[]> ReadSharedAsync(string name)
    {
        await using var file = new FileStream(folder[name], FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes, Ct);
        return bytes;
    }

    /// <summary>How far a journal of these files goes, everything verified, and what it says is missing.</summary>
    private async Task<(long Reached, string? Lost)> OpenedAsync(byte[] db, byte[]? log)
    {
        Lay(db, log);
        await using var store = await SqliteJournalStore.OpenAsync(folder["copy.db"], Ct);
        return (await ReadAllAsync(store), store.TailLost);
    }

    /// <summary>True where the damage is reported; false where everything reads as it was written. Anything else fails.</summary>
    private async Task<bool> NoticedAsync(byte[] db, byte[]? log, long written)
    {
        try
        {
            var (reached, lost) = await OpenedAsync(db, log);
            Assert.True(reached == written || lost is not null, $"ended at {reached} of {written} in silence");
            return lost is not null;
        }
        catch (Exception fault) when (fault is JournalCorruptException or JournalFailedException)
        {
            return true;
        }
    }

    private void Lay(byte[] db, byte[]? log)
    {
        File.Delete(folder["copy.db.torn-1"]);
        File.Delete(folder["copy.db-shm"]);
        File.WriteAllBytes(folder["copy.db"], db);
        File.Copy(folder["journal.db.head"], folder["copy.db.head"], overwrite: true);
        if (log is null)
        {
            File.Delete(folder["copy.db-wal"]);
        }
        else
        {
            File.WriteAllBytes(folder["copy.db-wal"], log);
        }
    }

    private void Remove()
    {
        foreach (var file in Directory.GetFiles(folder.Path))
        {
            File.Delete(file);
        }
    }
}
