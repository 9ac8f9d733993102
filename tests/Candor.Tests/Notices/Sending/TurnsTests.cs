using Candor.Notices.Channels;
using Candor.Notices.Sending;
using Candor.Notices.Streams;
using static Candor.Tests.Notices.NoticeWorld;

namespace Candor.Tests.Notices.Sending;

/// <summary>Whose turn it is of those that wait.</summary>
public sealed class TurnsTests
{
    private static readonly TimeSpan Now = TimeSpan.FromHours(1);

    [Theory]
    [InlineData("Fresh")]
    [InlineData("Backlog")]
    public void What_is_open_comes_before_what_is_over_and_the_newest_first(string lane)
    {
        var dispatch = new Dispatch(Timing(workers: 1_000), static () => 0.5);
        Offer(dispatch, 1, "one", Enum.Parse<Lane>(lane), isOver: true, minutes: 9);
        Offer(dispatch, 2, "one", Enum.Parse<Lane>(lane), isOver: false, minutes: 2);
        Offer(dispatch, 3, "one", Enum.Parse<Lane>(lane), isOver: true, minutes: 1);
        Offer(dispatch, 4, "one", Enum.Parse<Lane>(lane), isOver: false, minutes: 8);

        var order = new List<int>();
        for (var second = 0; order.Count < 4 && second < 60; second++)
        {
            order.AddRange(TakeAll(dispatch, Now + TimeSpan.FromSeconds(second)));
        }

        Assert.Equal([4, 2, 1, 3], order);
    }

    [Fact]
    public void Half_of_the_workers_are_kept_for_what_is_fresh_however_much_is_behind()
    {
        var dispatch = new Dispatch(Timing(workers: 10), static () => 0.5);
        for (var number = 1; number <= 20; number++)
        {
            Offer(dispatch, number, $"behind{number}", Lane.Backlog, isOver: false, minutes: number);
        }

        Assert.Equal(5, TakeAll(dispatch, Now).Count);
        for (var number = 21; number <= 25; number++)
        {
            Offer(dispatch, number, $"fresh{number}", Lane.Fresh, isOver: false, minutes: number);
        }

        Assert.Equal([21, 22, 23, 24, 25], TakeAll(dispatch, Now).Order());
        Assert.Empty(TakeAll(dispatch, Now + TimeSpan.FromSeconds(10)));
    }

    [Theory]
    [InlineData("Backlog", 1, "domain")]
    [InlineData("Backlog", 30, "domain")]
    [InlineData("Backlog", 5, "other")]
    [InlineData("Retry", 1, "domain")]
    [InlineData("Retry", 30, "domain")]
    public void Every_tenth_turn_is_for_what_is_behind_also_while_a_server_is_spared_and_a_crowd_is_fresh(string lane, int domains, string behindAt)
    {
        const int crowd = 4_000;
        var server = new OneServer(nominal: 1_000);
        var dispatch = new Dispatch(Timing(workers: 1_000) with { Nominal = 1_000 }, static () => 0.5, server);
        server.Answered(Now, Handover.TryAgain(Blame.None, "throttled", "450", stress: true), behind: true);
        for (var number = 1; number <= 2 * crowd; number++)
        {
            var isFresh = number <= crowd;
            Offer(dispatch, number, $"{(isFresh ? "domain" : behindAt)}{number % domains}", isFresh ? Lane.Fresh : Enum.Parse<Lane>(lane), isOver: false, minutes: number % 9);
        }

        var order = new List<int>();
        for (var now = Now; order.Count < 3_000 && now < Now + TimeSpan.FromMinutes(5); now += TimeSpan.FromMilliseconds(5))
        {
            while (dispatch.TryTake(now, out StreamKey stream))
            {
                order.Add(NumberOf(stream));
                dispatch.Answered(stream, Handover.Delivered("250"), now);
            }
        }

        // In the first seconds, and when it has become quick.
        Assert.InRange(order.Take(500).Count(static number => number > crowd), 40, 125);
        Assert.InRange(order.Skip(2_500).Take(500).Count(static number => number > crowd), 40, 125);
    }

    private static ChannelTiming Timing(int workers) =>
        new(TimeSpan.FromMinutes(5), TimeSpan.FromHours(24)) { WorkersMost = workers };

    private static void Offer(Dispatch dispatch, int number, string destination, Lane lane, bool isOver, int minutes) =>
        dispatch.Offer(new(IdOf(number), OutageTopic), destination, lane, new(isOver, Noon.AddMinutes(minutes)), Now);

    private static List<int> TakeAll(Dispatch dispatch, TimeSpan now)
    {
        var taken = new List<int>();
        while (dispatch.TryTake(now, out StreamKey stream))
        {
            taken.Add(NumberOf(stream));
        }

        return taken;
    }

    private static int NumberOf(StreamKey stream) => int.Parse(stream.Subscriber.Value.AsSpan(3), System.Globalization.CultureInfo.InvariantCulture);
}
