using System.Text;
using Candor.Journal;
using Candor.Journal.Memory;
using Candor.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Tests.Journal;

public sealed class FollowerTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly CancellationTokenSource stopping = new();
    private readonly ManualTimeProvider time = new(Noon);
    private readonly Journal<Tally, Added> journal;
    private readonly MemoryCursor cursor = new(Position.Start);
    private readonly List<string> handled = [];
    private readonly Task running;
    private Task following = Task.CompletedTask;
    private Func<Envelope, Exception?> failing = static _ => null;

    public FollowerTests()
    {
        var medium = new MemoryJournalMedium();
        journal = new(
            _ => new(new MemoryJournalStore(medium)), new Counting(), null, time, JournalLimits.Default, NullLogger.Instance);
        running = journal.RunAsync(stopping.Token);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_are_handled_in_order_and_the_cursor_follows()
    {
        await AddAsync(1, 2, 3);
        var follower = Start();

        await UntilAsync(() => follower.Condition.Phase == FollowerPhase.CaughtUp && handled.Count == 3);
        await AddAsync(4);
        await UntilAsync(() => follower.Condition.Position == new Position(4));

        Assert.Equal(["1", "2", "3", "4"], handled);
        Assert.Equal(new Position(4), cursor.Saved);
        Assert.Equal(0, follower.LagEvents);
        Assert.Equal(TimeSpan.Zero, follower.Lag);
    }

    [Fact]
    public async Task It_goes_on_behind_what_was_done_before_the_restart()
    {
        await AddAsync(1, 2, 3);
        await cursor.SaveAsync(new(2), Ct);

        Start();

        await UntilAsync(() => cursor.Saved == new Position(3));
        Assert.Equal(["3"], handled);
    }

    [Fact]
    public async Task A_transient_fault_is_tried_again_until_it_passes_and_nothing_is_skipped()
    {
        await AddAsync(1, 2, 3);
        var attempts = 0;
        failing = e => e.Position == new Position(2) && ++attempts < 12 ? new IOException("unreachable") : null;

        var follower = Start();

        await UntilAsync(() => follower.Condition.Position == new Position(3), TimeSpan.FromSeconds(10));
        Assert.Equal(12, attempts);
        Assert.Equal(["1", "2", "3"], handled.Distinct());
    }

    [Fact]
    public async Task A_poison_event_stops_this_follower_alone_and_says_which_event_and_why()
    {
        await AddAsync(1, 2, 3);
        failing = e => e.Position == new Position(2) ? new FormatException("cannot be read") : null;
        var sick = Start();
        var well = new List<string>();
        var healthy = new Follower("healthy", journal, new MemoryCursor(Position.Start), Into(well), time, NullLogger.Instance);
        var runs = healthy.RunAsync(stopping.Token);

        await UntilAsync(() => sick.Condition.Phase == FollowerPhase.Poisoned, TimeSpan.FromSeconds(1));
        await UntilAsync(() => healthy.Condition.Phase == FollowerPhase.CaughtUp && well.Count == 3);

        Assert.Contains("Event 2", sick.Condition.Reason, StringComparison.Ordinal);
        Assert.Contains("cannot be read", sick.Condition.Reason, StringComparison.Ordinal);
        Assert.Equal(new Position(1), cursor.Saved);
        Assert.Equal(2, sick.LagEvents);
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.True(sick.Lag >= TimeSpan.FromMinutes(5));

        failing = static _ => null;
        sick.Release();
        await UntilAsync(() => cursor.Saved == new Position(3));
        Assert.Equal(["1", "2", "3"], handled.Distinct());
        await stopping.CancelAsync();
        await runs;
    }

    [Fact]
    public async Task A_follower_killed_between_handling_and_moving_handles_the_page_again()
    {
        await AddAsync(1, 2);
        var dying = new Follower("dying", journal, new BrokenCursor(), Into(handled), time, NullLogger.Instance);
        using var kill = new CancellationTokenSource();
        var runs = dying.RunAsync(kill.Token);
        await UntilAsync(() => handled.Count >= 2);
        await kill.CancelAsync();
        await runs;

        handled.Clear();
        Start();

        await UntilAsync(() => cursor.Saved == new Position(2));
        Assert.Equal(["1", "2"], handled);
    }

    [Fact]
    public async Task A_cursor_ahead_of_a_journal_that_lost_its_tail_is_set_back_so_that_nothing_new_is_skipped()
    {
        await AddAsync(1);
        await cursor.SaveAsync(new(50), Ct);
        var follower = Start();
        await UntilAsync(() => follower.Condition.Phase == FollowerPhase.CaughtUp);

        await AddAsync(2);

        await UntilAsync(() => cursor.Saved == new Position(2));
        Assert.Equal(["2"], handled);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        await following;
        stopping.Dispose();
    }

    private static Func<IReadOnlyList<Envelope>, CancellationToken, ValueTask> Into(List<string> list) => (page, _) =>
    {
        list.AddRange(page.Select(static e => Encoding.UTF8.GetString(e.Body.Span)));
        return default;
    };

    private Follower Start()
    {
        var follower = new Follower("test", journal, cursor, HandleAsync, time, NullLogger.Instance);
        following = follower.RunAsync(stopping.Token);
        return follower;
    }

    private ValueTask HandleAsync(IReadOnlyList<Envelope> page, CancellationToken cancellation)
    {
        foreach (var e in page)
        {
            if (failing(e) is { } fault)
            {
                throw fault;
            }

            handled.Add(Encoding.UTF8.GetString(e.Body.Span));
        }

        return default;
    }

    private async Task AddAsync(params long[] amounts) =>
        await journal.CommitAsync(_ => Decision.Of<Added>([.. amounts.Select(static a => new Added(a, Noon))]), Ct);

    private async Task UntilAsync(Func<bool> reached, TimeSpan step = default)
    {
        while (!reached())
        {
            Ct.ThrowIfCancellationRequested();
            time.Advance(step);
            await Task.Yield();
        }
    }

    private sealed class BrokenCursor : ICursor
    {
        public ValueTask<Position> LoadAsync(CancellationToken cancellation) => new(Position.Start);

        public ValueTask SaveAsync(Position done, CancellationToken cancellation) => throw new IOException("killed here");
    }
}
