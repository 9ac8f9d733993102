using System.Net;
using System.Net.Sockets;
using Candor.Effects;
using Candor.Effects.Dns;
using Candor.Judging;
using Candor.Settings.Forms;
using Candor.State;

namespace Candor.Probing;

/// <summary>
/// Asks what must always answer (the gateway, the resolvers, places the operator chose), so that the judge can tell
/// "they are down" from "we are blind". Every 10 seconds, and at once after something was seen bad: a bad
/// reading counts only when one of them has answered after it.
/// </summary>
internal sealed class Controls : IDisposable
{
    public const string Gateway = "gateway";
    public const string Resolvers = "resolvers";

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private readonly VantageId vantage;
    private readonly ProbeTools tools;
    private readonly Func<IReadOnlyList<IPAddress>> gateways;
    private readonly Func<ControlReading, CancellationToken, ValueTask> report;
    private readonly DnsClient client;
    private readonly Wakeup wakeup;

    public Controls(
        VantageId vantage, ProbeTools tools, Func<IReadOnlyList<IPAddress>> gateways,
        Func<ControlReading, CancellationToken, ValueTask> report)
    {
        (this.vantage, this.tools, this.gateways, this.report) = (vantage, tools, gateways, report);
        client = new(tools.Network, tools.Randomness);
        wakeup = new(tools.Time);
    }

    /// <summary>"gateway", "resolvers", or host:port; replaced as a whole when the settings change.</summary>
    public IReadOnlyList<string> Targets { get; set; } = [Gateway, Resolvers];

    /// <summary>Something looks bad: ask now whether it is us.</summary>
    public void Soon() => wakeup.Now();

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await Task.WhenAll(Targets.Select(target => AskAsync(target, cancellation)));
            await Task.Delay(Apart, tools.Time, cancellation);
            await wakeup.PauseAsync(Every - Apart, cancellation);
        }
    }

    public void Dispose() => wakeup.Dispose();

    private async Task AskAsync(string target, CancellationToken cancellation)
    {
        var at = tools.Time.GetUtcNow();
        using var patience = new CancellationTokenSource(Patience, tools.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        bool? answered;
        try
        {
            answered = target switch
            {
                Gateway => await GatewayAsync(both.Token),
                Resolvers => await ResolversAsync(both.Token),
                _ => await PlaceAsync(target, both.Token),
            };
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            answered = false;
        }

        // What could not even be tried tells nothing in either direction.
        if (answered is { } known)
        {
            await report(new(vantage, target, at, known, known ? "" : Said(target, gateways().Count)), cancellation);
        }
    }

    private static string Said(string target, int routes) => target switch
    {
        Gateway when routes == 0 => "this machine has no default route",
        Gateway => "the default gateway does not answer",
        Resolvers => "no resolver answers",
        _ => $"{target} does not answer",
    };

    private async Task<bool?> GatewayAsync(CancellationToken cancellation)
    {
        var known = gateways();
        bool? answered = known.Count == 0 ? false : null; // no default route is the clearest blindness there is
        foreach (var gateway in known)
        {
            try
            {
                await tools.Network.PingAsync(gateway, cancellation);
                return true;
            }
            catch (Exception e) when (e is SocketException or EgressForbiddenException)
            {
                answered = false;
            }
            catch (PingUnavailableException)
            {
                answered ??= await IsThereAsync(new(gateway, 53), cancellation);
            }
        }

        return answered;
    }

    private async Task<bool?> ResolversAsync(CancellationToken cancellation)
    {
        var servers = tools.Names().Servers;
        var asking = servers.Select(server => AnswersAsync(server, cancellation)).ToList();
        return servers.IsEmpty ? null : (await Task.WhenAll(asking)).Any(answered => answered);
    }

    /// <summary>A refusal or SERVFAIL is no answer: names do not resolve, whoever is to blame.</summary>
    private async Task<bool> AnswersAsync(IPEndPoint server, CancellationToken cancellation)
    {
        try
        {
            var reply = await client.AskAsync(server, tools.Self.KnownName, DnsType.A, cancellation);
            return reply.Code is DnsCode.NoError or DnsCode.NoSuchName;
        }
        catch (Exception e) when (e is SocketException or IOException or InvalidDataException or EgressForbiddenException)
        {
            return false;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<bool?> PlaceAsync(string target, CancellationToken cancellation)
    {
        if (HostPort.Read(target, out var place) is not null)
        {
            return null;
        }

        var found = await tools.Network.ResolveAsync(place.Host, cancellation);
        return found switch
        {
            { Allowed: [var address, ..] } => await IsThereAsync(new(address, place.Port), cancellation),
            { Answer: NameAnswer.ResolverFailed } => false,
            _ => null,
        };
    }

    /// <summary>Being refused shows that somebody is there, as well as being let in.</summary>
    private async Task<bool?> IsThereAsync(IPEndPoint endpoint, CancellationToken cancellation)
    {
        try
        {
            await using var stream = await tools.Network.ConnectAsync(endpoint, cancellation);
            return true;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode is SocketError.ConnectionRefused or SocketError.ConnectionReset;
        }
        catch (EgressForbiddenException)
        {
            return null;
        }
    }
}
