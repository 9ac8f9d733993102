using Candor.Journal;

namespace Candor.State;

/// <summary>Several decisions as one: each sees what the one before it decided, and the first "no" is the answer.</summary>
internal static class Steps
{
    public static Decision<Event> InOrder(World world, params ReadOnlySpan<Func<World, Decision<Event>>> steps)
    {
        var events = new List<Event>();
        foreach (var step in steps)
        {
            var decided = step(world);
            if (decided.Refusal is { } refusal)
            {
                return refusal;
            }

            events.AddRange(decided.Events);
            world = decided.Events.Aggregate(world, World.Fold);
        }

        return Decision.Of<Event>(events);
    }
}
