using Candor.Samples;
using Candor.Samples.Memory;

namespace Candor.Tests.Samples;

/// <summary>Values that other tools measure: in the charts at once, stored a second later, and lost with nothing but the store.</summary>
public sealed class ToldValuesTests
{
    private const string Orders = "orders000001";
    private readonly MemorySampleMedium medium = new();

    [Fact]
    public async Task A_value_counts_at_once_in_the_slots_that_it_lies_in()
    {
        await using var run = new SamplerRun(medium, after: TimeSpan.FromHours(60));

        run.Sampler.Tell(Orders, [new(run.Now, 10), new(run.Now, 20), new(run.Now.AddHours(-50), 5), new(run.Now.AddDays(-40), 1)]);

        Assert.Equal([(15.0, 2L)], Day(run).Select(static one => (one.Mean, one.Count)));
        Assert.Equal([5.0, 15.0], Hours(run).Select(static one => one.Mean));
        Assert.Empty(medium.Values);
        await run.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(3, medium.Values.Count);
    }

    [Fact]
    public async Task The_next_process_has_them_and_counts_each_once()
    {
        await using (var run = new SamplerRun(medium))
        {
            run.Sampler.Tell(Orders, [new(run.Now, 10)]);
        }

        await using var next = new SamplerRun(medium);
        next.Sampler.Tell(Orders, [new(next.Now, 30)]);
        await next.PassAsync(TimeSpan.FromSeconds(2));

        Assert.Equal((20.0, 2L, 30.0), Day(next).Select(static one => (one.Mean, one.Count, one.Last)).Single());
        await next.StopAsync();
        await using var last = new SamplerRun(medium);
        await last.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal((20.0, 2L), Day(last).Select(static one => (one.Mean, one.Count)).Single());
    }

    [Fact]
    public async Task While_the_store_fails_nothing_of_it_is_lost_and_nothing_counted_twice()
    {
        await using var run = new SamplerRun(medium);
        run.Sampler.Tell(Orders, [new(run.Now, 10)]);
        await run.PassAsync(TimeSpan.FromSeconds(2));
        medium.Fault = new IOException("no space left");
        run.Sampler.Tell(Orders, [new(run.Now, 30)]);
        await run.PassAsync(TimeSpan.FromSeconds(2));
        medium.Fault = null;
        for (var i = 0; i < 60; i++)
        {
            run.Sampler.Tell("visits000001", [new(run.Now, i)]);
            await run.PassAsync(TimeSpan.FromSeconds(1));
        }

        Assert.Equal((20.0, 2L), Day(run).Select(static one => (one.Mean, one.Count)).Single());
        Assert.Equal(2, medium.Values.Values.Single(static one => one is { Metric: Orders, Tier: Tier.Hour }).Count);
    }

    [Fact]
    public async Task What_is_forgotten_is_gone_from_the_store_too_and_begins_anew()
    {
        await using var run = new SamplerRun(medium);
        run.Sampler.Tell(Orders, [new(run.Now, 10)]);
        run.Sampler.Tell("visits000001", [new(run.Now, 1)]);
        await run.PassAsync(TimeSpan.FromSeconds(2));

        run.Sampler.Forget(Orders);
        run.Sampler.Tell(Orders, [new(run.Now, 99)]);
        await run.PassAsync(TimeSpan.FromSeconds(2));

        Assert.Equal([99.0], Day(run).Select(static one => one.Mean));
        Assert.Equal([1.0, 99.0], medium.Values.Values.Where(static one => one.Tier == Tier.Hour).Select(static one => one.Mean).Order());
    }

    [Fact]
    public async Task What_is_too_old_for_any_chart_leaves_memory_and_store()
    {
        await using var run = new SamplerRun(medium);
        run.Sampler.Tell(Orders, [new(run.Now, 10)]);
        await run.PassAsync(TimeSpan.FromSeconds(2));

        await run.PassAsync(TimeSpan.FromDays(100));
        run.Sampler.Tell("visits000001", [new(run.Now, 1)]);
        await run.PassAsync(TimeSpan.FromSeconds(2));

        Assert.Empty(Hours(run));
        Assert.DoesNotContain(medium.Values.Values, static one => one.Metric == Orders);
    }

    private static IReadOnlyList<ValueSlot> Day(SamplerRun run) => run.Sampler.Told(Orders, Tier.QuarterHour, run.Now.AddDays(-1));

    private static IReadOnlyList<ValueSlot> Hours(SamplerRun run) => run.Sampler.Told(Orders, Tier.Hour, DateTimeOffset.MinValue);
}
