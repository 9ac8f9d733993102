using System.Collections.Immutable;
using Candor.State;

namespace Candor.Settings.Plans;

/// <summary>
/// What has to happen so that the facts become what the owner declares: events, and the same for people to read. Pure;
/// planned again against the world that it led to, it is empty.
/// </summary>
internal sealed record Plan(ImmutableArray<Event> Events, ImmutableArray<PlanStep> Steps)
{
    public bool IsEmpty => Events.IsEmpty;

    public static Plan Between(World world, Declaration wanted, DateTimeOffset at)
    {
        var making = new PlanMaking(world, wanted, at);
        making.Page();
        making.Policy();

        // Monitors exist before a component names them, parents before their children, and the other way at the end.
        making.KeepMonitors();
        making.KeepComponents();
        making.RemoveComponents();
        making.RemoveMonitors();
        return making.Made();
    }
}
