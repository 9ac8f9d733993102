using System.Globalization;
using System.Net.Http.Json;
using Candor.SystemTests.MainJob;

namespace Candor.SystemTests.Alerts;

/// <summary>Debian's Alertmanager with one receiver, which groups for as short as it can.</summary>
public sealed class Alertmanager : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("candor-alertmanager-").FullName;
    private readonly HttpClient http = new();
    private RealServer server = null!;

    private Alertmanager()
    {
    }

    public static bool Missing => Repository.Find("prometheus-alertmanager") is null;

    public static async Task<Alertmanager> StartAsync(Uri receiver, CancellationToken cancellation)
    {
        var manager = new Alertmanager();
        var settings = Path.Combine(manager.folder, "alertmanager.yml");
        await File.WriteAllTextAsync(
            settings,
            $$"""
            route: { receiver: candor, group_by: [service], group_wait: 0s, group_interval: 1s, repeat_interval: 2s }
            receivers:
              - name: candor
                webhook_configs: [{ url: "{{receiver}}", send_resolved: true }]
            """,
            cancellation);
        manager.server = await RealServer.StartAsync(
            "prometheus-alertmanager",
            port =>
            [
                $"--config.file={settings}", $"--storage.path={manager.folder}", "--cluster.listen-address=",
                string.Create(CultureInfo.InvariantCulture, $"--web.listen-address=127.0.0.1:{port}"),
            ],
            cancellation);
        manager.http.BaseAddress = new($"http://127.0.0.1:{manager.server.Port}");
        return manager;
    }

    /// <summary>What Prometheus says of a rule: it fires, or (with an end) does not any more.</summary>
    public async Task SayAsync(string name, string service, bool fires, CancellationToken cancellation)
    {
        var now = DateTimeOffset.UtcNow;
        var alert = new Dictionary<string, object>
        {
            ["labels"] = new Dictionary<string, string> { ["alertname"] = name, ["service"] = service },
            ["annotations"] = new Dictionary<string, string> { ["summary"] = "seen on host db-17.internal" },
            ["startsAt"] = now.AddSeconds(-5),
            ["endsAt"] = fires ? now.AddMinutes(10) : now,
        };
        using var said = await http.PostAsJsonAsync("/api/v2/alerts", new[] { alert }, cancellation);
        said.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
