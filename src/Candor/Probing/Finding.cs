using System.Collections.Immutable;
using Candor.Judging;

namespace Candor.Probing;

/// <summary>What one look saw, before it is known which monitor and vantage point it belongs to.</summary>
/// <param name="Reason">One phrase for readers; empty where all is well.</param>
internal sealed record Finding(Reading Reading, string Reason)
{
    public static readonly Finding Good = new(Reading.Good, "");

    public TimeSpan Took { get; init; }

    public ImmutableArray<Phase> Phases { get; init; } = [];

    public ImmutableArray<Measurement> Measurements { get; init; } = [];

    public static Finding Bad(string reason) => new(Reading.Bad, reason);

    public static Finding Slow(string reason) => new(Reading.Slow, reason);

    /// <summary>A fault of ours: it says nothing about the service.</summary>
    public static Finding None(string reason) => new(Reading.None, reason);
}

/// <summary>Ends a look from deep inside with what is to be said.</summary>
internal sealed class FindingException(Finding finding) : Exception(finding.Reason)
{
    public Finding Finding { get; } = finding;
}
