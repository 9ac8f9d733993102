using Candor.SystemTests.Readers;

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

    [Fact]
    public async Task Connections_may_lie_idle_as_long_as_the_settings_say_and_no_restart_is_needed()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var candor = await CandorProcess.StartAsync(Good, cancellation);
        using var before = await AskingAsync(candor, cancellation);
        Assert.False(await before.ClosesWithinAsync(TimeSpan.FromSeconds(4), cancellation));

        await File.WriteAllTextAsync(
            candor.SettingsPath, Good.Replace("Grey Heron", "Little Egret", StringComparison.Ordinal) + "\nserving: { keep_alive: 1s }\n", cancellation);
        await UntilPageHasAsync(candor, "Little Egret", cancellation);

        using var after = await AskingAsync(candor, cancellation);
        Assert.True(await after.ClosesWithinAsync(TimeSpan.FromSeconds(6), cancellation));
    }

    private static async Task<RawReader> AskingAsync(CandorProcess candor, CancellationToken cancellation)
    {
        var reader = await RawReader.OpenAsync(candor.Address, cancellation);
        await reader.SendAsync("GET /healthz HTTP/1.1\r\nHost: status.test\r\n\r\n", cancellation);
        return reader;
    }

    private static Task<TimeSpan> UntilPageHasAsync(CandorProcess candor, string text, CancellationToken cancellation) => Patience.UntilAsync(
        async () => (await candor.Http.GetStringAsync(candor.Address, cancellation)).Contains(text, StringComparison.Ordinal),
        TimeSpan.FromSeconds(20), () => candor.Log, cancellation);
}
