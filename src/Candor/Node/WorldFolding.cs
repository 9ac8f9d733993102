using Candor.Journal;
using Candor.State;

namespace Candor.Node;

/// <summary>How the journal writes, reads and adds up the facts of the domain.</summary>
internal sealed class WorldFolding(TimeProvider time) : IFolding<World, Event>
{
    public World Initial => World.Empty;

    public World Fold(World before, Event happened, in Stamp stamp) => World.Fold(before, happened);

    public NewEvent Encode(Event happened) =>
        new(Kinds.NameOf(happened), Kinds.Encode(happened), happened.At, time.GetUtcNow());

    public Event Decode(Envelope stored) => Kinds.Decode(stored.Kind, stored.Body.Span, stored.OccurredAt);
}
