using System.Collections.Frozen;
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

    /// <summary>The lines that entries are made of.</summary>
    public IReadOnlySet<int> Owned { get; init; } = FrozenSet<int>.Empty;

    /// <summary>The entries are notes of what happened, not words that were posted.</summary>
    public bool IsTimeline { get; init; }

    /// <summary>"RESOLVED" in the page's head tells how it stands now; the same word over the update that ended it has its time.</summary>
    public Reading WithoutBadge() =>
        Entries is [{ Label: { } badge, Stamp: null }, { Stamp: not null } next, ..] && Entries.Skip(1).Any(entry => entry is { Stamp: not null, Label: { } label } && label.Word == badge.Word)
            ? this with { Entries = Entries.RemoveAt(0), Score = Score + 0.5, From = next.Line, Owned = Owned.Where(line => line >= next.Line).ToFrozenSet() }
            : this;
}
