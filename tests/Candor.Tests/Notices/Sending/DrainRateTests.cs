using Candor.Notices.Sending;

namespace Candor.Tests.Notices.Sending;

/// <summary>How a drain takes the time that answers need, in virtual time.</summary>
public sealed class DrainRateTests
{
    private const double Nominal = 100;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_receiver_whose_answers_are_uneven_is_drained_at_full_speed(int seed)
    {
        // Most answers are quick and a few are very late, at some ten answers a second: the mean of one second says nothing.
        var random = new Random(seed);
        var drain = new DrainRate(nominal: 10, TimeSpan.Zero);
        var taken = Run(drain, TimeSpan.Zero, TimeSpan.FromSeconds(300), () => TimeSpan.FromMilliseconds(-100 * Math.Log(1 - random.NextDouble())));
        Assert.True(taken >= 0.7 * 10 * 300, $"{taken} taken in five minutes, {drain.PerSecond:F1} a second at the end");
    }

    [Fact]
    public void A_receiver_that_becomes_slow_is_spared()
    {
        var drain = new DrainRate(Nominal, TimeSpan.Zero);
        Run(drain, TimeSpan.Zero, TimeSpan.FromSeconds(60), static () => TimeSpan.FromMilliseconds(50));
        Assert.True(drain.IsAtNominal);
        Run(drain, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(64), static () => TimeSpan.FromMilliseconds(150));
        Assert.True(drain.PerSecond <= Nominal / 4, $"{drain.PerSecond:F0} a second");
    }

    [Fact]
    public void A_receiver_that_stays_slower_is_taken_as_it_is_after_a_while()
    {
        var drain = new DrainRate(Nominal, TimeSpan.Zero);
        Run(drain, TimeSpan.Zero, TimeSpan.FromSeconds(60), static () => TimeSpan.FromMilliseconds(50));
        Run(drain, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(240), static () => TimeSpan.FromMilliseconds(150));
        Assert.True(drain.IsAtNominal, $"{drain.PerSecond:F0} a second");
    }

    [Fact]
    public void What_is_fresh_borrows_no_more_than_a_tenth_of_a_second_is_worth()
    {
        var drain = new DrainRate(nominal: 1_000, TimeSpan.Zero, start: 200);
        var taken = 0;
        for (; drain.HasRoom(TimeSpan.FromMilliseconds(500), borrows: true); taken++)
        {
            drain.Take();
        }

        // As much again as is saved up.
        Assert.Equal(40, taken);
    }

    private static int Run(DrainRate drain, TimeSpan from, TimeSpan to, Func<TimeSpan> took)
    {
        var answers = new PriorityQueue<TimeSpan, TimeSpan>();
        var taken = 0;
        for (var now = from; now < to; now += TimeSpan.FromMilliseconds(5))
        {
            while (answers.TryPeek(out var time, out var at) && at <= now)
            {
                answers.Dequeue();
                drain.Answered(at, time, failed: false, stress: false);
            }

            while (drain.HasRoom(now, borrows: false))
            {
                drain.Take();
                taken++;
                var time = took();
                answers.Enqueue(time, now + time);
            }
        }

        return taken;
    }
}
