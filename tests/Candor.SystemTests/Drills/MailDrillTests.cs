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
        "page says that nothing can be stored after", "page says that notices do not go out after", "posting works again after the journal's lock in",
        "mails go out again after the queue's lock in", "posting works again after the standstill in", "posting works again after nothing was to be written in",
        "page is back after the start in", "drain begins after the return in", "drain rises in a second by", "rate after the server had too much", "drain took",
        "fresh notices in the drain, p99", "store's writes in the drain, p95",

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
        Assert.InRange(figures["page says that notices do not go out after"].GetProperty("value").GetDouble(), 0, 19);
        Assert.InRange(figures["drain begins at"].GetProperty("value").GetDouble(), 1, 100);
        Assert.InRange(figures["drain took"].GetProperty("value").GetDouble(), 0, 15);
        Assert.True(figures["drain begins at"].GetProperty("samples").GetArrayLength() > 1);
        Assert.False(figures["late mails that do not say so"].TryGetProperty("holds", out _));
    }
}
