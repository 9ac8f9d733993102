using System.Collections.Immutable;

namespace Candor.State.Incidents;

/// <summary>Words for automatic incidents, with placeholders as <see cref="Template"/> has them; null: Candor's own.</summary>
internal sealed record IncidentTexts
{
    /// <summary>What a title and the first words may name.</summary>
    public static readonly ImmutableArray<string> OpeningNames = ["component", "page", "places", "reason", "since"];

    /// <summary>What the last words may name.</summary>
    public static readonly ImmutableArray<string> ClosingNames = ["component", "lasted", "page", "since"];

    public string? Title { get; init; }

    public string? Opened { get; init; }

    public string? Resolved { get; init; }
}
