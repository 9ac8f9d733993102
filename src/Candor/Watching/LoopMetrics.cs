using System.Diagnostics.Metrics;

namespace Candor.Watching;

/// <summary>How often loops had to be started again.</summary>
internal sealed class LoopMetrics(IMeterFactory meters)
{
    private readonly Counter<long> restarts = meters.Create("Candor.Watching").CreateCounter<long>(
        "candor.loop.restarts", "{restart}", "Loops that ended by a fault and were started again.");

    /// <param name="loop">From a closed set: the names that the node gives its loops.</param>
    public void Restarted(string loop) => restarts.Add(1, new KeyValuePair<string, object?>("loop", loop));
}
