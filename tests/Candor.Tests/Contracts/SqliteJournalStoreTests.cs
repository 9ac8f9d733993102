using Candor.Journal;
using Candor.Journal.Sqlite;

namespace Candor.Tests.Contracts;

public sealed class SqliteJournalStoreTests : JournalStoreContract
{
    private readonly TemporaryFolder folder = new();

    private string File => folder["journal.db"];

    [Fact]
    public async Task An_empty_log_is_left_behind_by_a_clean_close()
    {
        var store = await OpenAsync();
        await store.AppendAsync(Position.Start, Events("a"), DateTimeOffset.UnixEpoch, Ct);
        await store.DisposeAsync();

        Assert.False(System.IO.File.Exists(File + "-wal"));
    }

    [Fact]
    public async Task A_proof_that_it_can_be_written_is_written()
    {
        var store = await OpenAsync();
        await store.AppendAsync(Position.Start, Events("a"), DateTimeOffset.UnixEpoch, Ct);
        await store.DisposeAsync();
        store = await OpenAsync();
        var log = new FileInfo(File + "-wal");
        Assert.Equal(0, log.Exists ? log.Length : 0);

        await store.ProveAsync(Ct);

        log.Refresh();
        Assert.True(log.Length > 0);
        await store.DisposeAsync();
        Assert.Equal(new Position(1), (await OpenAsync()).Head.Position);
    }

    [Fact]
    public async Task A_file_of_another_program_is_refused_and_left_alone()
    {
        using (var other = Database.OpenWriter(File))
        {
            other.Execute("CREATE TABLE bookmarks (url TEXT);");
        }

        var fault = await Assert.ThrowsAsync<JournalCorruptException>(async () => await OpenAsync());

        Assert.Contains("does not say that it is a journal of Candor", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_a_newer_build_is_refused_with_a_sentence()
    {
        await (await OpenAsync()).DisposeAsync();
        using (var other = Database.OpenWriter(File))
        {
            other.Execute("PRAGMA user_version=99;");
        }

        var fault = await Assert.ThrowsAsync<JournalFailedException>(async () => await OpenAsync());

        Assert.Contains("format 99", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_head_that_was_set_back_is_noticed_when_opening()
    {
        var store = await OpenAsync();
        await store.AppendAsync(Position.Start, Events("a", "b"), DateTimeOffset.UnixEpoch, Ct);
        await store.DisposeAsync();
        using (var other = Database.OpenWriter(File))
        {
            other.Execute("UPDATE head SET position = 1, hash = (SELECT hash FROM event WHERE position = 1);");
        }

        var fault = await Assert.ThrowsAsync<JournalCorruptException>(async () => await OpenAsync());

        Assert.Equal(new Position(2), fault.Position);
    }

    [Fact]
    public async Task An_event_removed_from_the_end_is_noticed_when_opening()
    {
        var store = await OpenAsync();
        await store.AppendAsync(Position.Start, Events("a", "b"), DateTimeOffset.UnixEpoch, Ct);
        await store.DisposeAsync();
        using (var other = Database.OpenWriter(File))
        {
            other.Execute("DELETE FROM event WHERE position = 2;");
        }

        var fault = await Assert.ThrowsAsync<JournalCorruptException>(async () => await OpenAsync());

        Assert.Equal(new Position(2), fault.Position);
    }

    [Fact]
    public async Task A_second_writer_ends_the_first_instead_of_forking_the_chain()
    {
        var store = await OpenAsync();
        await store.AppendAsync(Position.Start, Events("a"), DateTimeOffset.UnixEpoch, Ct);
        var intruder = await OpenAsync();
        await intruder.AppendAsync(new(1), Events("b"), DateTimeOffset.UnixEpoch, Ct);

        await Assert.ThrowsAsync<JournalFailedException>(
            async () => await store.AppendAsync(new(1), Events("c"), DateTimeOffset.UnixEpoch, Ct));
        await Assert.ThrowsAsync<JournalFailedException>(
            async () => await store.AppendAsync(new(1), Events("c"), DateTimeOffset.UnixEpoch, Ct));

        Assert.Equal(["a", "b"], Bodies(await intruder.ReadAsync(Position.Start, 10, Ct)));
    }

    [Fact]
    public void The_library_is_chosen_once_and_says_its_version()
    {
        var chosen = NativeSqlite.Use();

        Assert.Same(chosen, NativeSqlite.Use());
        Assert.True(chosen.Version >= new Version(3, 35, 0), chosen.ToString());
    }

    private protected override async ValueTask<IJournalStore> CreateAsync() =>
        await SqliteJournalStore.OpenAsync(File, Ct);

    private protected override ValueTask SpoilAsync(Position position)
    {
        using var other = Database.OpenWriter(File);
        other.Execute($"UPDATE event SET body = x'78' WHERE position = {position};");
        return default;
    }

    private protected override ValueTask RemoveAsync()
    {
        folder.Dispose();
        return default;
    }
}
