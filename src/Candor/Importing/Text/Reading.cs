using System.Collections.Immutable;

namespace Candor.Importing.Text;

/// <summary>How one layout read the text, and how well that went.</summary>
/// <param name="Entries">In the order of the text.</param>
/// <param name="Score">Entries with all that the layout promises count one, those with less count against it.</param>
/// <param name="From">The first line that belongs to an entry; what stands before is about the whole.</param>
internal sealed record Reading(ImmutableArray<Entry> Entries, double Score, int From)
{
    public static readonly Reading Nothing = new([], 0, int.MaxValue);

    /// <summary>Entries with all that the layout promises.</summary>
    public int Whole { get; init; }

    /// <summary>The entries are notes of what happened, not words that were posted.</summary>
    public bool IsTimeline { get; init; }
}
