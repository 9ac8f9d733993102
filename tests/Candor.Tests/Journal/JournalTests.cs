using Candor.Journal;
using Candor.Journal.Memory;
using Candor.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Tests.Journal;

public sealed class JournalTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly CancellationTokenSource stopping = new();
    private readonly ManualTimeProvider time = new(Noon);
    private readonly MemoryJournalMedium medium = new();
    private readonly Journal<Tally, Added> journal;
    private readonly Task running;

    public JournalTests()
    {
        journal = New(start: null);
        running = journal.RunAsync(stopping.Token);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_commit_is_stored_folded_and_answered_with_its_position()
    {
        var outcome = await journal.CommitAsync(_ => [Of(1), Of(2)], Ct);

        Assert.True(outcome.Accepted);
        Assert.Equal(new Position(2), outcome.Position);
        Assert.Equal(new Tally(3, 2), journal.State);
        Assert.Equal(2, medium.Read(Position.Start, 10).Count);
    }

    [Fact]
    public async Task A_refusal_is_an_answer_and_writes_nothing()
    {
        var outcome = await journal.CommitAsync(_ => new Refusal("closed", "It is already closed."), Ct);

        Assert.Equal("closed", outcome.Refusal?.Code);
        Assert.Equal(Position.Start, medium.Head.Position);
    }

    [Fact]
    public async Task A_proof_goes_the_way_of_every_fact_and_leaves_none()
    {
        var proofs = 0;
        medium.BeforeProof = () => proofs++;
        Assert.Null((await journal.ProveAsync(Ct)).Refusal);
        Assert.Equal((1, Position.Start), (proofs, medium.Head.Position));

        medium.BeforeProof = static () => throw new IOException("no space");
        await Assert.ThrowsAsync<JournalFailedException>(async () => await journal.ProveAsync(Ct));
        Assert.Equal(JournalPhase.Failed, journal.Condition.Phase);
    }

    [Fact]
    public async Task A_fact_that_cannot_be_folded_is_never_written_and_harms_no_neighbour()
    {
        var good = journal.CommitAsync(_ => [Of(1)], Ct).AsTask();
        var bad = journal.CommitAsync(_ => [Of(5), Of(13)], Ct).AsTask();
        var later = journal.CommitAsync(_ => [Of(2)], Ct).AsTask();

        await Assert.ThrowsAsync<InvalidOperationException>(() => bad);
        await Task.WhenAll(good, later);
        Assert.Equal(new Tally(3, 2), journal.State);
        Assert.Equal(new Position(2), medium.Head.Position);
    }

    [Fact]
    public async Task Each_command_of_a_batch_is_decided_against_the_state_its_predecessors_left()
    {
        var all = Enumerable.Range(0, 100)
            .Select(_ => journal.CommitAsync(s => s.Sum < 10 ? [Of(1)] : new Refusal("full", "Full."), Ct).AsTask());

        var outcomes = await Task.WhenAll(all);

        Assert.Equal(10, outcomes.Count(static o => o.Accepted));
        Assert.Equal(10, journal.State.Sum);
    }

    [Fact]
    public async Task A_failed_write_fails_every_waiting_caller_and_the_journal_opens_again()
    {
        await journal.CommitAsync(_ => [Of(1)], Ct);
        medium.BeforeAppend = static _ => throw new IOException("no space");

        var first = journal.CommitAsync(_ => [Of(2)], Ct).AsTask();
        var second = journal.CommitAsync(_ => [Of(3)], Ct).AsTask();

        await Assert.ThrowsAsync<JournalFailedException>(() => first);
        await Assert.ThrowsAsync<JournalFailedException>(() => second);
        Assert.Equal(JournalPhase.Failed, journal.Condition.Phase);
        Assert.Equal(new Tally(1, 1), journal.State);

        medium.BeforeAppend = null;
        await AdvanceUntilAsync(() => journal.Condition.Phase == JournalPhase.Running);
        await journal.CommitAsync(_ => [Of(4)], Ct);
        Assert.Equal(new Tally(5, 2), journal.State);
    }

    [Fact]
    public async Task A_journal_that_failed_is_not_called_well_before_it_could_be_written()
    {
        await journal.CommitAsync(_ => [Of(1)], Ct);
        var proofs = 0;
        medium.BeforeAppend = static _ => throw new IOException("no flush");
        medium.BeforeProof = () =>
        {
            proofs++;
            throw new IOException("no flush");
        };
        await Assert.ThrowsAsync<JournalFailedException>(async () => await journal.CommitAsync(_ => [Of(2)], Ct));

        await AdvanceUntilAsync(() =>
        {
            Assert.Equal(JournalPhase.Failed, journal.Condition.Phase);
            return proofs >= 5;
        });
        await Assert.ThrowsAsync<JournalFailedException>(async () => await journal.CommitAsync(_ => [Of(2)], Ct));

        (medium.BeforeAppend, medium.BeforeProof) = (null, null);
        await AdvanceUntilAsync(() => journal.Condition.Phase == JournalPhase.Running);
        await journal.CommitAsync(_ => [Of(4)], Ct);
        Assert.Equal(new Tally(5, 2), journal.State);
    }

    [Fact]
    public async Task Another_writer_makes_it_reload_and_decide_again()
    {
        await journal.CommitAsync(_ => [Of(1)], Ct);
        var elsewhere = new MemoryJournalStore(medium);
        await elsewhere.AppendAsync(new(1), [new Counting().Encode(Of(8))], Noon, Ct);

        var outcome = await journal.CommitAsync(s => s.Sum == 9 ? [Of(1)] : [Of(100)], Ct);

        Assert.Equal(new Position(3), outcome.Position);
        Assert.Equal(new Tally(10, 3), journal.State);
    }

    [Fact]
    public async Task Opening_from_a_snapshot_folds_only_what_follows_it()
    {
        await journal.CommitAsync(_ => [Of(1), Of(2)], Ct);
        var snapshot = journal.Current with { State = new(1000, 2) };
        await journal.CommitAsync(_ => [Of(3)], Ct);

        await using var again = await StartedAsync(snapshot);

        Assert.Equal(new Tally(1003, 3), again.Journal.State);
    }

    [Fact]
    public async Task A_snapshot_of_another_history_is_not_believed()
    {
        await journal.CommitAsync(_ => [Of(1), Of(2)], Ct);
        var foreign = journal.Current with { Hash = ChainHash.Genesis, State = new(1000, 2) };

        await using var again = await StartedAsync(foreign);

        Assert.Equal(new Tally(3, 2), again.Journal.State);
    }

    [Fact]
    public async Task A_snapshot_ahead_of_a_journal_that_lost_its_tail_is_not_believed()
    {
        await journal.CommitAsync(_ => [Of(1)], Ct);

        await using var again = await StartedAsync(journal.Current with { Position = new(7), State = new(1000, 7) });

        Assert.Equal(new Tally(1, 1), again.Journal.State);
        Assert.Contains("event 7", again.Journal.TailLost, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_event_stops_the_writer_and_leaves_the_last_good_state()
    {
        await journal.CommitAsync(_ => [Of(1), Of(2), Of(3)], Ct);
        medium.Spoil(new(3), static e => e with { Body = "9"u8.ToArray() });

        await using var again = new Started(New(start: null));
        var fault = await Assert.ThrowsAsync<JournalFailedException>(async () => await again.Journal.WaitForOpenAsync(Ct));

        Assert.Contains("Event 3", fault.Message, StringComparison.Ordinal);
        Assert.Equal(JournalPhase.Corrupt, again.Journal.Condition.Phase);
        Assert.Equal(new Tally(3, 2), again.Journal.State);
    }

    [Fact]
    public async Task Waiting_ends_with_the_next_publication()
    {
        var waiting = journal.WaitAsync(Position.Start, Ct).AsTask();
        Assert.False(waiting.IsCompleted);

        await journal.CommitAsync(_ => [Of(1)], Ct);

        await waiting;
        Assert.Equal(new Position(1), journal.Position);
    }

    [Fact]
    public async Task A_class_that_is_not_admitted_is_refused_and_the_other_is_written()
    {
        var tight = new Journal<Tally, Added>(
            _ => new(new MemoryJournalStore(medium)), new Counting(), null, time, JournalLimits.Default, NullLogger.Instance)
        {
            Admission = static c => c == CommitClass.Ordinary ? new Refusal("disk_full", "The disk is full.") : null,
        };
        await using var again = new Started(tight);

        var ordinary = await tight.CommitAsync(_ => [Of(1)], Ct);
        var essential = await tight.CommitAsync(_ => [Of(1)], CommitClass.Essential, Ct);

        Assert.Equal("disk_full", ordinary.Refusal?.Code);
        Assert.True(essential.Accepted);
    }

    [Fact]
    public async Task A_closed_journal_answers_instead_of_keeping_callers_waiting()
    {
        await journal.WaitForOpenAsync(Ct);
        await stopping.CancelAsync();
        await running;

        await Assert.ThrowsAsync<JournalFailedException>(async () => await journal.CommitAsync(_ => [Of(1)], Ct));
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        stopping.Dispose();
    }

    private static Added Of(long amount) => new(amount, Noon);

    private Journal<Tally, Added> New(Published<Tally>? start) => new(
        _ => new(new MemoryJournalStore(medium)), new Counting(), start, time, JournalLimits.Default, NullLogger.Instance);

    private async Task<Started> StartedAsync(Published<Tally> snapshot)
    {
        var started = new Started(New(snapshot));
        await started.Journal.WaitForOpenAsync(Ct);
        return started;
    }

    private async Task AdvanceUntilAsync(Func<bool> reached)
    {
        while (!reached())
        {
            time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }
    }

    private sealed class Started : IAsyncDisposable
    {
        private readonly CancellationTokenSource stop = new();
        private readonly Task running;

        public Started(Journal<Tally, Added> journal)
        {
            Journal = journal;
            running = journal.RunAsync(stop.Token);
        }

        public Journal<Tally, Added> Journal { get; }

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            await running;
            stop.Dispose();
        }
    }
}
