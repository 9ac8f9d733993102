using System.Collections.Immutable;
using Candor.Importing.Reading;
using Candor.State;

namespace Candor.Importing.UptimeKuma;

/// <summary>Components as the status page shows them; without a page, the monitors in their own groups.</summary>
internal sealed class KumaComponents(Warnings warnings)
{
    private readonly ComponentTree tree = new(warnings);
    private readonly Dictionary<string, string> shown = [];

    public ImmutableArray<ImportedComponent> Make() => tree.Make();

    /// <summary>The component that a monitor stands for; empty where it stands for none.</summary>
    public ImmutableArray<string> Of(string? monitor) =>
        monitor is null ? [] : tree.Find(shown.GetValueOrDefault(monitor, $"monitor-{monitor}")) ?? [];

    public void Add(List<KumaParts> parts)
    {
        var names = parts.SelectMany(p => p.Monitors).Where(m => m["id"].Text is not null).DistinctBy(m => m["id"].Text).ToDictionary(m => m["id"].Text!);
        var newest = parts.SelectMany(p => p.Beats).GroupBy(b => b.Monitor)
            .ToDictionary(b => b.Key, b => KumaHistory.Status(b.MaxBy(x => x.Beat["time"].Time).Beat["status"]));
        var groups = parts.SelectMany(p => p.Groups).ToList();
        foreach (var (group, members) in groups)
        {
            var key = $"group-{group["id"].Text}";
            tree.Add(key, group["name"].Text, isGroup: true);
            foreach (var member in members)
            {
                var id = member.Any("monitor_id", "id").Text ?? "";
                tree.Add($"{key}-{id}", member["name"].Text ?? names.GetValueOrDefault(id)["name"].Text, key, status: newest.GetValueOrDefault(id));
                shown.TryAdd(id, $"{key}-{id}");
            }
        }

        foreach (var (id, monitor) in names.Where(_ => groups.Count == 0))
        {
            var parent = monitor["parent"].Text is { } above && names.ContainsKey(above) ? $"monitor-{above}" : null;
            tree.Add($"monitor-{id}", monitor["name"].Text, parent, monitor["type"].Text == "group", newest.GetValueOrDefault(id), monitor["description"].Text);
        }
    }
}
