using System.Collections.Immutable;
using Candor.Judging;

namespace Candor.Probing;

/// <summary>What one look saw, before it is known which monitor and vantage point it belongs to.</summary>
/// <param name="Reason">One phrase for readers; empty where all is well.</param>
internal sealed record Sighting(Reading Reading, string Reason)
{
    public static readonly Sighting Good = new(Reading.Good, "");

    public TimeSpan Took { get; init; }

    public ImmutableArray<Phase> Phases { get; init; } = [];

    public ImmutableArray<Measurement> Measurements { get; init; } = [];

    public static Sighting Bad(string reason) => new(Reading.Bad, reason);

    public static Sighting Slow(string reason) => new(Reading.Slow, reason);

    /// <summary>A fault of ours: it says nothing about the service.</summary>
    public static Sighting None(string reason) => new(Reading.None, reason);
}

/// <summary>Ends a look from deep inside with what is to be said.</summary>
internal sealed class SightingException(Sighting sighting) : Exception(sighting.Reason)
{
    public Sighting Sighting { get; } = sighting;
}
