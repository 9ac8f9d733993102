using Candor.Journal;
using Candor.Notices.Queue;
using Candor.Notices.Streams;
using Candor.State;

namespace Candor.Tests.Contracts;

/// <summary>What every queue store does, whatever it is made of.</summary>
public abstract class QueueStoreContract
{
    private protected static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private protected static readonly Topic Outage = Topic.Of(new IncidentId("outage000000"));
    private protected static readonly Topic Other = Topic.Of(new IncidentId("other0000000"));

    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected abstract ValueTask<IQueueStore> OpenAsync();

    [Fact]
    public async Task What_was_written_is_there_after_opening_again_with_the_place()
    {
        var stream = Pending(1).Begin("webhook", Noon).Lose(Noon.AddMinutes(2), "interrupted", crashed: true);
        await using (var store = await OpenAsync())
        {
            Assert.Equal((Position.Start, 0), await LoadedAsync(store));
            await store.WriteAsync([stream, Pending(2)], new Position(7), Ct);
            await store.WriteAsync([Pending(2).Begin("webhook", Noon)], null, Ct);
        }

        await using var again = await OpenAsync();
        var read = new List<NoticeStream>();
        Assert.Equal(new Position(7), await again.LoadAsync(read.Add, Ct));
        Assert.Equal(2, read.Count);
        var kept = read.Single(one => one.Subscriber == stream.Subscriber);
        Assert.Equal(stream.Pieces, kept.Pieces);
        Assert.Equal(stream with { Pieces = [] }, kept with { Pieces = [] });
        Assert.Equal(1, read.Count(static one => one.Attempt is not null));
    }

    [Fact]
    public async Task The_streams_of_one_topic_are_read_a_piece_at_a_time()
    {
        await using var store = await OpenAsync();
        await store.LoadAsync(static _ => { }, Ct);
        await store.WriteAsync([Pending(1), Pending(2), Pending(1) with { Topic = Other }], null, Ct);

        Assert.Equal(Other, Assert.Single((await store.ReadAsync(new(Other, null, 10), Ct)).Streams).Topic);
        var first = await store.ReadAsync(new(Outage, null, 1), Ct);
        Assert.Equal((Pending(1).Subscriber, Pending(1).Subscriber), (Assert.Single(first.Streams).Subscriber, first.Next));
        var rest = await store.ReadAsync(new(Outage, first.Next, 2), Ct);
        Assert.Equal((Pending(2).Subscriber, null), (Assert.Single(rest.Streams).Subscriber, rest.Next));

        // Whom nobody asks for is looked at and not read.
        var one = await store.ReadAsync(new(Outage, null, 1) { Wanted = static who => who == Pending(2).Subscriber }, Ct);
        Assert.Equal((0, Pending(1).Subscriber), (one.Streams.Count, one.Next));
    }

    [Fact]
    public async Task What_is_forgotten_is_gone_for_good_and_nothing_else()
    {
        await using (var store = await OpenAsync())
        {
            await store.LoadAsync(static _ => { }, Ct);
            await store.WriteAsync([Pending(1), Pending(2), Pending(1) with { Topic = Other }], new Position(7), Ct);

            await store.ForgetAsync([new(Pending(1).Subscriber, Outage), new(Pending(9).Subscriber, Outage)], Ct);
            Assert.Equal(2, (await LoadedAsync(store)).Count);
        }

        await using var again = await OpenAsync();
        Assert.Equal((new Position(7), 2), await LoadedAsync(again));
        Assert.Equal(Pending(2).Subscriber, Assert.Single((await again.ReadAsync(new(Outage, null, 10), Ct)).Streams).Subscriber);
    }

    private protected static NoticeStream Pending(int number) =>
        new NoticeStream(new($"sub{number:000000000}"), Outage).Accept([new(1, Noon, PieceState.Pending), new(2, Noon.AddMinutes(1), PieceState.Pending)]);

    private protected static async Task<(Position Done, int Count)> LoadedAsync(IQueueStore store)
    {
        var count = 0;
        var done = await store.LoadAsync(_ => count++, Ct);
        return (done, count);
    }
}
