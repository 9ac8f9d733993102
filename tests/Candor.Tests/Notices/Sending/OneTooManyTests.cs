using System.Globalization;
using Candor.Effects;
using Candor.Notices;
using Candor.Notices.Channels;
using Candor.Notices.Sending;
using Candor.Notices.Streams;
using Candor.State;
using Candor.State.Incidents;
using static Candor.Tests.Notices.NoticeWorld;

namespace Candor.Tests.Notices.Sending;

/// <summary>
/// A server takes so much in a second and no more, and what is one too many for it is nobody's fault. In virtual time, with
/// the whole outbox.
/// </summary>
public sealed class OneTooManyTests(ITestOutputHelper output)
{
    private const int Crowd = 3_000;
    private const int Watchers = 50;
    private const double Takes = 200;
    private const double Nominal = 2_000;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan BackAt = TimeSpan.FromSeconds(40);
    private static readonly ChannelTiming Timing = new(TimeSpan.FromMinutes(15), TimeSpan.FromHours(24)) { Nominal = Nominal, WorkersMost = 64 };
    private static readonly Topic Search = Topic.Of(new IncidentId("search000000"));
    private static readonly Handover TooMany = Handover.TryAgain(Blame.None, "throttled", "450 4.7.1 too much mail", stress: true);

    /// <param name="after">Published when the server was asked so often since it is back: in the moment in which the rate is found.</param>
    [Theory]
    [InlineData(650)]
    [InlineData(700)]
    public void P_32_What_is_fresh_and_one_too_many_goes_before_the_backlog_as_soon_as_there_is_room(int after)
    {
        var runs = Enumerable.Range(1, 5).Select(seed => Drain(seed, after)).ToList();

        output.WriteLine(string.Join(", ", runs.Select(static run => $"{run.Refused} refused, the last told after {run.Last.TotalSeconds:F2} s")));
        Assert.All(runs, static run => Assert.InRange(run.Refused, 1, Watchers));
        Assert.All(runs, static run => Assert.True(run.Last <= TimeSpan.FromSeconds(1), $"told after {run.Last}"));
    }

    [Fact]
    public void A_server_that_has_too_much_for_an_hour_is_asked_with_the_usual_pauses_after_the_first_seconds()
    {
        var (outbox, world) = Published();
        var tries = new List<TimeSpan>();
        for (var now = TimeSpan.Zero; now < TimeSpan.FromHours(1); now += TimeSpan.FromMilliseconds(100))
        {
            // The calendar goes backwards meanwhile: to it, what was published is just published for an hour.
            var moment = At(now) with { Wall = Noon - (now / 2) };
            tries.AddRange(Answer(outbox, world, TooMany, moment).Select(_ => now));
        }

        Assert.InRange(tries.Count(static at => at < TimeSpan.FromSeconds(10)), 2, 20);
        Assert.InRange(tries.Count(static at => at >= TimeSpan.FromSeconds(10)), 2, 20);
        Assert.True(outbox.Total is { Pending: 1, AddUp: true }, $"{outbox.Total}");
    }

    [Fact]
    public void What_the_server_asks_for_is_waited_for()
    {
        var (outbox, world) = Published();
        Assert.Single(Answer(outbox, world, TooMany with { RetryAfter = TimeSpan.FromSeconds(4) }, At(TimeSpan.Zero)));

        Assert.Empty(outbox.Begin(world, At(TimeSpan.FromSeconds(3.9)), 10).Started);
        Assert.Single(outbox.Begin(world, At(TimeSpan.FromSeconds(4)), 10).Started);
    }

    [Fact]
    public void What_the_recipients_side_puts_off_pauses()
    {
        var (outbox, world) = Published();
        Assert.Single(Answer(outbox, world, Handover.TryAgain(Blame.Recipient, "deferred", "451 4.7.0 greylisted", stress: true), At(TimeSpan.Zero)));

        Assert.Empty(outbox.Begin(world, At(TimeSpan.FromSeconds(0.9)), 10).Started);
        Assert.Single(outbox.Begin(world, At(TimeSpan.FromSeconds(1)), 10).Started);
    }

    /// <summary>How many of the fresh ones were one too many, and when the last of them was told, from when it was published.</summary>
    private static (int Refused, TimeSpan Last) Drain(int seed, int publishedAfter)
    {
        var outbox = NewOutbox(new Random(seed).NextDouble);
        var world = Folded(
        [
            .. Enumerable.Range(1, Crowd).Select(static number => Joins(number) with { Wishes = new(Channel) { Components = [Home] } }),
            .. Enumerable.Range(Crowd + 1, Watchers).Select(static number => Joins(number) with { Wishes = new(Channel) { Components = [Mail] } }),
            Opens(Noon),
        ], Start(0));
        outbox.Accept(world, OutageTopic, At(TimeSpan.Zero));
        var answers = new Queue<(NoticeStream Stream, TimeSpan At, Handover Handover)>();
        var (asked, room, refused, told) = (0, 0.0, 0, 0);
        TimeSpan? published = null;
        for (var now = TimeSpan.Zero; ; now += Step)
        {
            room = Math.Min(room + (Takes * Step.TotalSeconds), Takes / 10);
            if (published is null && asked >= publishedAfter)
            {
                published = now;
                world = World.Fold(world, Opens(Noon + now, Search.Incident!.Value) with { Components = [new(Mail, ComponentStatus.MajorOutage, Noon + now)] });
                outbox.Accept(world, Search, At(now));
            }

            while (answers.TryPeek(out var answer) && answer.At <= now)
            {
                answers.Dequeue();
                outbox.Settle(world, answer.Stream.Key, answer.Stream.Attempt!.Key, answer.Handover, At(now));
                var (isFresh, isTold) = (answer.Stream.Topic == Search, answer.Handover.End == HandoverEnd.Delivered);
                (told, refused) = (told + (isFresh && isTold ? 1 : 0), refused + (isFresh && !isTold ? 1 : 0));
            }

            if (told == Watchers)
            {
                return (refused, now - published!.Value);
            }

            foreach (var stream in outbox.Begin(world, At(now), Timing.WorkersMost - outbox.InFlight).Started)
            {
                var answer = now < BackAt ? Handover.TryAgain(Blame.Destination, "server_unavailable", "421", stress: true)
                    : room >= 1 ? Handover.Delivered("250")
                    : TooMany;
                answers.Enqueue((stream, now + Latency, answer));
                (asked, room) = (asked + (now < BackAt ? 0 : 1), answer.End == HandoverEnd.Delivered ? room - 1 : room);
            }

            Assert.True(now < TimeSpan.FromMinutes(10), $"{told} are told");
        }
    }

    /// <summary>Something was just published for one reader.</summary>
    private static (Outbox Outbox, World World) Published()
    {
        var (outbox, world) = (NewOutbox(static () => 0.5), Folded([Opens(Noon)], Start(1)));
        outbox.Accept(world, OutageTopic, At(TimeSpan.Zero));
        return (outbox, world);
    }

    private static IReadOnlyList<NoticeStream> Answer(Outbox outbox, World world, Handover handover, Moment now)
    {
        var started = outbox.Begin(world, now, 10).Started;
        foreach (var stream in started)
        {
            outbox.Settle(world, stream.Key, stream.Attempt!.Key, handover, now);
        }

        return started;
    }

    private static Outbox NewOutbox(Func<double> chance) =>
        new(Channel, Timing, DestinationOf, chance, new OneServer(Nominal)) { IsForMany = static _ => true };

    private static Moment At(TimeSpan now) => new(Noon + now, TimeSpan.FromHours(1) + now);

    private static string DestinationOf(SubscriberId who) =>
        int.Parse(who.Value.AsSpan(3), CultureInfo.InvariantCulture) is var number && number > Crowd ? "search.example" : $"domain{number % 100}.example";
}
