using Candor.State;

namespace Candor.Settings.Plans;

/// <summary>Components by the way to them, for people: <c>Frontend / Homepage</c>.</summary>
internal sealed class PlanNames
{
    private readonly Dictionary<ComponentId, ComponentDefinition> all;

    private PlanNames(IEnumerable<ComponentDefinition> components) => all = components.ToDictionary(c => c.Id);

    public static PlanNames Of(World world) => new(world.Components.Values.Select(c => c.Definition));

    public static PlanNames Of(Declaration declaration) => new(declaration.Components);

    public string Of(ComponentId id) => string.Join(" / ", Way(id).Reverse().Select(c => c.Name));

    public int DepthOf(ComponentId id) => Way(id).Count();

    private IEnumerable<ComponentDefinition> Way(ComponentId id)
    {
        var steps = 0;
        for (ComponentId? next = id; next is { } at && all.TryGetValue(at, out var component) && steps++ < Defaults.ComponentDepthMax;)
        {
            yield return component;
            next = component.Parent;
        }
    }
}
