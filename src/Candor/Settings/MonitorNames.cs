using System.Collections.Immutable;
using Candor.Settings.Entries;
using Candor.Settings.Forms;
using Candor.State;

namespace Candor.Settings;

/// <summary>The monitors of a file by the names that the rest of the file uses for them.</summary>
/// <param name="Ids">Every key, also of a monitor that has faults: to name it is not one.</param>
/// <param name="Declared">The monitors without faults.</param>
internal sealed record MonitorNames(IReadOnlyDictionary<string, MonitorId> Ids, ImmutableArray<MonitorDefinition> Declared)
{
    /// <summary>A list of monitors under a key: each must exist, and only once.</summary>
    public static ImmutableArray<MonitorId> Named(
        Entry map, string key, IReadOnlyDictionary<string, MonitorId> ids, Faults faults)
    {
        var named = new List<MonitorId>();
        foreach (var item in map.Find(key)?.Items(faults) ?? [])
        {
            if (!item.Read(Texts.UpTo(Defaults.NameLengthMax), faults, out var name))
            {
                continue;
            }

            if (!ids.TryGetValue(name, out var id))
            {
                var near = faults.IsFull ? null : Suggestion.For(name, [.. ids.Keys]);
                faults.Add(item, $"names the monitor “{Quote.Short(name)}”, which is not there",
                    near is null ? "add it under “monitors:”" : $"did you mean “{near}”?");
            }
            else if (named.Contains(id))
            {
                faults.Add(item, $"names the monitor “{Quote.Short(name)}” twice", "keep one of the two");
            }
            else
            {
                named.Add(id);
            }
        }

        return [.. named];
    }
}
