using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using Candor.Effects;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Candor.Pages.Serving;

/// <summary>
/// Counts the connections of a listener, together and by address, and closes what is too many before anything is read
/// from it. This machine and trusted proxies bring many readers over few addresses and are only counted in the total.
/// Who is let in takes turns with the others, and leaves one processor to those who have something to say.
/// </summary>
internal sealed class Admission(ServingLimits limits)
{
    private volatile ServingLimits limits = limits;
    private KestrelServerOptions? server;
    private readonly ConcurrentDictionary<IPAddress, int> byAddress = new();
    private readonly int connectionsMax = limits.ConnectionsMax ?? Math.Max(64, Descriptors.Limit() - limits.DescriptorReserve);
    private readonly LowPriorityThreads behind = new(Math.Max(1, Environment.ProcessorCount - 1));
    private int connections;
    private long refused;

    /// <summary>
    /// May be replaced while readers are served: whom to trust holds for the next connection, and so does the idle time,
    /// which the server looks up when a connection begins.
    /// </summary>
    public ServingLimits Limits
    {
        get => limits;
        set
        {
            limits = value;
            server?.Limits.KeepAliveTimeout = value.IdleMax;
        }
    }

    public int Connections => Volatile.Read(ref connections);

    /// <summary>Connections that were closed at once.</summary>
    public long Refused => Volatile.Read(ref refused);

    /// <summary>Sets the limits of a server and lets in what they allow.</summary>
    public void Apply(KestrelServerOptions options)
    {
        server = options;
        limits.Apply(options);
        options.ConfigureEndpointDefaults(listener => listener.Use(next => connection => ServeAsync(connection, next)));
    }

    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var address = Counted(connection.RemoteEndPoint);
        if (!Enter(address))
        {
            Interlocked.Increment(ref refused);
            connection.Abort();
            return;
        }

        var transport = connection.Transport;
        connection.Transport = new TakingTurns(new Turns(transport.Input, behind), transport.Output);
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = transport;
            Leave(address);
        }
    }

    private bool Enter(IPAddress? address)
    {
        var fits = Interlocked.Increment(ref connections) <= connectionsMax;
        var few = address is null
            || byAddress.AddOrUpdate(address, 1, static (_, n) => n + 1) <= limits.ConnectionsPerAddressMax;
        if (!fits || !few)
        {
            Leave(address);
        }

        return fits && few;
    }

    private void Leave(IPAddress? address)
    {
        Interlocked.Decrement(ref connections);
        if (address is not null && byAddress.AddOrUpdate(address, 0, static (_, n) => n - 1) == 0)
        {
            byAddress.TryRemove(new(address, 0));
        }
    }

    private IPAddress? Counted(EndPoint? remote)
    {
        var address = (remote as IPEndPoint)?.Address;
        address = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        return address is null || (limits.TrustsThisMachine && IPAddress.IsLoopback(address))
            || limits.TrustedProxies.Any(network => network.Contains(address))
            ? null
            : address;
    }

    private sealed record TakingTurns(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
