using System.Collections.Immutable;
using Candor.State;

namespace Candor.Importing.Text;

/// <summary>What a text says of the incident as a whole, and the lines that say it.</summary>
internal sealed record Outline
{
    public string? Title { get; init; }

    public string? PageName { get; init; }

    public bool IsMaintenance { get; init; }

    public Stamp? Started { get; init; }

    public Stamp? Ended { get; init; }

    /// <summary>"Started about 24 hours ago".</summary>
    public TimeSpan? StartedAgo { get; init; }

    public TimeSpan? Lasted { get; init; }

    public Impact? Severity { get; init; }

    public IncidentStatus? Status { get; init; }

    public ImmutableArray<ImmutableArray<string>> Affected { get; init; } = [];

    public ImmutableArray<SaidInterval> Intervals { get; init; } = [];

    public ImmutableArray<ImportWarning> Warnings { get; init; } = [];
}
