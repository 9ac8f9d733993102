namespace Candor.SystemTests.Drills;

/// <summary>The drills of seeing and speaking from elsewhere, short: how quick it was is for a machine with nothing else to do.</summary>
public sealed class ElsewhereDrillTests(ITestOutputHelper output)
{
    private static readonly string[] Timed =
    [
        "outage seen past the cache after", "outage seen by a synthetic write after", "incident says that only the cache answers after", "page and control plane known to be gone after", "mirror says that the publisher is silent after",
        "emergency bulletin on the mirror after", "people told through a second provider after", "bulletins in the journal after the return in", "mirror shows the publisher's page alone after",
        "agents have handed in what they saw after",
        "what only inside sees is unknown after", "page says that 3 of 5 monitors are blind after", "recovery as seen from outside shown after",
        "what was seen meanwhile is handed in after",
    ];

    public static bool Cannot => Hosts.OwnNetwork.Cannot;

    [Fact]
    public async Task P_26_A_publisher_that_is_gone_with_everything_leaves_readers_a_page_and_its_people_a_voice()
    {
        var figures = await DrillRun.OfAsync(Timed, output, "account-lockout", "--seconds", "65");

        Assert.Equal(0, figures["page not answered by the mirror"].GetProperty("value").GetDouble());
        Assert.Equal(0, figures["bulletins lost or doubled"].GetProperty("value").GetDouble());
        Assert.Equal(0, figures["people told twice or not at all"].GetProperty("value").GetDouble());
        Assert.Equal(0, figures["addresses readable on the mirror's disk"].GetProperty("value").GetDouble());
        Assert.Equal(0, figures["notices after the return"].GetProperty("value").GetDouble());
        Assert.InRange(figures["outage seen by a synthetic write after"].GetProperty("value").GetDouble(), 0, 170);
        Assert.InRange(figures["incident says that only the cache answers after"].GetProperty("value").GetDouble(), 0, 170);
    }

    [Fact(Skip = Hosts.OwnNetwork.NotHere, SkipWhen = nameof(Cannot))]
    public async Task P_15_Places_that_are_cut_off_with_what_they_look_at_say_nothing_of_it()
    {
        var figures = await DrillRun.OfAsync(Timed, output, "blind-monitor", "--seconds", "70");

        Assert.Equal(0, figures["verdicts of places that were blind"].GetProperty("value").GetDouble());
        Assert.Equal(0, figures["what only inside sees was called up or down"].GetProperty("value").GetDouble());
        Assert.Equal(0, figures["notices by what came late"].GetProperty("value").GetDouble());
    }
}
