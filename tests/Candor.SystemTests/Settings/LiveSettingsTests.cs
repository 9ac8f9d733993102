namespace Candor.SystemTests.Settings;

public sealed class LiveSettingsTests
{
    private const string Good = """
        page: { name: Grey Heron }
        monitors: { website: { tcp: "192.0.2.1:80", every: 60s } }
        """;

    [Fact]
    public async Task A_broken_edit_changes_nothing_and_a_good_one_is_on_the_page_within_seconds()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var candor = await CandorProcess.StartAsync(Good, cancellation);
        await UntilPageHasAsync(candor, "Grey Heron", cancellation);

        await File.WriteAllTextAsync(candor.SettingsPath, Good.Replace("60s", "hunter2", StringComparison.Ordinal), cancellation);
        await Patience.UntilAsync(
            async () => (await candor.Http.GetStringAsync(new Uri(candor.Address, "healthz"), cancellation)).Contains("settings cannot be used", StringComparison.Ordinal),
            TimeSpan.FromSeconds(20), () => candor.Log, cancellation);
        var page = await candor.Http.GetStringAsync(candor.Address, cancellation);
        Assert.Contains("Grey Heron", page, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", page, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", await candor.Http.GetStringAsync(new Uri(candor.Address, "healthz"), cancellation), StringComparison.Ordinal);

        await File.WriteAllTextAsync(candor.SettingsPath, Good.Replace("Grey Heron", "Little Egret", StringComparison.Ordinal), cancellation);
        await UntilPageHasAsync(candor, "Little Egret", cancellation);
    }

    private static Task<TimeSpan> UntilPageHasAsync(CandorProcess candor, string text, CancellationToken cancellation) => Patience.UntilAsync(
        async () => (await candor.Http.GetStringAsync(candor.Address, cancellation)).Contains(text, StringComparison.Ordinal),
        TimeSpan.FromSeconds(20), () => candor.Log, cancellation);
}
