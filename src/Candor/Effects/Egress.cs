using System.Net;
using System.Net.Sockets;
using Candor.Effects.Dns;

namespace Candor.Effects;

/// <summary>
/// The one way out. Resolves once, classifies every address, connects to an address that passed. No proxies, nothing
/// from the environment. The only files of Candor that open outgoing sockets are this one and <see cref="Echo"/>.
/// </summary>
internal sealed class Egress : INetwork
{
    private const int DatagramBytesMax = 65_535;
    private readonly NameResolver resolver;
    private volatile EgressRules rules;

    /// <param name="rules">What may be contacted beyond the public Internet.</param>
    /// <param name="files">The machine's resolvers and hosts; asked before each lookup.</param>
    public Egress(EgressRules rules, Func<ResolverFiles> files, IRandomness randomness, TimeProvider time)
    {
        this.rules = rules;
        resolver = new(new DnsClient(this, randomness), files, time);
        Time = time;
    }

    /// <summary>Replaced as a whole when the settings change; connections made before stay.</summary>
    public EgressRules Rules
    {
        get => rules;
        set => rules = value;
    }

    private TimeProvider Time { get; }

    public async ValueTask<Resolution> ResolveAsync(string host, CancellationToken cancellation)
    {
        if (HostName.Read(host, out var fault) is not { } name)
        {
            return new(NameAnswer.NotAHost, [], [], fault);
        }

        var found = name.Literal is { } literal
            ? new NameLookup(NameAnswer.Found, [literal], "")
            : await resolver.LookUpAsync(name.Name, cancellation);
        return Sorted(found);
    }

    public async ValueTask<Stream> ConnectAsync(IPEndPoint endpoint, CancellationToken cancellation)
    {
        Guard(endpoint.Address, endpoint.Port);
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endpoint, cancellation);
            return new OutboundStream(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
        finally
        {
            await SocketThreads.LeaveAsync();
        }
    }

    public async ValueTask<byte[]> ExchangeAsync(
        IPEndPoint endpoint, ReadOnlyMemory<byte> datagram, Func<ReadOnlyMemory<byte>, bool> accept, CancellationToken cancellation)
    {
        Guard(endpoint.Address, endpoint.Port);
        using var socket = new Socket(endpoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp);

        // Connected, so that the kernel drops what comes from elsewhere and reports a closed port at once.
        await socket.ConnectAsync(endpoint, cancellation);
        await socket.SendAsync(datagram, cancellation);
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(DatagramBytesMax);
        try
        {
            while (true)
            {
                var length = await socket.ReceiveAsync(buffer, cancellation);
                await SocketThreads.LeaveAsync();
                if (accept(buffer.AsMemory(0, length)))
                {
                    return buffer.AsSpan(0, length).ToArray();
                }
            }
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public ValueTask<TimeSpan> PingAsync(IPAddress address, CancellationToken cancellation)
    {
        Guard(address, port: null);
        return Echo.SendAsync(address, Time, cancellation);
    }

    private void Guard(IPAddress address, int? port)
    {
        if (rules.Refuse(address, port) is { } refusal)
        {
            throw new EgressForbiddenException(refusal);
        }
    }

    private Resolution Sorted(NameLookup found)
    {
        var (allowed, forbidden, reason) = (new List<IPAddress>(), new List<IPAddress>(), found.Reason);
        var current = rules;
        foreach (var address in found.Addresses)
        {
            var refusal = current.Refuse(address);
            (refusal is null || current.Neighbours.Contains(address) ? allowed : forbidden).Add(address);
            reason = reason.Length == 0 && refusal is not null ? refusal : reason;
        }

        return new(found.Answer, allowed, forbidden, allowed.Count > 0 ? "" : reason);
    }
}
