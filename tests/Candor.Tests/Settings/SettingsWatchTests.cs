using Candor.Journal;
using Candor.Journal.Memory;
using Candor.Settings;
using Candor.State;
using Candor.Testing;
using Candor.Watching;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Tests.Settings;

public sealed class SettingsWatchTests : IAsyncDisposable
{
    private const string Path = "/etc/candor.yaml";
    private const string Good = "page: { name: Heron }\nmonitors: { a: { tcp: a.example:1 } }";
    private const string Broken = "page: { name: Heron }\nmonitors: { a: { tcp: a.example:1, every: secret-word } }";

    private readonly CancellationTokenSource stopping = new();
    private readonly ManualTimeProvider time = new(Written.Noon);
    private readonly MemoryJournalMedium medium = new();
    private readonly MemoryDisk disk;
    private readonly SelfLog self;
    private readonly Journal<World, Event> journal;
    private readonly SettingsWatch watch;
    private readonly Task running;

    public SettingsWatchTests()
    {
        (disk, self) = (new(time), new(time));
        journal = new(
            _ => new(new MemoryJournalStore(medium)), new WorldFacts(time), null, time, JournalLimits.Default, NullLogger.Instance);
        running = journal.RunAsync(stopping.Token);
        watch = new(new(disk, Path), new SettingsReader(StandInChecks.All), journal, self, time, NullLogger.Instance);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_look_takes_the_file_without_waiting()
    {
        disk.Write(Path, Good);
        await watch.LookAsync(Ct);

        Assert.Equal("Heron", journal.State.Page.Name);
        Assert.Single(journal.State.Monitors);
        Assert.NotNull(watch.Current);
    }

    [Fact]
    public async Task A_changed_file_counts_once_it_lies_still()
    {
        disk.Write(Path, Good);
        await watch.LookAsync(Ct);

        await ChangeAsync(Good.Replace("Heron", "He", StringComparison.Ordinal));
        disk.Write(Path, Good.Replace("Heron", "Heron Copier", StringComparison.Ordinal));
        time.Advance(TimeSpan.FromSeconds(2));
        await watch.LookAsync(Ct);
        Assert.Equal("Heron", journal.State.Page.Name);

        await LookAsync(1);
        Assert.Equal("Heron Copier", journal.State.Page.Name);
    }

    [Fact]
    public async Task A_broken_edit_changes_nothing_and_is_shown_until_it_is_mended()
    {
        disk.Write(Path, Good);
        await watch.LookAsync(Ct);
        var before = journal.Position;

        await ChangeAsync(Broken);
        await LookAsync(2);

        Assert.Equal(before, journal.Position);
        Assert.Equal(Written.Noon + TimeSpan.FromSeconds(4), watch.Problem?.Since);
        Assert.Equal("monitors.a.every", Assert.Single(watch.Problem!.Faults).Path);

        await ChangeAsync(Good);
        await LookAsync(2);
        Assert.Null(watch.Problem);
        Assert.Empty(self.Problems);
    }

    [Fact]
    public async Task The_sentence_about_a_broken_edit_shows_nothing_of_the_file_to_readers()
    {
        disk.Write(Path, Broken);
        await watch.LookAsync(Ct);

        var problem = Assert.Single(self.Problems);
        Assert.DoesNotContain("secret-word", problem.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-word", watch.Problem!.Sentence, StringComparison.Ordinal);
        Assert.Contains("secret-word", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_file_Candor_watches_itself_and_a_file_replaces_that()
    {
        await watch.LookAsync(Ct);

        Assert.True(journal.State.Page.FirstRun);
        Assert.Equal("Candor itself", Assert.Single(journal.State.Components.Values).Definition.Name);
        Assert.Equal(["self-disk", "self-journal", "self-names"], journal.State.Monitors.Keys.Select(id => id.Value).Order(StringComparer.Ordinal));

        await ChangeAsync(Good);
        await LookAsync(2);
        Assert.False(journal.State.Page.FirstRun);
        Assert.Equal(["a"], journal.State.Monitors.Keys.Select(id => id.Value));
    }

    [Fact]
    public async Task A_file_that_vanishes_changes_nothing()
    {
        disk.Write(Path, Good);
        await watch.LookAsync(Ct);
        disk.Delete(Path);
        await LookAsync(3);

        Assert.Single(journal.State.Monitors);
        Assert.Contains("is gone", watch.Problem?.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disk_that_cannot_be_read_is_a_problem_that_passes()
    {
        disk.Write(Path, Good);
        await watch.LookAsync(Ct);
        disk.Failing = new IOException("Input/output error");
        await LookAsync(2);
        Assert.Contains("Input/output error", watch.Problem?.Sentence, StringComparison.Ordinal);

        disk.Failing = null;
        await LookAsync(2);
        Assert.Null(watch.Problem);
    }

    [Fact]
    public async Task A_journal_that_cannot_write_is_asked_again()
    {
        disk.Write(Path, Good);
        medium.BeforeAppend = _ => throw new IOException("no space");
        await Assert.ThrowsAsync<JournalFailedException>(() => watch.LookAsync(Ct));

        medium.BeforeAppend = null;
        while (journal.Condition.Phase != JournalPhase.Running)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await LookAsync(1);
        Assert.Single(journal.State.Monitors);
    }

    [Fact]
    public async Task An_unchanged_file_is_read_once_a_minute_and_not_more()
    {
        disk.Write(Path, Good);
        await watch.LookAsync(Ct);
        var before = disk.Reads;
        await LookAsync(60);

        Assert.Equal(2, disk.Reads - before);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_loop_looks_every_two_seconds_in_the_time_it_is_given()
    {
        using var over = new CancellationTokenSource();
        await watch.LookAsync(Ct);
        var loop = watch.RunAsync(over.Token);
        disk.Write(Path, Good);
        while (journal.State.Page.FirstRun)
        {
            time.Advance(TimeSpan.FromSeconds(2));
            await Task.Yield();
        }

        Assert.Equal("Heron", journal.State.Page.Name);
        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loop);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_loop_goes_on_at_its_pace_where_the_journal_cannot_write()
    {
        using var over = new CancellationTokenSource();
        await watch.LookAsync(Ct);
        var loop = watch.RunAsync(over.Token);
        disk.Write(Path, Good);
        var refused = 0;
        medium.BeforeAppend = _ =>
        {
            refused++;
            throw new IOException("no space");
        };
        while (refused < 3)
        {
            time.Advance(TimeSpan.FromSeconds(2));
            await Task.Yield();
        }

        Assert.False(loop.IsCompleted);
        medium.BeforeAppend = null;
        while (journal.State.Page.FirstRun)
        {
            time.Advance(TimeSpan.FromSeconds(2));
            await Task.Yield();
        }

        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loop);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        stopping.Dispose();
    }

    private async Task ChangeAsync(string text)
    {
        time.Advance(TimeSpan.FromSeconds(2));
        disk.Write(Path, text);
        await watch.LookAsync(Ct);
    }

    private async Task LookAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            time.Advance(TimeSpan.FromSeconds(2));
            await watch.LookAsync(Ct);
        }
    }

    private sealed class WorldFacts(TimeProvider time) : IFolding<World, Event>
    {
        public World Initial => World.Empty;

        public World Fold(World before, Event happened, in Stamp stamp) => World.Fold(before, happened);

        public NewEvent Encode(Event happened) => new(Kinds.NameOf(happened), Kinds.Encode(happened), happened.At, time.GetUtcNow());

        public Event Decode(Envelope stored) => Kinds.Decode(stored.Kind, stored.Body.Span, stored.OccurredAt);
    }
}
