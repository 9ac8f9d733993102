using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Candor.State;

namespace Candor.Importing.Entering;

/// <summary>
/// Finds the page's component for one that a source names: as a person said, by the whole path, or by a last name that
/// only one component has. What the page does not have gets a name in the history and nothing else: components are the settings'.
/// </summary>
internal sealed class ComponentMap
{
    public const string Arrow = " > ";
    private const int NameMax = 255;

    private readonly Dictionary<string, ComponentId> byPath = new(StringComparer.OrdinalIgnoreCase);
    private readonly ILookup<string, ComponentId> byName;
    private readonly IReadOnlyDictionary<string, string> said;
    private readonly ImportId import;
    private readonly SortedDictionary<string, ComponentId> used = new(StringComparer.Ordinal);

    /// <param name="said">The source's name to the page's, both as paths: "API > [MEP] Events" to "Events".</param>
    public ComponentMap(World world, ImportId import, IReadOnlyDictionary<string, string> said)
    {
        (this.said, this.import) = (said, import);
        foreach (var component in world.Components.Values)
        {
            byPath.TryAdd(PathOf(world, component), component.Id);
        }

        byName = world.Components.Values.ToLookup(component => component.Definition.Name, component => component.Id, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Every name that was asked for so far, and what stands for it.</summary>
    public IReadOnlyDictionary<string, ComponentId> Used => used;

    /// <summary>The names given by hand that the page does not have, so that a slip is not taken for a wish.</summary>
    public IEnumerable<string> Unknown() => said.Values.Where(name => !TryFindNamed(name, out _)).Distinct(StringComparer.Ordinal);

    public ComponentId Find(ImmutableArray<string> path)
    {
        var whole = string.Join(Arrow, path);
        var name = whole.Length <= NameMax ? whole : whole[..(NameMax - 1)] + "…";
        return used[name] = said.TryGetValue(name, out var ours) && TryFindNamed(ours, out var mapped) ? mapped
            : TryFind(path, name, out var found) ? found
            : new(DerivedId.Of($"import:{import}:component:{name}"));
    }

    private bool TryFind(ImmutableArray<string> path, string name, out ComponentId id) =>
        TryFindNamed(name, out id)
        // "Claude API (api.anthropic.com)" is a name with a parenthesis as often as a group with a part.
        || (path.Length == 2 && TryFindNamed($"{path[0]} ({path[1]})", out id))
        || (path.Length > 1 && TryFindNamed(path[^1], out id));

    private bool TryFindNamed(string name, [MaybeNullWhen(false)] out ComponentId id)
    {
        if (byPath.TryGetValue(name, out id))
        {
            return true;
        }

        var same = byName[name].Take(2).ToList();
        id = same.Count == 1 ? same[0] : default;
        return same.Count == 1;
    }

    private static string PathOf(World world, Component component)
    {
        var names = new List<string> { component.Definition.Name };
        for (var parent = component.Definition.Parent; parent is { } id && world.Components.TryGetValue(id, out var above); parent = above.Definition.Parent)
        {
            names.Insert(0, above.Definition.Name);
        }

        return string.Join(Arrow, names);
    }
}
