using System.Collections.Immutable;
using Candor.State;

namespace Candor.Notices.Rules;

/// <summary>Walks in the tree of components.</summary>
internal static class Components
{
    private const int DepthMost = 32;

    /// <summary>These and everything above them.</summary>
    public static ImmutableHashSet<ComponentId> Above(World world, IEnumerable<ComponentId> named)
    {
        var all = ImmutableHashSet.CreateBuilder<ComponentId>();
        foreach (var start in named)
        {
            ComponentId? next = start;
            for (var depth = 0; next is { } id && depth < DepthMost; depth++)
            {
                all.Add(id);
                next = world.Components.TryGetValue(id, out var component) ? component.Definition.Parent : null;
            }
        }

        return all.ToImmutable();
    }

    public static IEnumerable<ComponentId> OfMonitors(World world, IEnumerable<MonitorId> monitors)
    {
        var wanted = monitors.ToHashSet();
        return wanted.Count == 0 ? [] : world.Components.Values
            .Where(component => component.Definition.Monitors.Any(wanted.Contains)
                || (component.Definition.Redundancy?.Members.Any(wanted.Contains) ?? false))
            .Select(static component => component.Id);
    }
}
