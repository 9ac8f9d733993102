using System.Collections.Immutable;
using Candor.Importing.Monitors;
using Candor.Importing.Reading;
using Candor.State;

namespace Candor.Importing.Gatus;

/// <summary>Gatus: endpoints of its YAML configuration become monitors and components, events of its API outages.</summary>
internal sealed class GatusSource : IImportSource
{
    public string Name => "gatus";

    public string Title => "Gatus";

    public bool Recognises(SourceFile file) => IsYaml(file)
        ? file.Contains("endpoints:"u8) && Configuration(file).Items.Any(e => e["url"].Says && e.Has("conditions") || e.Has("token"))
        : Statuses(file.Json).ToList() is { Count: > 0 } all && all.TrueForAll(e => e.HasAll("name", "key") && e["results"].IsList);

    public Imported Read(ImmutableArray<SourceFile> files, Warnings warnings)
    {
        var (tree, list) = (new ComponentTree(warnings), new MonitorList(warnings));
        var monitors = new GatusMonitors(list, warnings);
        foreach (var file in files.Where(IsYaml))
        {
            var (root, fault) = SourceYaml.Read(file.Bytes);
            if (fault is not null)
            {
                warnings.Add(file.Path, fault, "mend the file and import it again");
            }

            foreach (var endpoint in root["endpoints"].Items.Concat(root["external-endpoints"].Items))
            {
                monitors.Add(endpoint, Component(tree, endpoint, null));
            }
        }

        var outages = new List<ImportedIncident>();
        foreach (var endpoint in files.Where(f => !IsYaml(f)).SelectMany(f => Statuses(f.Json)))
        {
            var last = endpoint["results"].Items.LastOrDefault()["success"].Truth;
            var path = Component(tree, endpoint, last switch { true => ComponentStatus.Operational, false => ComponentStatus.MajorOutage, _ => null });
            outages.AddRange(GatusOutages.Of(endpoint, path));
        }

        return new() { Components = tree.Make(), Monitors = list.Make(), Incidents = [.. outages] };
    }

    private static bool IsYaml(SourceFile file) => file.Ends(".yaml") || file.Ends(".yml");

    private static SourceValue Configuration(SourceFile file) => SourceYaml.Read(file.Bytes).Value.Any("endpoints", "external-endpoints");

    private static IEnumerable<SourceValue> Statuses(SourceValue root) => root.IsList ? root.Items : root.HasAll("key", "results") ? [root] : [];

    private static ImmutableArray<string> Component(ComponentTree tree, SourceValue endpoint, ComponentStatus? status)
    {
        var group = endpoint["group"].Line;
        if (group is not null && !tree.Has($"group:{group}"))
        {
            tree.Add($"group:{group}", group, isGroup: true);
        }

        var key = endpoint["key"].Line ?? $"{group}/{endpoint["name"].Line}";
        tree.Add(key, endpoint["name"].Text, group is null ? null : $"group:{group}", status: status);
        return tree.Find(key) ?? [];
    }
}
