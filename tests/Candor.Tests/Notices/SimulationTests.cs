using System.Globalization;

namespace Candor.Tests.Notices;

/// <summary>
/// The whole of telling people, over and over from seeds. P-29: the ledger adds up after each step. P-30: nothing open is
/// told of what is over. P-31: nothing older comes after something newer. And nothing is missing once all is calm again.
/// </summary>
public sealed class SimulationTests
{
    private const int Seeds = 3_000;

    [Fact]
    public void P_29_P_30_P_31_Nothing_is_lost_stale_or_out_of_order_whatever_dies_when()
    {
        var seeds = int.TryParse(Environment.GetEnvironmentVariable("CANDOR_NOTICE_SEEDS"), CultureInfo.InvariantCulture, out var asked) ? asked : Seeds;
        var arrived = 0;
        for (var seed = 0; seed < seeds; seed++)
        {
            var run = new NoticeRun(seed);
            run.Run(steps: 150);
            Assert.True(run.Faults.Count == 0, $"seed {seed}: {string.Join("; ", run.Faults.Take(3))}");
            arrived += run.Arrived;
        }

        Assert.True(arrived > seeds * 5, $"only {arrived} notices arrived in {seeds} runs: the runs try too little");
    }
}
