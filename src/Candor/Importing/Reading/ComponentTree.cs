using System.Collections.Immutable;
using Candor.State;

namespace Candor.Importing.Reading;

/// <summary>
/// Turns a flat list with parents into paths. Bears what lists from elsewhere hold: parents that are missing, come later or
/// go round in circles, the same id twice, and siblings of one name.
/// </summary>
internal sealed class ComponentTree(Warnings warnings)
{
    private readonly Dictionary<string, Node> byId = [];
    private readonly List<Node> inOrder = [];
    private Dictionary<string, ImmutableArray<string>>? paths;
    private ILookup<string, Node>? byName;

    public bool IsEmpty => inOrder.Count == 0;

    /// <summary>One text for a path, to look it up by.</summary>
    public static string KeyOf(ImmutableArray<string> path) => string.Join('\u001F', path);

    public void Add(string? id, string? name, string? parent = null, bool isGroup = false,
        ComponentStatus? status = null, string? description = null, int? order = null)
    {
        name = SourceText.Line(name);
        if (name.Length == 0)
        {
            warnings.Add("components", "has no name and was left out", "give it one there, or add it here by hand");
            return;
        }

        var node = new Node(id ?? $"name:{parent}/{name}", name, parent is { Length: > 0 } ? parent : null, isGroup, status,
            SourceText.Body(description) is { Length: > 0 } said ? said : null, order);
        if (byId.TryAdd(node.Id, node))
        {
            inOrder.Add(node);
            (paths, byName) = (null, null);
        }
    }

    public bool Has(string? id) => id is not null && byId.ContainsKey(id);

    /// <summary>Marks a node as a group once something turns out to lie in it.</summary>
    public void MakeGroup(string id)
    {
        if (byId.TryGetValue(id, out var node))
        {
            node.IsGroup = true;
        }
    }

    public ImmutableArray<string>? Find(string? id) =>
        id is not null && Paths().TryGetValue(id, out var path) ? path : null;

    /// <summary>By name where only names are given; null where none or several bear it.</summary>
    public ImmutableArray<string>? FindByName(string? name)
    {
        byName ??= inOrder.Where(n => !n.IsGroup).ToLookup(n => n.Name);
        return name is not null && byName[name].Take(2).ToList() is [var only] ? Find(only.Id) : null;
    }

    public ImmutableArray<ImportedComponent> Make()
    {
        foreach (var parent in inOrder.Select(n => n.Parent).OfType<string>())
        {
            MakeGroup(parent);
        }

        return [.. inOrder.Select(n => new ImportedComponent(n.Id, Find(n.Id)!.Value)
        {
            IsGroup = n.IsGroup, Status = n.Status, Description = n.Description, Order = n.Order,
        })];
    }

    private Dictionary<string, ImmutableArray<string>> Paths()
    {
        if (paths is not null)
        {
            return paths;
        }

        paths = [];
        var taken = new Dictionary<string, int>();
        foreach (var node in inOrder)
        {
            var path = PathOf(node);
            var times = taken[KeyOf(path)] = taken.GetValueOrDefault(KeyOf(path)) + 1;
            if (times > 1)
            {
                path = [.. path[..^1], $"{node.Name} ({times})"];
                warnings.Add($"component {node.Id}", $"has the name of a sibling; it is called “{path[^1]}” here", "rename one of the two");
            }

            paths[node.Id] = path;
        }

        return paths;
    }

    private ImmutableArray<string> PathOf(Node node)
    {
        var path = new List<string> { node.Name };
        var above = node;
        while (above.Parent is { } parent)
        {
            if (!byId.TryGetValue(parent, out var next) || path.Count >= SourceLimits.TreeDepthMax || next == node)
            {
                warnings.Add($"component {node.Id}", $"“{node.Name}” lies in a group that is not listed, or in itself", "put it where it belongs after the import");
                break;
            }

            path.Add(next.Name);
            above = next;
        }

        path.Reverse();
        return [.. path];
    }

    private sealed class Node(string id, string name, string? parent, bool isGroup, ComponentStatus? status, string? description, int? order)
    {
        public string Id => id;

        public string Name => name;

        public string? Parent => parent;

        public bool IsGroup { get; set; } = isGroup;

        public ComponentStatus? Status => status;

        public string? Description => description;

        public int? Order => order;
    }
}
