using Candor.Journal.Sqlite;
using Candor.Notices.Queue;
using Candor.Notices.Queue.Sqlite;
using Candor.Notices.Streams;

namespace Candor.Tests.Contracts;

public sealed class SqliteQueueStoreTests : QueueStoreContract, IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Path => folder["queues/webhook.db"];

    private protected override ValueTask<IQueueStore> OpenAsync() => SqliteQueueStore.OpenAsync(Path, TimeProvider.System, Ct);

    [Fact]
    public async Task P_03_A_flipped_bit_is_found_or_harmless_and_never_believed()
    {
        var random = new Random(5);
        var written = Enumerable.Range(1, 40).Select(Pending).ToList();
        await using (var store = await OpenAsync())
        {
            await store.LoadAsync(static _ => { }, Ct);
            await store.WriteAsync(written, new(9), Ct);
        }

        var sound = await File.ReadAllBytesAsync(Path, Ct);
        var found = 0;
        for (var round = 0; round < 150; round++)
        {
            var bytes = sound.ToArray();
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(Path, bytes, Ct);
            found += await ReadsAsItWasAsync(written) ? 0 : 1;
            File.Delete(Path + "-wal");
            File.Delete(Path + "-shm");
        }

        Assert.True(found > 20, $"only {found} of 150 flips were found");
    }

    [Theory]
    [InlineData("zeros")]
    [InlineData("text")]
    [InlineData("half")]
    [InlineData("folder")]
    public async Task P_07_A_file_that_cannot_be_believed_is_put_aside_and_the_next_opening_works(string how)
    {
        await using (var store = await OpenAsync())
        {
            await store.LoadAsync(static _ => { }, Ct);
            await store.WriteAsync(Enumerable.Range(1, 200).Select(Pending).ToList(), new(9), Ct);
        }

        var bytes = await File.ReadAllBytesAsync(Path, Ct);
        File.Delete(Path);
        if (how == "folder")
        {
            Directory.CreateDirectory(Path);
        }
        else
        {
            await File.WriteAllBytesAsync(Path, how switch { "zeros" => new byte[bytes.Length], "text" => "this is no queue"u8.ToArray(), _ => bytes[..(bytes.Length / 2)] }, Ct);
        }

        await Assert.ThrowsAsync<QueueDamagedException>(async () =>
        {
            await using var damaged = await OpenAsync();
            await damaged.LoadAsync(static _ => { }, Ct);
        });
        await using var again = await OpenAsync();
        Assert.Equal(0, (await LoadedAsync(again)).Count);
        Assert.Contains(Directory.GetFileSystemEntries(folder["queues"]), static name => name.Contains(".damaged-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task P_07_Nothing_is_written_to_a_file_that_is_put_aside_and_whoever_hears_of_it_first_may_open_the_next_one()
    {
        await using (var store = await OpenAsync())
        {
            await store.LoadAsync(static _ => { }, Ct);
            await store.WriteAsync([Pending(1)], new(9), Ct);
        }

        using (var database = Database.OpenWriter(Path))
        {
            database.Execute("UPDATE stream SET checksum = checksum + 1;");
        }

        await using var damaged = await OpenAsync();
        var read = damaged.ReadAsync(new(Outage, null, 10), Ct).AsTask();
        var write = damaged.WriteAsync([Pending(2)], new(10), Ct).AsTask();

        await Assert.ThrowsAnyAsync<IOException>(() => write);
        Assert.False(File.Exists(Path), "the damaged file is still in its place");
        await using var next = await OpenAsync();
        await Assert.ThrowsAsync<QueueDamagedException>(() => read);
        await next.WriteAsync([Pending(2)], new(10), Ct);
        Assert.True(File.Exists(Path), "the new file was put aside");
    }

    public void Dispose() => folder.Dispose();

    /// <summary>True: everything reads as it was written. False: it was said that something is wrong. Anything else fails.</summary>
    private async Task<bool> ReadsAsItWasAsync(List<NoticeStream> written)
    {
        try
        {
            await using var store = await OpenAsync();
            var read = new List<NoticeStream>();
            var done = await store.LoadAsync(read.Add, Ct);
            Assert.Equal(9, done.Value);
            Assert.Equal(
                written.Select(static one => (one.Subscriber.Value, one.Pieces.Length)).Order(),
                read.Select(static one => (one.Subscriber.Value, one.Pieces.Length)).Order());
            return true;
        }
        catch (Exception fault) when (fault is IOException)
        {
            return false;
        }
    }
}
