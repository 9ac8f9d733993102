using System.Collections.Immutable;
using Candor.Journal;
using Candor.State.Incidents;

namespace Candor.State;

/// <summary>A component's status by a person's word alone, outside of any incident.</summary>
internal static class ComponentDecisions
{
    /// <summary>
    /// Where something is measured, a word is a pin, and "operational" takes the pin out: what is measured counts again, and
    /// nothing is called well because somebody said so. Where nothing is measured, the word is all there is and stays.
    /// </summary>
    public static Decision<Event> SetStatus(World world, DateTimeOffset at, Actor by, ComponentId id, ComponentStatus status)
    {
        ImmutableArray<Affected> named = [new(id, status)];
        if ((Refusing.Unnamed(by) ?? Refusing.Unknown(world, named) ?? Group(world, id)) is { } no)
        {
            return no;
        }

        var component = world.Components[id];
        return world.MonitorsOf(component.Definition).Any()
            ? status == ComponentStatus.Operational ? PinDecisions.Unpin(world, at, by, id)
                : component.Pin?.Status == status ? Array.Empty<Event>()
                : PinDecisions.Pin(world, at, by, id, status)
            : Decision.Of<Event>([.. PersonsWord.Take(world, at, at, by, named)]);
    }

    private static Refusal? Group(World world, ComponentId id) => world.ChildrenOf(id).Any()
        ? new("is_group", $"{world.Components[id].Definition.Name} is a group and as its parts are; set the status of a part.", "status")
        : null;
}
