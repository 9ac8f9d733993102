using System.Text;
using Candor.Journal;

namespace Candor.Tests.Contracts;

/// <summary>What every journal store promises. A store passes by inheriting this and saying how it is opened.</summary>
public abstract class JournalStoreContract : IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly List<IJournalStore> opened = [];

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_journal_is_empty()
    {
        var store = await OpenAsync();

        Assert.Equal((Position.Start, ChainHash.Genesis), store.Head);
        Assert.Empty(await store.ReadAsync(Position.Start, 10, Ct));
    }

    [Fact]
    public async Task A_proof_that_it_can_be_written_changes_nothing()
    {
        var store = await OpenAsync();
        await store.ProveAsync(Ct);
        await store.AppendAsync(Position.Start, Events("a"), Noon, Ct);
        var head = store.Head;

        await store.ProveAsync(Ct);

        Assert.Equal(head, store.Head);
        Assert.Equal(["a"], Bodies(await store.ReadAsync(Position.Start, 10, Ct)));
        await store.AppendAsync(new(1), Events("b"), Noon, Ct);
        Assert.Equal(["a", "b"], Bodies(await store.ReadAsync(Position.Start, 10, Ct)));
    }

    [Fact]
    public async Task Positions_are_dense_from_one_in_the_order_of_the_appends()
    {
        var store = await OpenAsync();

        await store.AppendAsync(Position.Start, Events("a", "b"), Noon, Ct);
        var second = await store.AppendAsync(new(2), Events("c"), Noon, Ct);

        Assert.Equal(new Position(3), Assert.Single(second).Position);
        Assert.Equal(["a", "b", "c"], Bodies(await store.ReadAsync(Position.Start, 10, Ct)));
        Assert.Equal([1, 2, 3], (await store.ReadAsync(Position.Start, 10, Ct)).Select(static e => e.Position.Value));
        Assert.Equal(new Position(3), store.Head.Position);
    }

    [Fact]
    public async Task What_was_appended_is_read_back_to_the_last_bit()
    {
        var store = await OpenAsync();
        var body = Enumerable.Range(0, 70_000).Select(static i => (byte)(i * 31)).ToArray();
        var occurred = new DateTimeOffset(2021, 2, 16, 10, 18, 0, TimeSpan.FromHours(1)).AddTicks(1234567);
        var arrived = occurred.AddSeconds(3);

        var returned = await store.AppendAsync(
            Position.Start, [new("incident.opened", body, occurred, arrived), new("ä.ö", default, Noon, Noon)], Noon, Ct);
        var read = await store.ReadAsync(Position.Start, 10, Ct);

        Assert.Equal(body, read[0].Body.ToArray());
        Assert.Equal("incident.opened", read[0].Kind);
        Assert.Equal("ä.ö", read[1].Kind);
        Assert.True(read[1].Body.IsEmpty);
        Assert.Equal((occurred, arrived, Noon), (read[0].OccurredAt, read[0].ArrivedAt, read[0].CommittedAt));
        Assert.Equal(TimeSpan.Zero, read[0].OccurredAt.Offset);
        Assert.Equal(returned.Select(static e => e.Hash), read.Select(static e => e.Hash));
        Assert.Equal(store.Head.Hash, read[1].Hash);
    }

    [Fact]
    public async Task Each_hash_seals_the_event_and_the_one_before_it()
    {
        var store = await OpenAsync();
        await store.AppendAsync(Position.Start, Events("a", "b", "c"), Noon, Ct);

        var previous = ChainHash.Genesis;
        foreach (var e in await store.ReadAsync(Position.Start, 10, Ct))
        {
            Assert.Equal(Chain.Link(previous, e.Stamp, e.Kind, e.Body.Span), e.Hash);
            previous = e.Hash;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Another_expected_position_changes_nothing(long expected)
    {
        var store = await OpenAsync();
        await store.AppendAsync(Position.Start, Events("a", "b"), Noon, Ct);

        var fault = await Assert.ThrowsAsync<ExpectedPositionException>(
            async () => await store.AppendAsync(new(expected), Events("x"), Noon, Ct));

        Assert.Equal(new Position(2), fault.Actual);
        Assert.Equal(new Position(2), store.Head.Position);
        await store.AppendAsync(new(2), Events("c"), Noon, Ct);
        Assert.Equal(["a", "b", "c"], Bodies(await store.ReadAsync(Position.Start, 10, Ct)));
    }

    [Fact]
    public async Task Appending_nothing_changes_nothing()
    {
        var store = await OpenAsync();

        Assert.Empty(await store.AppendAsync(Position.Start, [], Noon, Ct));
        await store.AppendAsync(Position.Start, Events("a"), Noon, Ct);

        Assert.Equal(new Position(1), store.Head.Position);
    }

    [Fact]
    public async Task A_page_begins_behind_its_position_and_holds_no_more_than_asked()
    {
        var store = await OpenAsync();
        await store.AppendAsync(Position.Start, Events("a", "b", "c", "d", "e"), Noon, Ct);

        Assert.Equal(["c", "d"], Bodies(await store.ReadAsync(new(2), 2, Ct)));
        Assert.Equal(["e"], Bodies(await store.ReadAsync(new(4), 100, Ct)));
        Assert.Empty(await store.ReadAsync(new(5), 100, Ct));
        Assert.Empty(await store.ReadAsync(new(500), 100, Ct));
    }

    [Fact]
    public async Task Pages_of_any_size_read_the_same_events()
    {
        var store = await OpenAsync();
        var written = Enumerable.Range(0, 1000).Select(static i => $"event {i}").ToArray();
        await store.AppendAsync(Position.Start, Events(written), Noon, Ct);

        foreach (var size in (int[])[1, 7, 64, 999, 1000, 5000])
        {
            var read = new List<string>();
            for (var at = Position.Start; await store.ReadAsync(at, size, Ct) is { Count: > 0 } page; at = page[^1].Position)
            {
                read.AddRange(Bodies(page));
            }

            Assert.Equal(written, read);
        }
    }

    [Fact]
    public async Task Closing_and_opening_finds_everything_and_goes_on()
    {
        var first = await OpenAsync();
        await first.AppendAsync(Position.Start, Events("a", "b"), Noon, Ct);
        var head = first.Head;
        await first.DisposeAsync();

        var second = await OpenAsync();

        Assert.Equal(head, second.Head);
        await second.AppendAsync(new(2), Events("c"), Noon, Ct);
        Assert.Equal(["a", "b", "c"], Bodies(await second.ReadAsync(Position.Start, 10, Ct)));
    }

    [Fact]
    public async Task Appending_is_refused_when_it_was_cancelled_before_it_began()
    {
        var store = await OpenAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await store.AppendAsync(Position.Start, Events("a"), Noon, new CancellationToken(canceled: true)));

        Assert.Equal(Position.Start, store.Head.Position);
    }

    [Fact]
    public async Task A_damaged_event_is_named_and_never_served()
    {
        var store = await OpenAsync();
        await store.AppendAsync(Position.Start, Events("a", "b", "c", "d", "e"), Noon, Ct);
        await store.DisposeAsync();
        await SpoilAsync(new(3));
        store = await OpenAsync();

        Assert.Equal(["a", "b"], Bodies(await store.ReadAsync(Position.Start, 10, Ct)));
        var fault = await Assert.ThrowsAsync<JournalCorruptException>(
            async () => await store.ReadAsync(new(2), 10, Ct));

        Assert.Equal(new Position(3), fault.Position);
        Assert.Contains("candor restore", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readers_see_whole_appends_only_while_a_writer_is_at_work()
    {
        var store = await OpenAsync();
        var writer = Task.Run(
            async () =>
            {
                for (var i = 0; i < 200; i++)
                {
                    await store.AppendAsync(new(i * 5), Events("a", "b", "c", "d", "e"), Noon, Ct);
                }
            },
            Ct);

        while (!writer.IsCompleted)
        {
            var (position, hash) = store.Head;
            var seen = position == Position.Start ? [] : await store.ReadAsync(new(position.Value - 1), 1, Ct);
            Assert.All(seen, e => Assert.Equal(hash, e.Hash));
            Assert.Equal(0, position.Value % 5);
        }

        await writer;
        Assert.Equal(new Position(1000), store.Head.Position);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in opened)
        {
            await store.DisposeAsync();
        }

        await RemoveAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the same journal each time.</summary>
    private protected abstract ValueTask<IJournalStore> CreateAsync();

    /// <summary>Changes the body of a stored event behind the store's back; no store is open meanwhile.</summary>
    private protected abstract ValueTask SpoilAsync(Position position);

    private protected virtual ValueTask RemoveAsync() => default;

    private protected async ValueTask<IJournalStore> OpenAsync()
    {
        var store = await CreateAsync();
        opened.Add(store);
        return store;
    }

    private protected static NewEvent[] Events(params string[] bodies) =>
        [.. bodies.Select(static b => new NewEvent("test.said", Encoding.UTF8.GetBytes(b), Noon, Noon))];

    private protected static IEnumerable<string> Bodies(IEnumerable<Envelope> events) =>
        events.Select(static e => Encoding.UTF8.GetString(e.Body.Span));
}
