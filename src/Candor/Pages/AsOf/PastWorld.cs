using Candor.Journal;
using Candor.State;

namespace Candor.Pages.AsOf;

/// <summary>What the facts added up to at a place of the journal, and from when on they did.</summary>
/// <param name="From">
/// The latest commit time up to this place: readers can have seen it from then on. It never runs backwards along the
/// journal, even where the clock did.
/// </param>
internal sealed record PastWorld(Position Position, DateTimeOffset From, World World)
{
    public static readonly PastWorld Nothing = new(Position.Start, DateTimeOffset.MinValue, World.Empty);

    /// <summary>This with the next fact.</summary>
    public PastWorld With(Envelope next) => new(
        next.Position,
        next.CommittedAt > From ? next.CommittedAt : From,
        World.Fold(World, Kinds.Decode(next.Kind, next.Body.Span, next.OccurredAt)));
}
