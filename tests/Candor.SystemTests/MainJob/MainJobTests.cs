using System.Net;
using System.Net.Sockets;

namespace Candor.SystemTests.MainJob;

/// <summary>The main job with other people's servers: they fail, slow down and come back, and strangers read what Candor says.</summary>
public sealed class MainJobTests : IDisposable
{
    private readonly TcpListener control = new(IPAddress.Loopback, 0);

    public MainJobTests() => control.Start();

    public static bool SmtpSinkMissing => Repository.Find("smtp-sink") is null;

    public static bool DnsmasqMissing => Repository.Find("dnsmasq") is null;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => control.Dispose();

    [Fact(Skip = "needs nginx", SkipWhen = nameof(Nginx.Missing), SkipType = typeof(Nginx))]
    public async Task A_web_server_that_stops_opens_an_incident_that_resolves_when_it_is_back()
    {
        await using var nginx = await Nginx.StartAsync(Cancellation);
        await using var candor = await CandorProcess.StartAsync(
            Settings("Website", $"{{ http: 'http://127.0.0.1:{nginx.Port}/', expect: {{ body: Heron }} }}"), Cancellation);
        await using var live = await candor.ListenAsync(Cancellation);
        var onlooker = new Onlooker(candor, live);
        await onlooker.WaitForAsync("Website", "operational", Cancellation);

        await nginx.StopAsync(Cancellation);
        var incident = await onlooker.SeesOpenAsync("Website", "major_outage", Cancellation);
        Assert.Contains("connection refused", await candor.TextAsync($"/incidents/{incident}", Cancellation), StringComparison.Ordinal);

        await nginx.StartAgainAsync(Cancellation);
        await onlooker.SeesResolvedAsync(incident, Cancellation);
    }

    [Fact(Skip = "needs nginx", SkipWhen = nameof(Nginx.Missing), SkipType = typeof(Nginx))]
    public async Task A_web_server_that_is_slow_is_degraded_and_not_down()
    {
        await using var nginx = await Nginx.StartAsync(Cancellation);
        await using var candor = await CandorProcess.StartAsync(
            Settings("Website", $"{{ http: 'http://127.0.0.1:{nginx.Port}/', timeout: 4s, every: 4s, expect: {{ body: Heron, within: 500ms }} }}"),
            Cancellation);
        await using var live = await candor.ListenAsync(Cancellation);
        var onlooker = new Onlooker(candor, live);
        await onlooker.WaitForAsync("Website", "operational", Cancellation);

        await nginx.SlowToAsync(1500, Cancellation);
        await onlooker.WaitForAsync("Website", "degraded_performance", Cancellation);

        await nginx.SlowToAsync(0, Cancellation);
        await onlooker.WaitForAsync("Website", "operational", Cancellation);
    }

    [Fact(Skip = "needs postfix's smtp-sink", SkipWhen = nameof(SmtpSinkMissing))]
    public async Task A_mail_server_that_stops_opens_an_incident_that_resolves_when_it_is_back()
    {
        await using var sink = await RealServer.StartAsync(
            "smtp-sink", port => ["-u", Environment.UserName, $"127.0.0.1:{port}", "16"], Cancellation);
        await TellsOfAsync(sink, "Mail", $"{{ smtp: '127.0.0.1:{sink.Port}' }}");
    }

    [Fact(Skip = "needs dnsmasq", SkipWhen = nameof(DnsmasqMissing))]
    public async Task A_resolver_that_stops_opens_an_incident_that_resolves_when_it_is_back()
    {
        await using var resolver = await RealServer.StartAsync(
            "dnsmasq",
            port =>
            [
                "--keep-in-foreground", "--conf-file=/dev/null", "--no-resolv", "--no-hosts", "--bind-interfaces",
                "--listen-address=127.0.0.1", $"--port={port}", "--address=/shop.test/192.0.2.7", "--pid-file=",
                $"--user={Environment.UserName}",
            ],
            Cancellation);
        await TellsOfAsync(
            resolver, "Names", $"{{ dns: shop.test, server: '127.0.0.1:{resolver.Port}', expect: {{ answers: [192.0.2.7] }} }}");
    }

    private async Task TellsOfAsync(RealServer server, string component, string monitor)
    {
        await using var candor = await CandorProcess.StartAsync(Settings(component, monitor), Cancellation);
        await using var live = await candor.ListenAsync(Cancellation);
        var onlooker = new Onlooker(candor, live);
        await onlooker.WaitForAsync(component, "operational", Cancellation);

        await server.StopAsync(Cancellation);
        var incident = await onlooker.SeesOpenAsync(component, "major_outage", Cancellation);

        await server.StartAsync(Cancellation);
        await onlooker.SeesResolvedAsync(incident, Cancellation);
    }

    private string Settings(string component, string monitor) => SystemSettings.Of(
        ((IPEndPoint)control.LocalEndpoint).Port, (component, monitor));
}
