using Candor.State;

namespace Candor.Probing.Heartbeat;

/// <summary>Looks into the book instead of into the world.</summary>
internal sealed class HeartbeatProbe(HeartbeatCheck check, ProbeTools tools) : IProbe
{
    public static IProbe Open(HeartbeatCheck check, ProbeTools tools) => new HeartbeatProbe(check, tools);

    public ValueTask<Finding> LookAsync(TimeSpan timeout, CancellationToken cancellation) =>
        new(tools is { Heartbeats: { } book, Monitor: { } monitor }
            ? HeartbeatRules.Judge(check, book.AgesOf(monitor))
            : Finding.None("heartbeats are heard by the core, not here"));
}
