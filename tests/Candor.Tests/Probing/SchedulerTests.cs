using Candor.Judging;
using Candor.Probing;

namespace Candor.Tests.Probing;

public class SchedulerTests
{
    [Fact]
    public void Every_monitor_is_looked_at_soon_and_then_once_per_interval()
    {
        using var rig = new ScheduleRig();
        rig.Watch([.. Enumerable.Range(0, 50).Select(i => ScheduleRig.Monitor($"m{i}", 20))]);
        rig.Pass(1);
        Assert.Equal(50, rig.Began.Select(b => b.Target).Distinct().Count());
        rig.Pass(20);
        var before = rig.Began.Count;
        rig.Pass(200, 0.05);
        Assert.Equal(500, rig.Began.Count - before);
        foreach (var looks in rig.Began.Skip(before).GroupBy(b => b.Target))
        {
            var gaps = looks.Zip(looks.Skip(1), (a, b) => (b.At - a.At).TotalSeconds);
            Assert.All(gaps, gap => Assert.InRange(gap, 19.9, 20.1));
        }
    }

    [Fact]
    public void Looks_spread_over_the_interval()
    {
        using var rig = new ScheduleRig();
        rig.Watch([.. Enumerable.Range(0, 200).Select(i => ScheduleRig.Monitor($"m{i}", 10))]);
        rig.Pass(10);
        var before = rig.Began.Count;
        rig.Pass(10);
        var perSecond = rig.Began.Skip(before).GroupBy(b => (long)b.At.TotalSeconds % 10).Select(g => g.Count());
        Assert.All(perSecond, count => Assert.InRange(count, 5, 40));
    }

    [Fact]
    public void A_slow_look_delays_its_own_next_one_and_never_runs_twice()
    {
        using var rig = new ScheduleRig();
        rig.Look = async (target, _, cancellation) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(target == "slow" ? 2.5 : 0.01), rig.Time, cancellation);
            return Finding.Good;
        };
        rig.Watch(ScheduleRig.Monitor("slow", 1, 5), ScheduleRig.Monitor("quick", 1));
        rig.Pass(30);
        Assert.InRange(rig.Began.Count(b => b.Target == "slow"), 11, 13);
        Assert.InRange(rig.Began.Count(b => b.Target == "quick"), 29, 31);
    }

    [Fact]
    public void No_more_run_at_once_than_allowed_and_nobody_is_forgotten()
    {
        using var rig = new ScheduleRig(new() { RunningMax = 3 });
        rig.Look = async (_, _, cancellation) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(1), rig.Time, cancellation);
            return Finding.Good;
        };
        rig.Watch([.. Enumerable.Range(0, 30).Select(i => ScheduleRig.Monitor($"m{i}", 5))]);
        rig.Pass(30);
        Assert.Equal(3, rig.RunningMost);
        Assert.Equal(30, rig.Began.Select(b => b.Target).Distinct().Count());
        Assert.True(rig.Began.Count >= 85, $"{rig.Began.Count}");
    }

    [Fact]
    public void Ten_thousand_looks_that_end_at_once_need_no_deep_stack()
    {
        using var rig = new ScheduleRig();
        rig.Watch([.. Enumerable.Range(0, 10_000).Select(i => ScheduleRig.Monitor($"m{i}", 60))]);
        rig.StandStill(61);
        rig.Run();
        Assert.Equal(10_000, rig.Began.Select(b => b.Target).Distinct().Count());
    }

    [Fact]
    public void A_monitor_that_stays_keeps_its_place_and_one_that_goes_is_silent()
    {
        using var rig = new ScheduleRig();
        var (stays, goes) = (ScheduleRig.Monitor("stays", 10), ScheduleRig.Monitor("goes", 10));
        rig.Watch(stays, goes);
        rig.Pass(15);
        var place = rig.Began.Last(b => b.Target == "stays").At;
        rig.Watch(stays, ScheduleRig.Monitor("comes", 10));
        var before = rig.Began.Count;
        rig.Pass(20);
        var after = rig.Began.Skip(before).ToList();
        Assert.DoesNotContain(after, b => b.Target == "goes");
        Assert.InRange((after.First(b => b.Target == "stays").At - place).TotalSeconds, 9.9, 10.1);
        Assert.Contains(after, b => b.Target == "comes");
    }

    [Fact]
    public void A_look_can_be_asked_for()
    {
        using var rig = new ScheduleRig();
        rig.Watch(ScheduleRig.Monitor("hourly", 3_600));
        rig.Pass(1);
        rig.Scheduler.LookNow(new("hourly"));
        rig.Scheduler.LookNow(new("hourly"));
        rig.Pass(0.1);
        Assert.Equal(2, rig.Began.Count);
    }

    [Fact]
    public void A_defect_in_a_probe_is_reported_as_none_and_the_next_round_comes()
    {
        using var rig = new ScheduleRig();
        rig.Look = (_, _, _) => throw new InvalidCastException("a defect");
        rig.Watch(ScheduleRig.Monitor("m", 1));
        rig.Pass(3.1);
        Assert.True(rig.Seen.Count >= 3);
        Assert.All(rig.Seen, seen => Assert.Equal((Reading.None, "Candor failed at looking; its log says why"), (seen.Reading, seen.Reason)));
    }

    [Fact]
    public void A_report_that_throws_does_not_end_the_rounds()
    {
        using var rig = new ScheduleRig { Report = (_, _) => throw new IOException("full") };
        rig.Watch(ScheduleRig.Monitor("m", 1));
        rig.Pass(3.1);
        Assert.True(rig.Began.Count >= 3);
    }

    [Fact]
    public void P_18_A_failure_while_Candor_stood_still_is_no_evidence()
    {
        using var rig = new ScheduleRig();
        rig.Look = async (_, timeout, cancellation) =>
        {
            await Task.Delay(timeout, rig.Time, cancellation);
            return Finding.Bad("timed out after 1 s");
        };
        rig.Watch(ScheduleRig.Monitor("m", 10));
        rig.Pass(0.2);
        rig.StandStill(6);
        rig.Run();
        Assert.Equal(Reading.None, rig.Seen.Single().Reading);
        Assert.StartsWith("Candor itself stood still for ", rig.Seen.Single().Reason, StringComparison.Ordinal);
        rig.Pass(12);
        Assert.Equal(Reading.Bad, rig.Seen[^1].Reading);
    }

    [Theory]
    [InlineData(3_600)]
    [InlineData(-3_600)]
    [InlineData(86_400)]
    [InlineData(-86_400)]
    public void P_17_A_jump_of_the_wall_clock_is_told_and_moves_no_look(double seconds)
    {
        using var rig = new ScheduleRig();
        rig.Watch(ScheduleRig.Monitor("m", 10));
        rig.Pass(25);
        var before = rig.Began.Count;
        rig.JumpWallClock(TimeSpan.FromSeconds(seconds));
        rig.Pass(40);
        Assert.Equal([TimeSpan.FromSeconds(seconds)], rig.Jumps);
        Assert.Equal(4, rig.Began.Count - before);
        Assert.All(rig.Began.Skip(before - 1).Zip(rig.Began.Skip(before), (a, b) => b.At - a.At), gap => Assert.InRange(gap.TotalSeconds, 9.9, 10.1));
    }

    [Fact]
    public void P_17_Slow_steering_and_a_leap_second_are_no_jump()
    {
        using var rig = new ScheduleRig();
        rig.Watch(ScheduleRig.Monitor("m", 10));
        for (var i = 0; i < 100; i++)
        {
            rig.JumpWallClock(TimeSpan.FromSeconds(i == 50 ? -1 : 0.1));
            rig.Pass(1, 0.1);
        }

        Assert.Empty(rig.Jumps);
    }
}
