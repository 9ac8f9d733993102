namespace Candor.SystemTests.Serve;

/// <summary>What people do to a settings file while everything runs.</summary>
public sealed class SettingsAbuseTests
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(20);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_broken_missing_or_replaced_file_changes_nothing_and_is_said()
    {
        using var target = new Target();
        var settings = SystemSettings.Of(target.Port, ("Website", $"{{ tcp: '127.0.0.1:{target.Port}' }}"));
        await using var candor = await CandorProcess.StartAsync(settings, Ct);
        await HealthAsync(candor, "ok");

        await File.WriteAllTextAsync(candor.SettingsPath, "page: { nam: x", Ct);
        await HealthAsync(candor, "degraded");
        Assert.Contains("line 1, column", await candor.AdminTextAsync("/", Ct), StringComparison.Ordinal);

        File.Delete(candor.SettingsPath);
        Directory.CreateDirectory(candor.SettingsPath);
        await Patience.UntilAsync(
            async () => (await candor.AdminTextAsync("/", Ct)).Contains("candor.yaml is gone", StringComparison.Ordinal),
            Within, () => candor.Log, Ct);
        Assert.Contains("Heron Copier", await candor.TextAsync("/", Ct), StringComparison.Ordinal);

        Directory.Delete(candor.SettingsPath);
        await File.WriteAllTextAsync(candor.SettingsPath, settings.Replace("Heron Copier", "Heron Renamed", StringComparison.Ordinal), Ct);
        await candor.UntilAsync(
            "/api/v2/status.json", status => status.GetProperty("page").GetProperty("name").GetString() == "Heron Renamed", Within, Ct);
        await HealthAsync(candor, "ok");
    }

    private static Task<TimeSpan> HealthAsync(CandorProcess candor, string status) => candor.UntilAsync(
        "/healthz", health => health.GetProperty("status").GetString() == status, Within, Ct);
}
