using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Candor.SystemTests.Alerts;

/// <summary>A real Alertmanager fires into the real executable.</summary>
public sealed class AlertmanagerTests
{
    private const string Settings = """
        page: { name: Heron }
        alerts: { alertmanager: {} }
        components:
          - { name: Mail, monitors: [mail-alerts] }
          - { name: Shop }
        monitors:
          mail-alerts: { alert: { labels: { service: mail }, says: mail is delayed }, every: 5s }
        incidents: { automatic: publish, resolve_after: 0s }
        vantage: { controls: [resolvers] }
        """;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Skip = "Alertmanager is not installed.", SkipWhen = nameof(Alertmanager.Missing), SkipType = typeof(Alertmanager))]
    public async Task An_alert_opens_an_incident_and_its_end_resolves_it_and_repeats_do_neither()
    {
        await using var candor = await CandorProcess.StartAsync(Settings, Ct);
        await candor.UntilAsync("/api/v2/components.json", static json => !Known(json), Soon, Ct);
        await using var manager = await Alertmanager.StartAsync(await AddressAsync(candor), Ct);

        await manager.SayAsync("QueueLong", "mail", fires: true, Ct);
        await candor.UntilAsync("/api/v2/components.json", static json => StatusOf(json, "Mail") == "major_outage", Soon, Ct);
        await candor.UntilAsync("/api/v2/incidents/unresolved.json", static json => Count(json) == 1, Soon, Ct);
        var page = await candor.TextAsync("/", Ct);
        Assert.Contains("mail is delayed", page, StringComparison.Ordinal);
        Assert.DoesNotContain("db-17", page, StringComparison.Ordinal);

        // Another one for the same service, one for nobody, repeats every two seconds, and a crash; then the same from another Alertmanager.
        await manager.SayAsync("DiskFull", "mail", fires: true, Ct);
        await manager.SayAsync("Slow", "billing", fires: true, Ct);
        await Patience.UntilAsync(
            async () => (await candor.AdminTextAsync("/", Ct)).Contains("1 firing alert is about no monitor", StringComparison.Ordinal), Soon, () => candor.Log, Ct);
        await candor.KillAsync(Ct);
        await candor.StartAgainAsync(Ct);
        await using var other = await Alertmanager.StartAsync(await AddressAsync(candor), Ct);
        await other.SayAsync("QueueLong", "mail", fires: true, Ct);
        await Task.Delay(TimeSpan.FromSeconds(5), Ct);
        Assert.Equal(1, Count(await candor.JsonAsync("/api/v2/incidents.json", Ct)));
        Assert.Equal("major_outage", StatusOf(await candor.JsonAsync("/api/v2/components.json", Ct), "Mail"));
    }

    [Fact(Skip = "Alertmanager is not installed.", SkipWhen = nameof(Alertmanager.Missing), SkipType = typeof(Alertmanager))]
    public async Task Its_end_resolves_what_automation_leads_and_only_suggests_where_a_person_has_spoken()
    {
        await using var candor = await CandorProcess.StartAsync(Settings, Ct);
        await candor.StopAsync(Ct);
        var token = (await RunAsync("token", "create", "--name", "post", "--scope", "post", "--data", candor.Data)).Trim();
        await candor.StartAgainAsync(Ct);
        await using var manager = await Alertmanager.StartAsync(await AddressAsync(candor), Ct);

        await manager.SayAsync("QueueLong", "mail", fires: true, Ct);
        await candor.UntilAsync("/api/v2/incidents/unresolved.json", static json => Count(json) == 1, Soon, Ct);
        await manager.SayAsync("QueueLong", "mail", fires: false, Ct);
        await candor.UntilAsync("/api/v2/incidents/unresolved.json", static json => Count(json) == 0, Soon, Ct);
        await candor.UntilAsync("/api/v2/components.json", static json => StatusOf(json, "Mail") == "operational" && Known(json), Soon, Ct);

        await manager.SayAsync("QueueLong", "mail", fires: true, Ct);
        var incident = "";
        await candor.UntilAsync(
            "/api/v2/incidents/unresolved.json",
            json => Count(json) == 1 && (incident = json.GetProperty("incidents")[0].GetProperty("id").GetString()!).Length > 0, Soon, Ct);
        using var request = new HttpRequestMessage(HttpMethod.Patch, new Uri(candor.AdminAddress, $"/v1/pages/{await PageAsync(candor)}/incidents/{incident}.json"))
        {
            Content = new StringContent("incident[body]=We+are+looking.", Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("OAuth", token);
        using var said = await candor.Http.SendAsync(request, Ct);
        Assert.True(said.IsSuccessStatusCode, await said.Content.ReadAsStringAsync(Ct));
        await manager.SayAsync("QueueLong", "mail", fires: false, Ct);
        await candor.UntilAsync("/api/v2/components.json", static json => StatusOf(json, "Mail") == "operational", Soon, Ct);
        await Task.Delay(TimeSpan.FromSeconds(3), Ct);
        Assert.Equal(1, Count(await candor.JsonAsync("/api/v2/incidents/unresolved.json", Ct)));
    }

    private static async Task<Uri> AddressAsync(CandorProcess candor)
    {
        var listed = JsonElement.Parse(await RunAsync("alerts", "--json", "-f", candor.SettingsPath, "--data", candor.Data));
        return new(candor.Address, new Uri(listed[0].GetProperty("url").GetString()!).AbsolutePath);
    }

    private static async Task<string> PageAsync(CandorProcess candor) =>
        (await candor.JsonAsync("/api/v2/status.json", Ct)).GetProperty("page").GetProperty("id").GetString()!;

    private static async Task<string> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Repository.Program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = await process.StandardOutput.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    private static bool Known(JsonElement components) => Find(components, "Mail").GetProperty("candor").GetProperty("known").GetBoolean();

    private static string StatusOf(JsonElement components, string name) => Find(components, name).GetProperty("status").GetString()!;

    private static JsonElement Find(JsonElement components, string name) =>
        components.GetProperty("components").EnumerateArray().First(one => one.GetProperty("name").GetString() == name);

    private static int Count(JsonElement incidents) => incidents.GetProperty("incidents").GetArrayLength();
}
