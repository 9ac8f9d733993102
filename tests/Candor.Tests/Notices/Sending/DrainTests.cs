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

    [Fact]
    public void P_32_A_backlog_ramps_up_to_what_the_receiver_takes_and_holds_nothing_fresh_up()
    {
        var random = new Random(7);
        var timing = new ChannelTiming(TimeSpan.FromMinutes(5), TimeSpan.FromHours(24)) { Nominal = Nominal, WorkersMost = 2_000 };
        var dispatch = new Dispatch(timing, random.NextDouble);
        var freshSince = new Dictionary<StreamKey, TimeSpan>();
        var waits = new List<TimeSpan>();
        for (var i = 0; i < Queued; i++)
        {
            dispatch.Offer(Key("late", i), "receiver", Lane.Backlog, new(IsOver: false, Noon), TimeSpan.Zero);
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
                dispatch.Offer(key, "receiver", Lane.Fresh, new(IsOver: false, Noon), now);
            }

            while (answers.TryPeek(out var answer) && answer.At <= now)
            {
                answers.Dequeue();
                dispatch.Answered(answer.Stream, answer.Taken ? Handover.Delivered("200") : Handover.TryAgain(Blame.None, "throttled", "429", stress: true), now);
                if (!answer.Taken)
                {
                    refused++;
                    dispatch.Offer(answer.Stream, "receiver", Lane.Retry, new(IsOver: false, Noon), now + TimeSpan.FromSeconds(2 * random.NextDouble()));
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

    private static StreamKey Key(string kind, int number) => new(new($"{kind}{number}"), new Topic("incident:" + kind));
}
