using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Candor.SystemTests.Serve;

namespace Candor.SystemTests.Mirrors;

/// <summary>What is seen from outside: the page by the addresses of readers, and a Candor by another one.</summary>
public sealed class OutsideTests
{
    private static readonly HashSet<int> Taken = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task R_22_A_mirror_that_dies_is_said_to_operators_and_the_page_is_read_back_where_readers_get_it()
    {
        using var target = new Target();
        var settings = SystemSettings.Of(target.Port, ("Website", $"{{ tcp: '127.0.0.1:{target.Port}' }}"));
        await using var candor = await CandorProcess.StartAsync(settings, Ct);
        await using var mirror = new MirrorProcess((await RunAsync("mirror", "key", "--data", candor.Data)).Trim());
        await mirror.StartAsync(candor.Address, Ct);
        await File.WriteAllTextAsync(
            candor.SettingsPath, settings + $"read_back: {{ from: [\"{candor.Address}\", \"{mirror.Http.BaseAddress}\"], every: 5s, within: 10s }}\n", Ct);

        await MeteredAsync(candor, "candor_readback_addresses{state=\"right\"} 2");
        Assert.DoesNotContain("Readers do not get", await candor.AdminTextAsync("/", Ct), StringComparison.Ordinal);

        await mirror.KillAsync(Ct);
        await Patience.UntilAsync(
            async () => (await candor.AdminTextAsync("/", Ct)).Contains("Readers do not get what is published here at 1 address of 2.", StringComparison.Ordinal),
            TimeSpan.FromSeconds(90), () => candor.Log, Ct);
        Assert.Contains($"{mirror.Http.BaseAddress}: it cannot be read", await candor.AdminTextAsync("/", Ct), StringComparison.Ordinal);
        using (var strict = await candor.Http.GetAsync(new Uri("/healthz?strict", UriKind.Relative), Ct))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, strict.StatusCode);
        }

        await MeteredAsync(candor, "candor_readback_addresses{state=\"wrong\"} 1");

        // A mirror that was given up is Taken from the list.
        await File.WriteAllTextAsync(candor.SettingsPath, settings + $"read_back: {{ from: [\"{candor.Address}\"], every: 5s, within: 10s }}\n", Ct);
        await Patience.UntilAsync(
            async () => !(await candor.AdminTextAsync("/", Ct)).Contains("Readers do not get", StringComparison.Ordinal),
            TimeSpan.FromSeconds(60), () => candor.Log, Ct);
    }

    [Fact]
    public async Task Two_that_watch_each_other_say_so_when_one_of_them_is_killed_and_when_it_is_back()
    {
        using var target = new Target();
        var settings = SystemSettings.Of(target.Port, ("Other", "{ heartbeat: { every: 5s, grace: 10s }, every: 1s }")) + "alive: { tell: [$OTHER], every: 5s }\n";
        var knownToOne = new Dictionary<string, string>();
        await using var one = await CandorProcess.StartAsync(new CandorOptions { Settings = settings, Port = FreePort(), Environment = knownToOne }, Ct);
        await using var two = await CandorProcess.StartAsync(
            new CandorOptions { Settings = settings, Port = FreePort(), Environment = new Dictionary<string, string> { ["OTHER"] = await AddressAsync(one) } }, Ct);

        // The first one was started before there was anybody to tell; it says whom it cannot tell, and not the address.
        await Patience.UntilAsync(
            async () => (await one.AdminTextAsync("/", Ct)).Contains("$OTHER: the environment does not have it.", StringComparison.Ordinal), TimeSpan.FromSeconds(60), () => one.Log, Ct);
        await one.StopAsync(Ct);
        knownToOne["OTHER"] = await AddressAsync(two);
        await one.StartAgainAsync(Ct);
        await IsAsync(one, "operational");
        await IsAsync(two, "operational");

        await two.KillAsync(Ct);
        var killed = Stopwatch.StartNew();
        await IsAsync(one, "major_outage");
        TestContext.Current.TestOutputHelper?.WriteLine($"said {killed.Elapsed} after the kill");
        Assert.NotEmpty((await one.JsonAsync("/status.json", Ct)).GetProperty("incidents").EnumerateArray());

        await two.StartAgainAsync(Ct);
        await IsAsync(one, "operational");
        Assert.DoesNotContain(knownToOne["OTHER"][^20..], one.Log + await one.AdminTextAsync("/", Ct), StringComparison.Ordinal);
    }

    /// <summary>Below those that the system hands out, so that nobody else is given it while nobody listens there.</summary>
    private static int FreePort()
    {
        for (var port = 20_000 + (Environment.ProcessId % 10_000); ; port++)
        {
            if (!Taken.Add(port))
            {
                continue;
            }

            try
            {
                using var trial = new TcpListener(IPAddress.Loopback, port);
                trial.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody's; the next one.
            }
        }
    }

    private static async Task IsAsync(CandorProcess candor, string status)
    {
        var took = await candor.UntilAsync(
            "/status.json",
            page => page.GetProperty("components")[0] is var other && other.GetProperty("known").GetBoolean() && other.GetProperty("status").GetString() == status,
            TimeSpan.FromSeconds(120), Ct);
        TestContext.Current.TestOutputHelper?.WriteLine($"{status} after {took}");
    }

    private static Task<TimeSpan> MeteredAsync(CandorProcess candor, string line) => Patience.UntilAsync(
        async () => (await candor.AdminTextAsync("/metrics", Ct)).Contains(line, StringComparison.Ordinal),
        TimeSpan.FromSeconds(90), () => candor.Log, Ct);

    /// <summary>Where the other one has to call, at the address at which it really listens.</summary>
    private static async Task<string> AddressAsync(CandorProcess candor)
    {
        var shown = await RunAsync("heartbeats", "-f", candor.SettingsPath, "--data", candor.Data, "--json");
        return new Uri(candor.Address, new Uri(JsonElement.Parse(shown)[0].GetProperty("url").GetString()!).AbsolutePath).AbsoluteUri;
    }

    private static async Task<string> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Repository.Program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = await process.StandardOutput.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        return output;
    }
}
