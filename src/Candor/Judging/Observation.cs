using System.Collections.Immutable;
using Candor.State;

namespace Candor.Judging;

/// <summary>What one probe says of the service. None is a fault of ours and never evidence about the service.</summary>
internal enum Reading
{
    None,
    Good,
    Slow,
    Bad,
}

/// <summary>What one vantage point saw of one monitor.</summary>
/// <param name="At">When the probe began.</param>
/// <param name="Reason">One phrase for readers when not good: "connection refused", "answered 503".</param>
/// <param name="Took">The whole probe; zero where nothing was measured.</param>
internal sealed record Observation(
    MonitorId Monitor, VantageId Vantage, DateTimeOffset At, Reading Reading, string Reason, TimeSpan Took) : Sign(Vantage, At)
{
    /// <summary>Durations by phase ("dns", "connect", "tls", "first_byte", "body"), in order.</summary>
    public ImmutableArray<Phase> Phases { get; init; } = [];

    /// <summary>What else the probe read: certificate days left, perfdata of a plugin, free bytes.</summary>
    public ImmutableArray<Measurement> Measurements { get; init; } = [];
}

/// <summary>One phase of a probe.</summary>
internal readonly record struct Phase(string Name, TimeSpan Took);

/// <summary>A number with its unit ("days", "bytes", "s", "%", or empty).</summary>
internal readonly record struct Measurement(string Name, double Value, string Unit);
