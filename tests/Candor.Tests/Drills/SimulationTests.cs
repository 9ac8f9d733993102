using Candor.Drills.Simulation;

namespace Candor.Tests.Drills;

public sealed class SimulationTests
{
    private const int Seeds = 150;
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(12);

    [Fact]
    public void P_35_Simulated_nodes_keep_every_promise_whatever_the_seed_has_in_store_for_them()
    {
        var seeds = Enumerable.Range(10_000, Seeds).Select(seed => (ulong)seed).ToList();

        var report = Campaign.Run(seeds, Length, TimeProvider.System, static _ => { }, TestContext.Current.CancellationToken);

        Assert.Empty(report.Failing.Select(run => $"seed {run.Seed}: {string.Join(' ', run.Broken)}"));
        Assert.Empty(report.Different);
        Assert.True(report.Events > Seeds * 20, "Hardly anything happened in the runs.");
    }

    [Fact]
    public void P_35_The_same_seed_gives_the_same_run_to_the_last_byte_and_another_seed_another()
    {
        var once = Run.Of(64, Length);
        var twice = Run.Of(64, Length);

        Assert.Equal(once.Hash, twice.Hash);
        Assert.Equal(once.Story, twice.Story);
        Assert.NotEqual(once.Hash, Run.Of(65, Length).Hash);
    }
}
