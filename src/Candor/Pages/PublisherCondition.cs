using System.Collections.Immutable;

namespace Candor.Pages;

/// <summary>How rendering goes.</summary>
/// <param name="RenderedAt">The newest edition, or null before the first.</param>
/// <param name="Took">From the brief to the swap.</param>
/// <param name="Faults">Pages that could not be rendered; their last good bytes are up.</param>
internal sealed record PublisherCondition(DateTimeOffset? RenderedAt, TimeSpan Took, ImmutableArray<PageFault> Faults)
{
    public static readonly PublisherCondition NotStarted = new(null, TimeSpan.Zero, []);
}

/// <summary>A new edition.</summary>
/// <param name="Changed">Paths whose bytes are new because something happened; empty where only time went by.</param>
internal sealed record EditionNews(Edition Edition, IReadOnlyList<string> Changed, DateTimeOffset At)
{
    /// <summary>Something else is kept from these readers than before: who listens has to come in anew.</summary>
    public bool IsRegated { get; init; }
}
