using Candor.Settings.Entries;
using Candor.State;

namespace Candor.Settings;

/// <summary>A monitor that depends on itself, by whatever way, would silence itself.</summary>
internal static class DependencyLoops
{
    public static void Find(
        IReadOnlyList<Member> members, IReadOnlyList<MonitorDefinition> declared,
        IReadOnlyDictionary<string, MonitorId> ids, Faults faults)
    {
        var parents = declared.DistinctBy(monitor => monitor.Id).ToDictionary(monitor => monitor.Id, monitor => monitor.DependsOn);
        var names = ids.GroupBy(pair => pair.Value).ToDictionary(group => group.Key, group => group.First().Key);
        var done = new HashSet<MonitorId>();
        foreach (var member in members)
        {
            if (Loop(ids[member.Key], parents, done) is { } loop)
            {
                var at = member.Entry.Find("depends_on")!;
                faults.Add(at, $"goes in a circle: {string.Join(" → ", loop.Select(id => Quote.Short(names[id])))}",
                    "remove one of these dependencies");
            }
        }
    }

    /// <summary>
    /// Walks up with a stack of its own: a chain may be as long as the file. Every monitor is walked once, so a loop is
    /// found once, at the first of its monitors.
    /// </summary>
    private static List<MonitorId>? Loop(
        MonitorId start, Dictionary<MonitorId, System.Collections.Immutable.ImmutableArray<MonitorId>> parents, HashSet<MonitorId> done)
    {
        var path = new List<(MonitorId Id, int Next)> { (start, 0) };
        while (path.Count > 0)
        {
            var (id, next) = path[^1];
            if (done.Contains(id) || !parents.TryGetValue(id, out var above) || next == above.Length)
            {
                done.Add(id);
                path.RemoveAt(path.Count - 1);
                continue;
            }

            path[^1] = (id, next + 1);
            var from = path.FindIndex(step => step.Id == above[next]);
            if (from >= 0)
            {
                var loop = path[from..].ConvertAll(step => step.Id);
                done.UnionWith(path.Select(step => step.Id));
                loop.Add(above[next]);
                return loop;
            }

            path.Add((above[next], 0));
        }

        return null;
    }
}
