using System.Globalization;

namespace Candor.Tests.Notices;

/// <summary>
/// The whole of telling people, over and over from seeds; the runs are made once and each promise looks at what was found.
/// CANDOR_NOTICE_SEEDS asks for more of them.
/// </summary>
public sealed class SimulationTests
{
    private const int Seeds = 3_000;

    private static readonly Lazy<(List<string> Faults, int Seeds, int Arrived, int OverForLong)> Runs = new(Run);

    [Fact]
    public void P_29_The_ledger_adds_up_after_each_step_whatever_died_before() => None("P-29");

    [Fact]
    public void P_30_Nothing_open_is_told_of_what_is_over() => None("P-30");

    [Fact]
    public void P_31_Nothing_older_comes_after_something_newer() => None("P-31");

    [Fact]
    public void Nothing_is_missing_whoever_knows_of_it_hears_the_end_and_what_comes_twice_was_counted()
    {
        Assert.Empty(Runs.Value.Faults.Take(3));
        Assert.True(Runs.Value.Arrived > Runs.Value.Seeds * 5, $"only {Runs.Value.Arrived} notices arrived: the runs try too little");
        Assert.True(Runs.Value.OverForLong > Runs.Value.Seeds / 20, $"only {Runs.Value.OverForLong} notices told several things that were over for long");
    }

    [Fact]
    public void The_same_seed_is_the_same_run()
    {
        var (one, other) = (new NoticeRun(7), new NoticeRun(7));
        one.Run(steps: 150);
        other.Run(steps: 150);

        Assert.Equal(one.Heard, other.Heard);
    }

    private static void None(string promise) =>
        Assert.Empty(Runs.Value.Faults.Where(fault => fault.Contains(promise, StringComparison.Ordinal)).Take(3));

    private static (List<string> Faults, int Seeds, int Arrived, int OverForLong) Run()
    {
        var seeds = int.TryParse(Environment.GetEnvironmentVariable("CANDOR_NOTICE_SEEDS"), CultureInfo.InvariantCulture, out var asked) ? asked : Seeds;
        var (faults, arrived, overForLong) = (new List<string>(), 0, 0);
        for (var seed = 0; seed < seeds; seed++)
        {
            var run = new NoticeRun(seed);
            run.Run(steps: 150);
            faults.AddRange(run.Faults.Take(3).Select(fault => $"seed {seed}: {fault}"));
            arrived += run.Heard.Count;
            overForLong += run.OverForLong;
        }

        return (faults, seeds, arrived, overForLong);
    }
}
