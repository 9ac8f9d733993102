using System.Collections.Immutable;
using Candor.Journal;
using Candor.State;

namespace Candor.Notices.Subscribers;

/// <summary>Components as people and programs name them: by id, or by a name that only one has.</summary>
internal static class NamedComponents
{
    public static ComponentId? Find(World world, string named)
    {
        if (world.Components.ContainsKey(new(named)))
        {
            return new(named);
        }

        var same = world.Components.Values.Where(one => string.Equals(one.Definition.Name, named, StringComparison.OrdinalIgnoreCase)).Take(2).ToList();
        return same.Count == 1 ? same[0].Id : null;
    }

    /// <summary>All of them, or which of them is none, by its place.</summary>
    /// <param name="told">What they are told about already may be gone by now.</param>
    public static (ImmutableArray<ComponentId> Components, Refusal? Refusal) In(World world, IReadOnlyList<string> named, ImmutableArray<ComponentId> told)
    {
        var found = ImmutableArray.CreateBuilder<ComponentId>(named.Count);
        foreach (var (i, one) in named.Index())
        {
            if (one is null || (Find(world, one) ?? (told.Contains(new(one)) ? new ComponentId(one) : null)) is not { } known)
            {
                return ([], new("no_such_component", $"There is no component “{(one is { Length: > 60 } ? one[..60] + "…" : one)}”, or several have that name; list the components to see their ids.", $"components/{i}"));
            }

            found.Add(known);
        }

        return (found.ToImmutable(), null);
    }
}
