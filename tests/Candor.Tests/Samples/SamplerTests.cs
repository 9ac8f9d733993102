using Candor.Judging;
using Candor.Samples;
using Candor.Samples.Memory;
using Candor.State;

namespace Candor.Tests.Samples;

public sealed class SamplerTests
{
    private static readonly MonitorId Home = new("homepage");
    private readonly MemorySampleMedium medium = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reading_is_on_the_chart_before_any_store_has_seen_it()
    {
        await using var run = new SamplerRun(medium);

        run.See(Home, 100);

        var point = Assert.Single(run.Sampler.Chart(Home, VantageId.Local, Tier.QuarterHour));
        Assert.Equal(run.Now, point.At);
        Assert.InRange(point.P50.TotalMilliseconds, 99, 101);
        Assert.Empty(medium.Batches);
    }

    [Fact]
    public async Task Readings_are_stored_a_second_later_in_one_write()
    {
        await using var run = new SamplerRun(medium);
        run.See(Home, 100);
        run.See(Home, 110);

        await run.PassAsync(TimeSpan.FromSeconds(1));

        Assert.Single(medium.Batches);
        Assert.Equal(2, (await run.Sampler.ReadAsync(Home, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, 10, Ct)).Count);
    }

    [Fact]
    public async Task Bad_readings_are_counted_but_not_timed()
    {
        await using var run = new SamplerRun(medium);
        run.See(Home, 100);
        run.See(Home, 1, Reading.Bad);
        run.See(Home, 3, Reading.None);

        Assert.Equal(1, Assert.Single(run.Sampler.Chart(Home, VantageId.Local, Tier.Hour)).Count);
        await run.StopAsync();
        var hour = Rollup.Decode(medium.Slots.Single(static s => s.Key.Tier == Tier.Hour).Value.Body);
        Assert.Equal((1, 0, 1, 1), (hour.Good, hour.Slow, hour.Bad, hour.None));
    }

    [Fact]
    public async Task After_a_clean_stop_the_next_process_draws_the_same_charts()
    {
        var before = new List<IReadOnlyList<ChartPoint>>();
        await using (var run = new SamplerRun(medium))
        {
            for (var minute = 0; minute < 200; minute++)
            {
                run.See(Home, 80 + (minute % 40));
                await run.PassAsync(TimeSpan.FromMinutes(1));
            }

            before.AddRange(Tiers.All.Select(t => run.Sampler.Chart(Home, VantageId.Local, t)));
        }

        await using var next = new SamplerRun(medium, after: TimeSpan.FromMinutes(200));
        Assert.Equal(before, Tiers.All.Select(t => next.Sampler.Chart(Home, VantageId.Local, t)));
        Assert.Equal(200, before[2].Single().Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(31)]
    [InlineData(150)]
    public async Task After_a_crash_every_written_reading_is_counted_exactly_once(int crashAfterMinutes)
    {
        var written = 0;
        await using (var run = new SamplerRun(medium))
        {
            for (var minute = 0; minute < crashAfterMinutes; minute++)
            {
                run.See(Home, 100);
                run.See(Home, 50, at: run.Now.AddHours(-5)); // backfill
                await run.PassAsync(TimeSpan.FromMinutes(1));
                written += 2;
            }

            run.Crash();
        }

        await using var next = new SamplerRun(medium, after: TimeSpan.FromMinutes(crashAfterMinutes));
        Assert.Equal(written, next.Sampler.Chart(Home, VantageId.Local, Tier.QuarterHour).Sum(static p => p.Count));
        Assert.Equal(written, next.Sampler.Chart(Home, VantageId.Local, Tier.Day).Sum(static p => p.Count));

        // Crashing again right after recovery, before any new write, changes nothing.
        next.Crash();
        await using var third = new SamplerRun(medium, after: TimeSpan.FromMinutes(crashAfterMinutes));
        Assert.Equal(written, third.Sampler.Chart(Home, VantageId.Local, Tier.Hour).Sum(static p => p.Count));
    }

    [Fact]
    public async Task Late_samples_amend_hours_that_were_stored_long_ago()
    {
        await using var run = new SamplerRun(medium);
        run.See(Home, 100);
        var first = run.Now;
        for (var hour = 0; hour < 6; hour++)
        {
            await run.PassAsync(TimeSpan.FromHours(1));
            run.See(Home, 100);
        }

        run.See(Home, 300, at: first.AddMinutes(1));
        await run.PassAsync(TimeSpan.FromMinutes(6));
        run.See(Home, 100);
        await run.PassAsync(TimeSpan.FromSeconds(1));

        var amended = run.Sampler.Chart(Home, VantageId.Local, Tier.Hour)[0];
        Assert.Equal(2, amended.Count);
        Assert.InRange(amended.P95.TotalMilliseconds, 297, 303);
    }

    [Fact]
    public async Task While_the_store_fails_charts_go_on_and_afterwards_the_roll_ups_are_complete()
    {
        await using var run = new SamplerRun(medium);
        run.See(Home, 100);
        await run.PassAsync(TimeSpan.FromSeconds(2));
        medium.Fault = new IOException("no space left");
        run.See(Home, 100);
        await run.PassAsync(TimeSpan.FromSeconds(1));
        await run.PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(SamplesPhase.Failed, run.Sampler.Condition.Phase);
        Assert.Contains("no space left", run.Sampler.Condition.Remedy!, StringComparison.Ordinal);
        run.See(Home, 100);
        Assert.Equal(3, run.Sampler.Chart(Home, VantageId.Local, Tier.Day).Single().Count);

        medium.Fault = null;
        await run.PassAsync(TimeSpan.FromMinutes(2));
        run.See(Home, 100);
        await run.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(SamplesPhase.Running, run.Sampler.Condition.Phase);
        await run.StopAsync();
        var day = Rollup.Decode(medium.Slots.Single(static s => s.Key.Tier == Tier.Day).Value.Body);
        Assert.Equal(4, day.Good);
    }

    [Fact]
    public async Task A_full_queue_drops_raw_readings_counts_them_and_says_so()
    {
        medium.Fault = new IOException("stuck");
        await using var run = new SamplerRun(medium, limits: new() { PendingMax = 3 });
        for (var i = 0; i < 10; i++)
        {
            run.See(Home, 100);
        }

        Assert.Equal(7, run.Sampler.Condition.Dropped);
        Assert.Equal(10, run.Sampler.Chart(Home, VantageId.Local, Tier.Day).Single().Count);
        Assert.Contains("7 readings were not stored", run.Sampler.Condition.Complaint!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Places_are_lines_of_their_own()
    {
        await using var run = new SamplerRun(medium);
        run.See(Home, 20);
        run.See(Home, 300, vantage: new("sydney"));

        Assert.Equal(["local", "sydney"], run.Sampler.Vantages(Home).Select(static v => v.Value));
        Assert.InRange(run.Sampler.Chart(Home, new("sydney"), Tier.Day).Single().P5.TotalMilliseconds, 297, 303);
        Assert.InRange(run.Sampler.Chart(Home, VantageId.Local, Tier.Day).Single().P95.TotalMilliseconds, 19, 21);
    }

    [Fact]
    public async Task The_last_readings_come_newest_first_and_are_bounded()
    {
        await using var run = new SamplerRun(medium);
        for (var i = 1; i <= 20; i++)
        {
            await run.PassAsync(TimeSpan.FromSeconds(10));
            run.See(Home, i);
        }

        var latest = run.Sampler.Latest(Home, VantageId.Local);
        Assert.Equal(LatestReadings.Kept, latest.Count);
        Assert.Equal(20, latest[0].Took.TotalMilliseconds);
        Assert.Equal(run.Now, run.Sampler.Newest(Home, VantageId.Local)!.At);
    }

    [Fact]
    public async Task A_clock_far_ahead_does_not_close_todays_slot()
    {
        await using var run = new SamplerRun(medium);
        run.See(Home, 100, at: run.Now.AddYears(3));
        run.See(Home, 100);

        Assert.Equal(2, run.Sampler.Chart(Home, VantageId.Local, Tier.Day).Single().Count);
    }

    [Fact]
    public async Task Charts_forget_what_lies_before_their_span()
    {
        await using var run = new SamplerRun(medium);
        run.See(Home, 100);
        await run.PassAsync(TimeSpan.FromHours(25));
        run.See(Home, 200);

        Assert.Single(run.Sampler.Chart(Home, VantageId.Local, Tier.QuarterHour));
        Assert.Equal(2, run.Sampler.Chart(Home, VantageId.Local, Tier.Hour).Count);
    }

    [Fact]
    public async Task Other_measurements_keep_the_newest_and_the_hours_extremes_across_a_restart()
    {
        await using (var run = new SamplerRun(medium))
        {
            run.Measure(Home, "free_bytes", 500, "bytes");
            run.Measure(Home, "free_bytes", 300, "bytes");
            run.Measure(Home, "odd", double.NaN, "");
        }

        await using var next = new SamplerRun(medium);
        next.Measure(Home, "free_bytes", 400, "bytes");
        await next.PassAsync(TimeSpan.FromSeconds(1));

        var gauge = Assert.Single(next.Sampler.Gauges(Home, VantageId.Local), static g => g.Count > 0);
        Assert.Equal((400.0, 300.0, 500.0, 400.0, 3L), (gauge.Last, gauge.Min, gauge.Max, gauge.Mean, gauge.Count));
    }

    [Fact]
    public async Task Raw_readings_go_after_two_days_hours_after_ninety_days_never()
    {
        await using var run = new SamplerRun(medium);
        run.See(Home, 100);
        await run.PassAsync(TimeSpan.FromMinutes(10));
        run.See(Home, 100);
        await run.PassAsync(TimeSpan.FromDays(3));
        run.See(Home, 100);
        await run.PassAsync(TimeSpan.FromMinutes(10));
        run.See(Home, 100);
        await run.PassAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(2, medium.Batches.Count);
        Assert.Equal(2, medium.Slots.Keys.Count(static k => k.Tier == Tier.Hour));
        await run.PassAsync(TimeSpan.FromDays(91));
        run.See(Home, 100);
        await run.PassAsync(TimeSpan.FromMinutes(10));
        await run.StopAsync();

        Assert.Equal(1, medium.Slots.Keys.Count(static k => k.Tier == Tier.Hour));
        Assert.Equal(3, medium.Slots.Keys.Count(static k => k.Tier == Tier.Day));
    }
}
