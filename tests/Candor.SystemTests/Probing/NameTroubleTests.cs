using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Candor.Effects;
using Candor.Effects.Dns;
using Candor.Judging;
using Candor.Probing;
using Candor.State;
using Candor.SystemTests.MainJob;

namespace Candor.SystemTests.Probing;

/// <summary>Probes through a real resolver that is stopped, killed, misled or half blind.</summary>
public sealed class NameTroubleTests : IAsyncLifetime
{
    private static readonly string? Dnsmasq = Repository.Find("dnsmasq");
    private readonly int port = RealServer.FreePort();
    private readonly TcpListener service = new(IPAddress.Loopback, 0);
    private readonly List<ControlReading> controls = [];
    private Process? resolver;

    public static bool Missing => Dnsmasq is null;

    public ValueTask InitializeAsync()
    {
        service.Start(100);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        Kill();
        service.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact(Skip = "needs dnsmasq", SkipWhen = nameof(Missing), SkipType = typeof(NameTroubleTests))]
    public async Task P_18_Trouble_with_names_is_told_from_trouble_with_services()
    {
        await StartAsync();
        Assert.Equal([Reading.Good, Reading.Good, Reading.Bad], await LookAsync());
        Assert.True(await ControlAsync());

        // Alive but silent: as a resolver that is ten seconds slow looks to somebody with two seconds' patience.
        Signal("STOP");
        Assert.Equal([Reading.None, Reading.None, Reading.None], await LookAsync());
        Assert.False(await ControlAsync());
        Signal("CONT");
        Assert.Equal([Reading.Good, Reading.Good, Reading.Bad], await LookAsync());

        Kill();
        Assert.Equal([Reading.None, Reading.None, Reading.None], await LookAsync());
        Assert.False(await ControlAsync());

        // Its own upstream is gone: SERVFAIL or REFUSED for everything but what it knows by itself.
        await StartAsync(upstreamGone: true);
        Assert.Equal(Reading.None, await LookAsync("elsewhere.example"));
        Assert.False(await ControlAsync());
        Assert.Equal([Reading.Good, Reading.Good, Reading.Bad], await LookAsync());
    }

    /// <summary>Two names that are there, and one in a zone that has lost its names.</summary>
    private async Task<Reading[]> LookAsync() => await Task.WhenAll(LookAsync("a.good.test"), LookAsync("b.good.test"), LookAsync("a.gone.test"));

    private async Task<Reading> LookAsync(string name)
    {
        var check = new Check("tcp", name, $$"""{"address":"{{name}}:{{((IPEndPoint)service.LocalEndpoint).Port}}"}""");
        return (await CheckKinds.Open(check, Tools()).LookAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken)).Reading;
    }

    private async Task<bool> ControlAsync()
    {
        controls.Clear();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var asking = new Controls(VantageId.Local, Tools(), () => [], (reading, _) =>
        {
            controls.Add(reading);
            return new(stop.CancelAsync());
        })
        {
            Targets = [Controls.Resolvers],
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking.RunAsync(stop.Token));
        return controls.Single().Answered;
    }

    private ProbeTools Tools()
    {
        var files = ResolverFiles.Empty with { Servers = [new(IPAddress.Loopback, port)] };
        var rules = EgressRules.PublicOnly with { Allow = [IPNetwork.Parse("127.0.0.0/8")] };
        return new(new Egress(rules, () => files, new SystemRandomness(), TimeProvider.System), TimeProvider.System, new SystemRandomness())
        {
            Names = () => files,
            Self = new() { KnownName = "example.com" },
        };
    }

    private async Task StartAsync(bool upstreamGone = false)
    {
        string[] upstream = upstreamGone ? [$"--server=127.0.0.1#{RealServer.FreePort()}"] : ["--address=/example.com/192.0.2.1"];
        resolver = Process.Start(new ProcessStartInfo(
            Dnsmasq!,
            [
                "--no-daemon", "--no-resolv", "--no-hosts", "--conf-file=/dev/null", "--listen-address=127.0.0.1", "--bind-interfaces",
                $"--port={port}", "--address=/good.test/127.0.0.1", "--address=/gone.test/", "--user=root", .. upstream,
            ])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        })!;
        var ready = Stopwatch.StartNew();
        while (await LookAsync("a.good.test") != Reading.Good)
        {
            Assert.True(ready.Elapsed < TimeSpan.FromSeconds(20), "dnsmasq did not start");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private void Signal(string name) => Process.Start("kill", [$"-{name}", $"{resolver!.Id}"]).WaitForExit();

    private void Kill()
    {
        resolver?.Kill();
        resolver?.WaitForExit();
        resolver?.Dispose();
        resolver = null;
    }
}
