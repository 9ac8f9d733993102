using Candor.Commands.Drills.Rig;

namespace Candor.Tests.Drills;

/// <summary>What a drill says of a drain, of drains that are known.</summary>
public sealed class DrainCurveTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_rise_and_a_halving_are_seen_as_what_they_are()
    {
        // Ten more a second, then one too many at its end, then half.
        var curve = new DrainCurve([.. Tries(0, 10), .. Tries(1, 20), .. Tries(2, 40), (Noon.AddSeconds(2.999), false), .. Tries(3, 20), .. Tries(4, 20)]);

        Assert.Equal([10, 20, 41, 20, 20], curve.PerSecond);
        Assert.Equal((21, 110, 1), (curve.LargestRise, curve.Taken, curve.Refused));
        Assert.InRange(curve.AfterStress()!.Value, 0.4, 0.6);
        Assert.Equal(["▃▄█▄▄"], curve.Chart(60));
    }

    [Fact]
    public void Whoever_goes_on_after_too_much_is_found_out()
    {
        var curve = new DrainCurve([.. Tries(0, 40), (Noon.AddSeconds(0.999), false), .. Tries(1, 40), .. Tries(2, 40)]);

        Assert.InRange(curve.AfterStress()!.Value, 0.9, 1.1);
    }

    [Fact]
    public void A_drain_that_met_no_limit_or_never_began_says_nothing_of_one()
    {
        Assert.Null(new DrainCurve([.. Tries(0, 10)]).AfterStress());
        Assert.Empty(new DrainCurve([]).PerSecond);
        Assert.Equal((0, TimeSpan.Zero), (new DrainCurve([]).LargestRise, new DrainCurve([]).Took));
    }

    private static IEnumerable<(DateTimeOffset At, bool Taken)> Tries(int second, int count) =>
        Enumerable.Range(0, count).Select(i => (Noon.AddSeconds(second + ((double)i / count)), true));
}
