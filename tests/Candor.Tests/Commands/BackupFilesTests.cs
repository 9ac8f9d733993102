using Candor.Attachments;
using Candor.Commands;
using Candor.Commands.Backups;
using Candor.Journal;
using Candor.Journal.Sqlite;
using Candor.Node;
using Candor.State;
using Candor.State.Incidents;
using Candor.Testing;
using Candor.Tests.State;
using Candor.Tests.Contracts;
using Microsoft.Extensions.Logging.Abstractions;
using static Candor.Tests.State.Told;

namespace Candor.Tests.Commands;

/// <summary>A backup has the files that its own journal names, and says which it has not.</summary>
public sealed class BackupFilesTests : IDisposable
{
    private static readonly byte[] Whole = "It broke."u8.ToArray();
    private static readonly byte[] Spoilt = "It broke again."u8.ToArray();
    private static readonly byte[] Lost = "It is gone."u8.ToArray();
    private static readonly byte[] Unneeded = "Nobody said so."u8.ToArray();

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_is_missing_or_damaged_is_named_and_everything_else_is_backed_up()
    {
        await SayAsync(Whole, Spoilt, Lost);
        Keep(Whole, Whole);
        Keep(Spoilt, Whole);
        Keep(Unneeded, Lost);

        var made = await BackUpAsync();

        Assert.Equal(Exit.Incomplete, made.Exit);
        Assert.Contains($"({FileStore.HashOf(Spoilt)}) of incident {Id} is damaged.", made.Error, StringComparison.Ordinal);
        Assert.Contains($"({FileStore.HashOf(Lost)}) of incident {Id} is missing.", made.Error, StringComparison.Ordinal);
        Assert.Contains("next: Put it back", made.Error, StringComparison.Ordinal);
        var manifest = await ReadAsync();
        Assert.Equal([Backup.JournalName, FileStore.HashOf(Whole)], manifest.Files.Select(static one => one.Name));
        Assert.Equal(2, manifest.Without!.Count);
        Assert.Equal(Whole, await File.ReadAllBytesAsync(folder[$"out/{FileStore.HashOf(Whole)}"], Ct));
    }

    [Fact]
    public async Task A_file_that_no_words_name_is_neither_copied_nor_looked_at()
    {
        await SayAsync(Whole);
        Keep(Whole, Whole);
        Keep(Unneeded, Lost);

        Assert.Equal(Exit.Done, (await BackUpAsync()).Exit);

        var manifest = await ReadAsync();
        Assert.Equal([Backup.JournalName, FileStore.HashOf(Whole)], manifest.Files.Select(static one => one.Name));
        Assert.Null(manifest.Without);
    }

    private Task<Shell> BackUpAsync() => Shell.RunAsync($"candor backup {folder["backup.tar"]} --data {folder["data"]}", BackupCommand.Create);

    private Task<BackupManifest> ReadAsync()
    {
        Directory.CreateDirectory(folder["out"]);
        return BackupArchive.ReadAsync(folder["backup.tar"], folder["out"], new Progress<(long, long)>(), Ct);
    }

    private void Keep(byte[] named, byte[] content)
    {
        Directory.CreateDirectory(folder["data/files"]);
        File.WriteAllBytes(folder[$"data/files/{FileStore.HashOf(named)}"], content);
    }

    private async Task SayAsync(params byte[][] files)
    {
        Directory.CreateDirectory(folder["data"]);
        var time = new ManualTimeProvider(T0);
        using var stopping = new CancellationTokenSource();
        var journal = new Journal<World, Event>(
            async cancellation => await SqliteJournalStore.OpenAsync(folder[$"data/{Backup.JournalName}"], cancellation),
            new WorldFolding(time), null, time, JournalLimits.Default, NullLogger.Instance);
        var running = journal.RunAsync(stopping.Token);
        await journal.WaitForOpenAsync(Ct);
        var opened = new IncidentOpened(T0, Id, "Mail is late", T0, Automatic: false, Published: true, "See below.", [])
        {
            Files = [.. files.Select(static file => new AttachedFile(FileStore.HashOf(file), "a.log", "text/plain; charset=utf-8", file.Length))],
        };
        Assert.True((await journal.CommitAsync(_ => (Event[])[opened], Ct)).Accepted);
        await stopping.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
