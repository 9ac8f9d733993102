using Candor.Notices.Channels;
using Candor.Notices.Sending;
using Candor.Notices.Streams;
using Candor.State;

namespace Candor.Tests.Notices.Sending;

/// <summary>A backlog goes out to a receiver whose capacity moves, while something fresh happens all the time. In virtual time.</summary>
public sealed class DrainTests(ITestOutputHelper output)
{
    private const int Queued = 200_000;
    private const double Nominal = 1_000;
    private const int FreshPerSecond = 20;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(20);
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <param name="domains">By one server for all of them where there are several, as mail goes.</param>
    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void P_32_A_backlog_ramps_up_to_what_the_receiver_takes_and_holds_nothing_fresh_up(int domains)
    {
        var random = new Random(7);
        var timing = new ChannelTiming(TimeSpan.FromMinutes(5), TimeSpan.FromHours(24)) { Nominal = Nominal, WorkersMost = 2_000 };
        var dispatch = new Dispatch(timing, random.NextDouble, domains > 1 ? new(Nominal) : null);
        var freshSince = new Dictionary<StreamKey, TimeSpan>();
        var waits = new List<TimeSpan>();
        for (var i = 0; i < Queued; i++)
        {
            dispatch.Offer(Key("late", i), DomainOf(i, domains), Lane.Backlog, new(IsOver: false, Noon), TimeSpan.Zero);
        }

        var answers = new Queue<(StreamKey Stream, TimeSpan At, bool Taken)>();
        var (left, fresh, refused, most, room) = (Queued, 0, 0, 0.0, 0.0);
        var (now, firstSecond) = (TimeSpan.Zero, 0);
        var attemptsOfSecond = 0;
        while (left > 0)
        {
            now += Step;
            var limit = LimitAt(now);
            room = Math.Min(room + limit * Step.TotalSeconds, limit / 10);
            if (now.Ticks % TimeSpan.FromSeconds(1.0 / FreshPerSecond).Ticks == 0)
            {
                var key = Key("fresh", ++fresh);
                freshSince[key] = now;
                dispatch.Offer(key, DomainOf(fresh, domains), Lane.Fresh, new(IsOver: false, Noon), now);
            }

            while (answers.TryPeek(out var answer) && answer.At <= now)
            {
                answers.Dequeue();
                dispatch.Answered(answer.Stream, answer.Taken ? Handover.Delivered("200") : Handover.TryAgain(Blame.None, "throttled", "429", stress: true), now);
                if (!answer.Taken)
                {
                    refused++;
                    dispatch.Offer(answer.Stream, DomainOf(refused, domains), Lane.Retry, new(IsOver: false, Noon), now + TimeSpan.FromSeconds(2 * random.NextDouble()));
                }
                else if (freshSince.Remove(answer.Stream, out var since))
                {
                    waits.Add(now - since);
                }
                else
                {
                    left--;
                }
            }

            while (dispatch.TryTake(now, out var stream))
            {
                attemptsOfSecond++;
                room -= 1;
                answers.Enqueue((stream, now + Latency, room >= 0));
                room = Math.Max(room, 0);
            }

            if (now.Ticks % TimeSpan.TicksPerSecond == 0)
            {
                firstSecond = firstSecond == 0 ? attemptsOfSecond : firstSecond;
                most = Math.Max(most, attemptsOfSecond / limit);
                attemptsOfSecond = 0;
            }

            Assert.True(now < TimeSpan.FromHours(1), $"{left} are left after an hour");
        }

        var needed = Needed();
        waits.Sort();
        var p99 = waits[(int)(waits.Count * 0.99)];
        output.WriteLine($"{Queued} in {now.TotalSeconds:F0} s, ideal {needed:F0} s ({now.TotalSeconds / needed:F2} x); most attempts {most:F2} x the limit; refused {refused}; fresh p99 {p99.TotalSeconds:F2} s of {waits.Count}; first second {firstSecond}");
        Assert.True(firstSecond <= Nominal / 20, $"it began with {firstSecond} in the first second");
        Assert.True(most <= 1.1, $"{most:F2} times the limit");
        Assert.True(p99 <= TimeSpan.FromSeconds(5), $"fresh waited {p99}");
        Assert.True(now.TotalSeconds <= 1.3 * needed, $"{now.TotalSeconds / needed:F2} times the ideal");
    }

    [Fact]
    public void A_crowd_that_is_more_than_a_server_takes_becomes_its_backlog_and_what_comes_later_goes_first()
    {
        const int crowd = 20_000;
        const double limit = Nominal / 5;
        var random = new Random(7);
        var timing = new ChannelTiming(TimeSpan.FromMinutes(5), TimeSpan.FromHours(24)) { Nominal = Nominal, WorkersMost = 64 };
        var dispatch = new Dispatch(timing, random.NextDouble, new(Nominal));
        var numbers = new Dictionary<StreamKey, int>();
        for (var i = 0; i < crowd; i++)
        {
            numbers[Key("crowd", i)] = i;
            dispatch.Offer(Key("crowd", i), DomainOf(i, 100), Lane.Fresh, new(IsOver: false, Noon), TimeSpan.Zero);
        }

        var answers = new Queue<(StreamKey Stream, TimeSpan At, bool Taken)>();
        var (told, later, tries, room, now) = (0, new Dictionary<StreamKey, TimeSpan>(), 0, 0.0, TimeSpan.Zero);
        while (told < crowd)
        {
            now += Step;
            room = Math.Min(room + (limit * Step.TotalSeconds), limit / 10);
            if (now == TimeSpan.FromSeconds(20))
            {
                for (var i = 0; i < 50; i++)
                {
                    dispatch.Offer(Key("later", i), "other.example", Lane.Fresh, new(IsOver: false, Noon.AddMinutes(1)), now);
                }
            }

            while (answers.TryPeek(out var answer) && answer.At <= now)
            {
                answers.Dequeue();
                dispatch.Answered(answer.Stream, answer.Taken ? Handover.Delivered("250") : Handover.TryAgain(Blame.None, "throttled", "450", stress: true), now);
                if (!answer.Taken)
                {
                    dispatch.Offer(answer.Stream, DomainOf(numbers[answer.Stream], 100), Lane.Retry, new(IsOver: false, Noon), now + TimeSpan.FromSeconds(2 * random.NextDouble()));
                }
                else if (answer.Stream.Topic.Value == "incident:later")
                {
                    later[answer.Stream] = now;
                }
                else
                {
                    told++;
                }
            }

            while (dispatch.InFlight < timing.WorkersMost && dispatch.TryTake(now, out var stream))
            {
                tries++;
                answers.Enqueue((stream, now + Latency, room >= 1));
                room -= room >= 1 ? 1 : 0;
            }

            Assert.True(now < TimeSpan.FromHours(1), $"{told} are told after an hour");
        }

        output.WriteLine($"{crowd} in {now.TotalSeconds:F0} s ({now.TotalSeconds / (crowd / limit):F2} x ideal), {tries - crowd - later.Count} refused; {later.Count} later ones by {later.Values.Max().TotalSeconds - 20:F1} s");
        Assert.Equal(50, later.Count);
        Assert.True(later.Values.Max() <= TimeSpan.FromSeconds(25), $"what came later was told at {later.Values.Max()}");
        Assert.True(tries - crowd <= crowd / 10, $"{tries} tries for {crowd}");
        Assert.True(now.TotalSeconds <= 1.5 * crowd / limit, $"{now.TotalSeconds:F0} s");
    }

    [Fact]
    public void What_our_own_store_takes_is_nothing_to_spare_a_receiver_for()
    {
        var timing = new ChannelTiming(TimeSpan.FromMinutes(5), TimeSpan.FromHours(24)) { Nominal = Nominal, WorkersMost = 2_000 };
        var server = new OneServer(Nominal);
        var dispatch = new Dispatch(timing, static () => 0.5, server);
        for (var i = 0; i < 100_000; i++)
        {
            dispatch.Offer(Key("late", i), DomainOf(i, 100), Lane.Backlog, new(IsOver: false, Noon), TimeSpan.Zero);
        }

        var answers = new Queue<(StreamKey Stream, TimeSpan At)>();
        for (var now = TimeSpan.Zero; now < TimeSpan.FromSeconds(70); now += Step)
        {
            while (answers.TryPeek(out var answer) && answer.At <= now)
            {
                dispatch.Answered(answers.Dequeue().Stream, Handover.Delivered("250"), now, Latency);
            }

            while (dispatch.TryTake(now, out var stream))
            {
                // After a minute each write here takes ten times as long; the receiver is as quick as before.
                answers.Enqueue((stream, now + (now < TimeSpan.FromSeconds(60) ? Latency : Latency * 10)));
            }
        }

        Assert.Equal(Nominal, server.PerSecond);
    }

    [Fact]
    public void A_server_that_was_away_is_back_for_every_domain_at_once_and_slowly()
    {
        const int domains = 50;
        var timing = new ChannelTiming(TimeSpan.FromMinutes(5), TimeSpan.FromHours(24)) { Nominal = Nominal, WorkersMost = 2_000 };
        var dispatch = new Dispatch(timing, static () => 0.5, new(Nominal));
        for (var i = 0; i < 20_000; i++)
        {
            dispatch.Offer(Key("late", i), DomainOf(i, domains), Lane.Fresh, new(IsOver: false, Noon), TimeSpan.Zero);
        }

        var (back, ends) = (TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(160));
        var taken = new Dictionary<int, int>();
        for (var now = TimeSpan.Zero; now < ends; now += Step)
        {
            while (dispatch.TryTake(now, out var stream))
            {
                dispatch.Answered(stream, now >= back ? Handover.Delivered("250") : Handover.TryAgain(Blame.Destination, "server_unavailable", "421"), now);
                taken[(int)now.TotalSeconds] = taken.GetValueOrDefault((int)now.TotalSeconds) + 1;
            }
        }

        var first = taken.Keys.Where(second => second >= 100 && taken[second] >= Nominal / 200).Min();
        output.WriteLine($"back at 100 s; from {first} s on {string.Join(' ', Enumerable.Range(first, 12).Select(second => taken.GetValueOrDefault(second)))}");
        Assert.True(first <= 100 + 38, $"the first probe after it was back came at {first} s");
        Assert.All(Enumerable.Range(first, 3), second => Assert.InRange(taken.GetValueOrDefault(second), 1, Nominal / 10));
        Assert.All(Enumerable.Range(first + 8, 4), second => Assert.InRange(taken.GetValueOrDefault(second), Nominal / 10, Nominal / 3));
    }

    /// <summary>What the receiver takes in a second: between 0.6 and 1.2 of what it takes when it is well.</summary>
    private static double LimitAt(TimeSpan now) => Nominal * (0.9 + 0.3 * Math.Sin(now.TotalSeconds / 40));

    /// <summary>How long it takes whoever knows the limit at each moment.</summary>
    private static double Needed()
    {
        var (sent, second) = (0.0, 0);
        while (sent < Queued)
        {
            sent += Math.Min(Nominal, LimitAt(TimeSpan.FromSeconds(second++))) - FreshPerSecond;
        }

        return second;
    }

    private static string DomainOf(int number, int domains) => $"domain{number % domains}.example";

    private static StreamKey Key(string kind, int number) => new(new($"{kind}{number}"), new Topic("incident:" + kind));
}
