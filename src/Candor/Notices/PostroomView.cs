using System.Collections.Frozen;
using Candor.Notices.Ledger;
using Candor.State;

namespace Candor.Notices;

/// <summary>How a channel stands, for metrics and pages; replaced as a whole about once a second.</summary>
internal sealed record PostroomView(string Channel, Counts Total)
{
    public FrozenDictionary<Topic, Counts> ByTopic { get; init; } = FrozenDictionary<Topic, Counts>.Empty;

    public int InFlight { get; init; }

    public int Ambiguous { get; init; }

    public int Broken { get; init; }

    public bool IsStopped { get; init; }

    public bool IsReady { get; init; }

    public int Restarts { get; init; }

    public DateTimeOffset? OldestPending { get; init; }

    /// <summary>Rounds of reconciling that found a difference and mended it.</summary>
    public int Mended { get; init; }
}
