namespace Candor.SystemTests.Drills;

/// <summary>
/// The drills of delivery, small: what must hold holds on any machine; how quick it was is for a machine with nothing else to
/// do (`candor drill mail-down`).
/// </summary>
public sealed class MailDrillTests(ITestOutputHelper output)
{
    private static readonly string[] Timed =
    [
        "page p99 while mail is down", "webhook publish to hand-off p99", "page says that mail does not go out after", "page says that mail is well again after",
        "posting works again after", "page is back after the start in",

        // Where a machine is starved, the drill's own kill may come before the core has heard which mail was begun.
        "poison parked after deaths",
    ];

    [Fact]
    public async Task P_09_A_process_that_dies_again_and_again_while_mail_is_away_costs_nobody_a_word()
    {
        var figures = await DrillRun.OfAsync(Timed, output, "mail-down", "--mails", "150", "--webhooks", "20", "--seconds", "4");

        Assert.InRange(figures["poison parked after deaths"].GetProperty("value").GetDouble(), 3, 6);
        Assert.Equal(0, figures["core restarts"].GetProperty("value").GetDouble());
        Assert.True(figures["ledger violations"].GetProperty("holds").GetBoolean());
    }

    [Fact]
    public async Task A_store_that_goes_away_in_the_middle_of_telling_many_loses_nothing()
    {
        var figures = await DrillRun.OfAsync(Timed, output, "database-down", "--mails", "600", "--seconds", "4");

        Assert.Equal(0, figures["acknowledged and lost"].GetProperty("value").GetDouble());
        Assert.Equal(0, figures["missing"].GetProperty("value").GetDouble());
    }
}
