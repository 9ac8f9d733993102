using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Candor.Pages.Serving;

/// <summary>What one reader, or all of them, may take. Every bound of the public listener in one place.</summary>
internal sealed record ServingLimits
{
    public static ServingLimits Default { get; } = new();

    /// <summary>A request's headers must be complete after this.</summary>
    public TimeSpan HeadersWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A connection without a request is closed after this. Behind a proxy that keeps connections longer, raise it.</summary>
    public TimeSpan IdleMax { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>The slowest that a body may come or an answer may be taken, once the grace is over.</summary>
    public double BytesPerSecondMin { get; init; } = 240;

    public TimeSpan SlowGrace { get; init; } = TimeSpan.FromSeconds(5);

    public long BodyBytesMax { get; init; } = 256 << 10;

    /// <summary>Connections from one address. Trusted proxies and this machine itself are not counted.</summary>
    public int ConnectionsPerAddressMax { get; init; } = 256;

    /// <summary>Proxies in front of us: each may bring any number of readers.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>A proxy on this machine is the usual case; nobody else comes from its own addresses.</summary>
    public bool TrustsThisMachine { get; init; } = true;

    /// <summary>All connections together, or null: what the process may open, less the reserve.</summary>
    public int? ConnectionsMax { get; init; }

    /// <summary>Descriptors that readers never get: for the journal, probes, notices and the operator.</summary>
    public int DescriptorReserve { get; init; } = 500;

    public void Apply(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.AllowSynchronousIO = false;
        var limits = options.Limits;
        limits.RequestHeadersTimeout = HeadersWithin;
        limits.KeepAliveTimeout = IdleMax;
        limits.MinRequestBodyDataRate = new(BytesPerSecondMin, SlowGrace);
        limits.MinResponseDataRate = new(BytesPerSecondMin, SlowGrace);
        limits.MaxRequestBodySize = BodyBytesMax;
        limits.MaxRequestLineSize = 8 << 10;
        limits.MaxRequestHeadersTotalSize = 16 << 10;
        limits.MaxRequestHeaderCount = 64;
        limits.MaxConcurrentUpgradedConnections = 0;
        limits.Http2.MaxStreamsPerConnection = 64;
        limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(10);
    }
}
