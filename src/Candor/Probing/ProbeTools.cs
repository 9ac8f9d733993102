using Candor.Effects;
using Candor.State;

namespace Candor.Probing;

/// <summary>What probes reach the world with.</summary>
internal sealed record ProbeTools(INetwork Network, TimeProvider Time, IRandomness Randomness)
{
    /// <summary>Null where this process may not start programs (no <c>--allow-commands</c>).</summary>
    public IProcesses? Processes { get; init; }

    /// <summary>What <c>$NAME</c> in a header stands for.</summary>
    public Func<string, string?> Secrets { get; init; } = _ => null;

    /// <summary>What Candor knows of itself; a part that is missing reads as "none".</summary>
    public SelfView Self { get; init; } = new();

    /// <summary>What was heard from heartbeats.</summary>
    public Heartbeat.HeartbeatBook? Heartbeats { get; init; }

    /// <summary>What other tools told.</summary>
    public Alert.AlertBook? Alerts { get; init; }

    /// <summary>Opens checks; a simulation puts its own probes here.</summary>
    public Func<Check, ProbeTools, IProbe> Open { get; init; } = CheckKinds.Open;

    /// <summary>Whose probe is being opened; null for a single look.</summary>
    public MonitorId? Monitor { get; init; }

    /// <summary>The resolvers of this machine, for checks that name none.</summary>
    public Func<Effects.Dns.ResolverFiles> Names { get; init; } = () => Effects.Dns.ResolverFiles.Empty;
}
