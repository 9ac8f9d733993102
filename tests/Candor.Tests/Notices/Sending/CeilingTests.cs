using Candor.Notices.Channels;
using Candor.Notices.Sending;
using Candor.Notices.Streams;
using Candor.State;

namespace Candor.Tests.Notices.Sending;

/// <summary>
/// A mail server that comes back and takes far less than we send when it is well: the backlog goes out near what it takes, and
/// nobody waits long because their mail was one too many. In virtual time.
/// </summary>
public sealed class CeilingTests(ITestOutputHelper output)
{
    private const int Crowd = 10_000;
    private const double Nominal = 2_000;
    private const double Limit = 200;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Published = TimeSpan.FromSeconds(8);
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void P_32_A_server_with_a_low_ceiling_is_used_and_what_was_one_too_many_does_not_wait_for_the_rest(int seed)
    {
        var random = new Random(seed);
        var dispatch = new Dispatch(new(TimeSpan.FromMinutes(15), TimeSpan.FromHours(24)) { Nominal = Nominal, WorkersMost = 64 }, random.NextDouble, new(Nominal));
        for (var i = 0; i < Crowd; i++)
        {
            dispatch.Offer(Key("late", i), DomainOf(i), Lane.Backlog, new(IsOver: false, Noon), TimeSpan.Zero);
        }

        var (tries, fresh) = (new Dictionary<StreamKey, int>(), new List<TimeSpan>());
        var answers = new Queue<(StreamKey Stream, TimeSpan At, bool Taken)>();
        var (told, refused, room) = (0, 0, 0.0);
        var now = TimeSpan.Zero;
        while (told < Crowd + 50)
        {
            now += Step;
            room = Math.Min(room + (Limit * Step.TotalSeconds), Limit / 10);
            for (var i = 0; now == Published && i < 50; i++)
            {
                dispatch.Offer(Key("fresh", i), "search.example", Lane.Fresh, new(IsOver: false, Noon.AddHours(1)), now);
            }

            while (answers.TryPeek(out var answer) && answer.At <= now)
            {
                var (stream, _, taken) = answers.Dequeue();
                var isFresh = stream.Topic.Value == "incident:fresh";
                dispatch.Answered(stream, taken ? Handover.Delivered("250") : Handover.TryAgain(Blame.None, "throttled", "450", stress: true), now);
                if (taken)
                {
                    told++;
                    fresh.AddRange(isFresh ? [now - Published] : []);
                    continue;
                }

                refused++;
                var tried = tries[stream] = tries.GetValueOrDefault(stream) + 1;
                dispatch.Offer(
                    stream, isFresh ? "search.example" : DomainOf(NumberOf(stream)), Lane.Retry, new(IsOver: false, isFresh ? Noon.AddHours(1) : Noon),
                    now + Backoff.After(tried, TimeSpan.FromMinutes(15), random.NextDouble(), null));
            }

            while (dispatch.InFlight < 64 && dispatch.TryTake(now, out var stream))
            {
                // Of what is fresh a few are one too many at their first try, whoever else was.
                var isTaken = room >= 1 && (stream.Subscriber.Value is not ("fresh3" or "fresh7") || tries.ContainsKey(stream));
                answers.Enqueue((stream, now + Latency, isTaken));
                room -= isTaken ? 1 : 0;
            }

            Assert.True(now < TimeSpan.FromHours(1), $"{told} are told after an hour");
        }

        var ideal = (Crowd + 50) / Limit;
        output.WriteLine($"{now.TotalSeconds:F0} s ({now.TotalSeconds / ideal:F2} x ideal), {refused} refused; the last fresh one after {fresh.Max().TotalSeconds:F1} s");
        Assert.True(fresh.Max() <= TimeSpan.FromSeconds(5), $"the last fresh one came after {fresh.Max().TotalSeconds:F1} s");
        Assert.True(now.TotalSeconds <= 1.25 * ideal, $"{now.TotalSeconds / ideal:F2} x ideal");
        Assert.True(refused <= Crowd / 100, $"{refused} were too many");
    }

    private static string DomainOf(int number) => $"domain{number % 100}.example";

    private static int NumberOf(StreamKey stream) => int.Parse(stream.Subscriber.Value["late".Length..], System.Globalization.CultureInfo.InvariantCulture);

    private static StreamKey Key(string kind, int number) => new(new($"{kind}{number}"), new Topic("incident:" + kind));
}
