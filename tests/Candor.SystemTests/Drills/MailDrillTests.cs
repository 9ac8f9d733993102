using System.Diagnostics;
using System.Text.Json;

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

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task P_09_A_process_that_dies_again_and_again_while_mail_is_away_costs_nobody_a_word()
    {
        var figures = await RunAsync("mail-down", "--mails", "150", "--webhooks", "20", "--seconds", "4");

        Assert.InRange(figures["poison parked after deaths"].GetProperty("value").GetDouble(), 3, 6);
        Assert.Equal(0, figures["core restarts"].GetProperty("value").GetDouble());
        Assert.True(figures["ledger violations"].GetProperty("holds").GetBoolean());
    }

    [Fact]
    public async Task A_store_that_goes_away_in_the_middle_of_telling_many_loses_nothing()
    {
        var figures = await RunAsync("database-down", "--mails", "600", "--seconds", "4");

        Assert.Equal(0, figures["acknowledged and lost"].GetProperty("value").GetDouble());
        Assert.Equal(0, figures["missing"].GetProperty("value").GetDouble());
    }

    /// <summary>Every figure by its name; all but the timed ones must hold.</summary>
    private async Task<Dictionary<string, JsonElement>> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Repository.Program, ["drill", .. arguments, "--json"])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var told = process.StandardError.ReadToEndAsync(Ct);
        var lines = (await process.StandardOutput.ReadToEndAsync(Ct)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync(Ct);
        output.WriteLine(await told);
        output.WriteLine(string.Join('\n', lines));
        var figures = lines.Select(static line => JsonElement.Parse(line)).ToDictionary(static one => one.GetProperty("name").GetString()!);
        Assert.NotEmpty(figures);
        Assert.All(figures, static one => Assert.True(one.Value.GetProperty("holds").GetBoolean() || Timed.Contains(one.Key), one.Value.GetRawText()));
        Assert.Equal(figures.Values.All(static one => one.GetProperty("holds").GetBoolean()) ? 0 : 1, process.ExitCode);
        return figures;
    }
}
