using System.Collections.Immutable;
using Candor.Importing.Reading;

namespace Candor.Importing.Statuspage;

/// <summary>The flat list of components and groups; the id is the key, for children of two groups may share a name.</summary>
internal sealed class StatuspageComponents(Warnings warnings)
{
    private readonly ComponentTree tree = new(warnings);

    public void Add(IEnumerable<SourceValue> components, IEnumerable<SourceValue> groups)
    {
        foreach (var group in groups)
        {
            tree.Add(group["id"].Text, group["name"].Text, isGroup: true, description: group["description"].Text, order: Order(group));
        }

        foreach (var component in components)
        {
            Add(component);
        }
    }

    public ImmutableArray<ImportedComponent> Make() => tree.Make();

    /// <summary>
    /// The path of a component that an update names. Without the list of components it is made of what the incident says:
    /// updates write "Group - Child" where the incident's own list has "Child".
    /// </summary>
    public ImmutableArray<string>? Find(SourceValue named, IReadOnlyDictionary<string, string> ofIncident)
    {
        var code = named.Any("code", "id").Text;
        if (tree.Find(code) is { } path)
        {
            return path;
        }

        var name = named["name"].Line;
        if (name is null || (code is null && name.StartsWith("No components were affected", StringComparison.Ordinal)))
        {
            return null;
        }

        if (!tree.IsEmpty)
        {
            warnings.Add($"component {code ?? name}", $"“{name}” is named by an incident and is not on the page any more",
                "add it where its history matters; the incident keeps the name");
        }

        return code is not null && ofIncident.TryGetValue(code, out var own) && name.EndsWith($" - {own}", StringComparison.Ordinal)
            ? [name[..^(own.Length + 3)], own]
            : tree.FindByName(name) ?? [name];
    }

    private void Add(SourceValue component)
    {
        var status = component["status"];
        var known = StatusWords.Component(status.Text);
        if (status.Says && known is null)
        {
            warnings.Add($"component {component["name"].Line}", $"has the unknown status “{status.Line}”", "look what it means there; the component is imported without a status");
        }

        tree.Add(component["id"].Text, component["name"].Text, component["group_id"].Text, component["group"].Truth is true,
            known, component["description"].Text, Order(component));
    }

    private static int? Order(SourceValue of) => of["position"].Number is >= 0 and <= int.MaxValue and var position ? (int)position : null;
}
