using System.Collections.Immutable;
using Candor.Importing.Reading;

namespace Candor.Importing.Cachet;

/// <summary>Components and the groups they lie in; a group that only a number tells of gets a name to be changed.</summary>
internal sealed class CachetComponents(Warnings warnings)
{
    private readonly ComponentTree tree = new(warnings);

    public void Add(IEnumerable<CachetRecord> groups, IEnumerable<CachetRecord> components)
    {
        var inner = new List<CachetRecord>();
        foreach (var group in groups)
        {
            tree.Add($"group-{group.Id}", group.Says("name").Text, isGroup: true, order: (int?)group.Says("order").Number);
            inner.AddRange(group.Inner("enabled_components"));
        }

        foreach (var component in components.Concat(inner).DistinctBy(c => c.Id))
        {
            tree.Add(component.Id, component.Says("name").Text, Group(component), status: CachetWords.Component(component.Says("status")),
                description: component.Says("description").Text, order: (int?)component.Says("order").Number);
        }
    }

    public ImmutableArray<string>? Find(string? id) => id is null or "0" ? null : tree.Find(id);

    public ImmutableArray<ImportedComponent> Make() => tree.Make();

    private string? Group(CachetRecord component)
    {
        var id = component.Says("group_id", "component_group_id").Text ?? component.Relations["group"]["data"]["id"].Text;
        if (id is null or "0" or "")
        {
            return null;
        }

        if (!tree.Has($"group-{id}"))
        {
            tree.Add($"group-{id}", $"Group {id}", isGroup: true);
            warnings.Add($"group {id}", "is told by its number only", "import the list of groups as well (api/v1/components/groups), or rename it here");
        }

        return $"group-{id}";
    }
}
