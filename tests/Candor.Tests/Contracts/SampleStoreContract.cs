using Candor.Judging;
using Candor.Samples;
using Candor.State;

namespace Candor.Tests.Contracts;

/// <summary>What every sample store does, whatever it is made of.</summary>
public abstract class SampleStoreContract
{
    private protected static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private protected static readonly MonitorId Home = new("homepage");

    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected abstract ValueTask<ISampleStore> OpenAsync();

    [Fact]
    public async Task What_was_written_is_there_after_opening_again()
    {
        await using (var store = await OpenAsync())
        {
            var fresh = await store.RecoverAsync(Noon, Ct);
            Assert.Equal((0L, 0), (fresh.LastWrite, fresh.Series.Count));
            await store.WriteAsync(Write(1, replayAfter: 1) with
            {
                NewSeries = [new(1, Home, VantageId.Local)],
                Samples = [Sample(Noon, 100)],
                Slots = [Slot(Tier.Hour, Noon, adds: false, 100)],
                Gauges = [(1, new("days", "days", Tier.Hour.SlotOf(Noon), Noon, 31, 31, 32, 63, 2))],
            }, Ct);
        }

        await using var again = await OpenAsync();
        var stored = await again.RecoverAsync(Noon, Ct);
        Assert.Equal((1L, 0), (stored.LastWrite, stored.Replayed));
        Assert.Equal([new(1, Home, VantageId.Local)], stored.Series);
        Assert.Equal(63, Assert.Single(stored.Gauges).Gauge.Sum);
        Assert.Equal([(Tier.Hour, Noon, 1L)], await LoadedAsync(again));
        Assert.Equal(Sample(Noon, 100).Seen, Assert.Single(await again.ReadAsync(Home, Noon, Noon.AddSeconds(1), 9, Ct)));
    }

    [Fact]
    public async Task Raw_readings_after_the_mark_are_rolled_up_once_however_often_it_is_opened()
    {
        await using (var store = await OpenAsync())
        {
            await store.RecoverAsync(Noon, Ct);
            await store.WriteAsync(Write(1, replayAfter: 0) with
            {
                NewSeries = [new(1, Home, VantageId.Local)],
                Samples = [Sample(Noon, 100)],
            }, Ct);

            // The hour is complete up to this write, the quarter and the day are not stored yet.
            await store.WriteAsync(Write(2, replayAfter: 0) with
            {
                Samples = [Sample(Noon.AddSeconds(1), 200)],
                Slots = [Slot(Tier.Hour, Noon, adds: false, 100, 200)],
            }, Ct);
            await store.WriteAsync(Write(3, replayAfter: 0) with { Samples = [Sample(Noon.AddSeconds(2), 300)] }, Ct);
        }

        for (var opening = 0; opening < 3; opening++)
        {
            await using var again = await OpenAsync();
            Assert.Equal(opening == 0 ? 3 : 0, (await again.RecoverAsync(Noon, Ct)).Replayed);
            Assert.Equal([(Tier.QuarterHour, Noon, 3L), (Tier.Hour, Noon, 3L), (Tier.Day, Noon.AddHours(-12), 3L)], await LoadedAsync(again));
        }
    }

    [Fact]
    public async Task Values_of_a_metric_replace_their_slot_are_there_after_opening_again_and_go_when_it_is_dropped()
    {
        var (early, late) = (Value("orders", Noon.AddDays(-3), 5), Value("orders", Noon, 7));
        await using (var store = await OpenAsync())
        {
            await store.RecoverAsync(Noon, Ct);
            await store.WriteAsync(Write(1, replayAfter: 1) with { Values = [early, late, Value("visits", Noon, 1)] }, Ct);
            await store.WriteAsync(Write(2, replayAfter: 2) with { Values = [late.With(Value("orders", Noon.AddMinutes(1), 9))] }, Ct);
        }

        await using var again = await OpenAsync();
        await again.RecoverAsync(Noon, Ct);
        var stored = (await again.ReadValuesAsync(Noon.AddDays(-31), Ct)).OrderBy(static one => one.Metric, StringComparer.Ordinal).ThenBy(static one => one.Slot).ToList();
        Assert.Equal([early, new("orders", Tier.Hour, Tier.Hour.SlotOf(Noon), Noon.AddMinutes(1), 9, 7, 9, 16, 2), Value("visits", Noon, 1)], stored);
        Assert.DoesNotContain(early, await again.ReadValuesAsync(Noon.AddDays(-2), Ct));

        await again.WriteAsync(Write(3, replayAfter: 3) with { Dropped = ["orders"], Values = [late] }, Ct);
        Assert.Equal([late, Value("visits", Noon, 1)], (await again.ReadValuesAsync(Noon.AddDays(-31), Ct)).OrderBy(static one => one.Metric, StringComparer.Ordinal));

        static ValueSlot Value(string metric, DateTimeOffset at, double value) => ValueSlot.Of(metric, Tier.Hour, new(at, value));
    }

    [Fact]
    public async Task Adding_to_a_stored_slot_keeps_what_it_holds_and_answers_with_the_sum()
    {
        await using var store = await OpenAsync();
        await store.RecoverAsync(Noon, Ct);
        await store.WriteAsync(Write(1, replayAfter: 1) with
        {
            NewSeries = [new(1, Home, VantageId.Local)],
            Slots = [Slot(Tier.Hour, Noon, adds: false, 100)],
        }, Ct);

        var sums = await store.WriteAsync(Write(2, replayAfter: 2) with
        {
            Slots = [Slot(Tier.Hour, Noon, adds: true, 200), Slot(Tier.Day, Noon, adds: true, 200)],
        }, Ct);

        Assert.Equal([2L, 1L], sums.Select(static s => s.Rollup.Times.Count));
        Assert.Equal([(Tier.Hour, Noon, 2L), (Tier.Day, Noon.AddHours(-12), 1L)], await LoadedAsync(store));
    }

    [Fact]
    public async Task What_is_too_old_is_deleted_and_days_stay()
    {
        await using var store = await OpenAsync();
        await store.RecoverAsync(Noon, Ct);
        var ages = Enumerable.Range(0, 100).Select(static d => Noon.AddDays(-d)).ToList();
        await store.WriteAsync(Write(1, replayAfter: 1) with
        {
            NewSeries = [new(1, Home, VantageId.Local)],
            Samples = [Sample(ages[3], 1)],
            Slots = [.. Tiers.All.SelectMany(t => ages.Select(a => Slot(t, a, adds: false, 5)))],
        }, Ct);
        await store.WriteAsync(Write(2, replayAfter: 2) with { Samples = [Sample(Noon, 1)] }, Ct);

        for (var step = 0; step < 3; step++)
        {
            await store.RetainAsync(Noon.AddHours(step), Ct);
        }

        Assert.Single(await store.ReadAsync(Home, DateTimeOffset.UnixEpoch, Noon.AddDays(1), 9, Ct));
        var left = new HashSet<(Tier Tier, DateTimeOffset At, long Count)>();
        foreach (var age in ages)
        {
            left.UnionWith(await LoadedAsync(store, age));
        }

        Assert.Equal([2, 90, 100], left.OrderBy(static s => s.Tier).GroupBy(static s => s.Tier).Select(static g => g.Count()));
    }

    [Fact]
    public async Task A_slot_of_a_time_to_come_is_not_shown()
    {
        await using var store = await OpenAsync();
        await store.RecoverAsync(Noon, Ct);
        await store.WriteAsync(Write(1, replayAfter: 1) with
        {
            NewSeries = [new(1, Home, VantageId.Local)],
            Slots = [Slot(Tier.Day, Noon, adds: false, 5), Slot(Tier.Day, Noon.AddDays(2), adds: false, 5)],
        }, Ct);

        Assert.Equal([Noon.AddHours(-12)], (await LoadedAsync(store)).Select(static one => one.At));
        Assert.Equal(2, (await LoadedAsync(store, Noon.AddDays(1))).Count);
    }

    private static async Task<List<(Tier Tier, DateTimeOffset At, long Count)>> LoadedAsync(
        ISampleStore store, DateTimeOffset? now = null)
    {
        var found = new List<(Tier, DateTimeOffset, long)>();
        var damaged = await store.LoadAsync(
            now ?? Noon, row => found.Add((row.Tier, row.Tier.StartOf(row.Slot), row.Rollup.Times.Count)), Ct);
        Assert.Equal(0, damaged);
        return found;
    }

    private protected static SampleWrite Write(long number, long replayAfter) => new(number, replayAfter);

    private protected static Sample Sample(DateTimeOffset at, double ms) =>
        new(1, new(Home, VantageId.Local, at, Reading.Good, "", TimeSpan.FromMilliseconds(ms)));

    private protected static SlotWrite Slot(Tier tier, DateTimeOffset at, bool adds, params double[] ms)
    {
        var rollup = new Rollup();
        foreach (var one in ms)
        {
            rollup.Add(Reading.Good, TimeSpan.FromMilliseconds(one));
        }

        return new(1, tier, tier.SlotOf(at), adds, rollup.Encode(new()));
    }
}
