using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Candor.SystemTests.Readers;

/// <summary>A client that was written for Atlassian Statuspage and knows nothing of us.</summary>
public sealed class StatuspageClientTests
{
    private const string Package = "statuspage.io@3.3.8";

    private const string Script =
        """
        const { Statuspage } = require('statuspage.io');
        (async () => {
          const client = new Statuspage('kctbh9vrtdwd');
          client.setApiUrl(process.argv[1]);
          const { api } = client;
          console.log(JSON.stringify({
            components: await api.getComponents(), status: await api.getStatus(), summary: await api.getSummary(),
            incidents: await api.incidents.getAll(), unresolved: await api.incidents.getUnresolved(),
            scheduled: await api.scheduledMaintenances.getAll(), upcoming: await api.scheduledMaintenances.getUpcoming(),
            active: await api.scheduledMaintenances.getActive(),
            refused: await api.subscribers.createPageSubscription({ email: 'reader@example.com' }).then(() => 0, e => e.response.status),
          }));
        })();
        """;

    private static readonly string Folder = Path.Combine(Repository.Root, "artifacts", "statuspage-client");

    public static bool NodeMissing => Repository.Find("node") is null || Repository.Find("npm") is null;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Skip = "needs Node.js and npm", SkipWhen = nameof(NodeMissing))]
    public async Task The_npm_package_statuspage_io_runs_unmodified()
    {
        Directory.CreateDirectory(Folder);
        var (installed, complaint) = await RunAsync(
            "npm", ["install", "--no-audit", "--no-fund", "--no-save", "--ignore-scripts", "--prefix", Folder, Package]);
        Assert.SkipUnless(installed, $"{Package} could not be installed: {complaint}");

        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var candor = await CandorProcess.StartAsync(
            SystemSettings.Of(port, ("Website", $"{{ tcp: '127.0.0.1:{port}' }}")), Cancellation);
        await candor.UntilAsync(
            "/api/v2/status.json", body => body.GetProperty("status").GetProperty("indicator").GetString() == "none",
            TimeSpan.FromSeconds(30), Cancellation);

        var (ran, output) = await RunAsync("node", ["-e", Script, candor.Address.ToString().TrimEnd('/')]);
        Assert.True(ran, output);
        var told = JsonElement.Parse(output);
        Assert.Equal("All Systems Operational", told.GetProperty("status").GetProperty("status").GetProperty("description").GetString());
        Assert.Matches("^[a-z0-9]{12}$", told.GetProperty("summary").GetProperty("page").GetProperty("id").GetString());
        var component = told.GetProperty("components").GetProperty("components")[0];
        Assert.Equal(("Website", "operational"), (component.GetProperty("name").GetString(), component.GetProperty("status").GetString()));
        Assert.Equal(0, told.GetProperty("incidents").GetProperty("incidents").GetArrayLength());
        Assert.Equal(0, told.GetProperty("unresolved").GetProperty("incidents").GetArrayLength());
        Assert.All(
            (string[])["scheduled", "upcoming", "active"],
            name => Assert.Equal(0, told.GetProperty(name).GetProperty("scheduled_maintenances").GetArrayLength()));
        Assert.InRange(told.GetProperty("refused").GetInt32(), 400, 499);
    }

    private static async Task<(bool Ok, string Said)> RunAsync(string program, IReadOnlyList<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Repository.Find(program)!, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder,
        })!;
        var error = process.StandardError.ReadToEndAsync(Cancellation);
        var output = await process.StandardOutput.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        return process.ExitCode == 0 ? (true, output) : (false, await error);
    }
}
