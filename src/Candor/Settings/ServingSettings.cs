using System.Collections.Immutable;
using System.Net;

namespace Candor.Settings;

/// <summary>How readers are let in. It concerns this machine and not the page, so the journal never hears of it.</summary>
internal sealed record ServingSettings
{
    /// <summary>How long a reader's connection may lie idle.</summary>
    public TimeSpan KeepAlive { get; init; } = Defaults.KeepAlive;

    /// <summary>Proxies on other machines, each of which brings many readers over one address.</summary>
    public ImmutableArray<IPNetwork> TrustedProxies { get; init; } = [];
}
