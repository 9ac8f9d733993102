using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Candor.State;

namespace Candor.Access;

/// <summary>Which components somebody's word may touch: all of them, or some with everything below those.</summary>
internal sealed record Reach(ImmutableArray<ComponentId>? Only = null)
{
    public static readonly Reach Everything = new();

    [JsonIgnore]
    public bool IsLimited => Only is not null;

    /// <summary>Whether the component, or a group that it is in, is among them. One that does not exist never is.</summary>
    public bool Covers(ComponentId component, World world)
    {
        if (Only is not { } only)
        {
            return true;
        }

        // Not deeper than there are components: a circle of parents would be a defect, not a way in.
        ComponentId? at = component;
        for (var step = 0; step <= world.Components.Count && at is { } here && world.Components.TryGetValue(here, out var found); step++)
        {
            if (only.Contains(here))
            {
                return true;
            }

            at = found.Definition.Parent;
        }

        return false;
    }

    public bool Equals(Reach? other) => other is not null
        && IsLimited == other.IsLimited
        && (Only ?? []).SequenceEqual(other.Only ?? []);

    public override int GetHashCode() => (Only ?? []).Length;
}
