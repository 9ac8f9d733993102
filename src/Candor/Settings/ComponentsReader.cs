using System.Collections.Immutable;
using Candor.Settings.Entries;
using Candor.Settings.Forms;
using Candor.State;

namespace Candor.Settings;

/// <summary>
/// <c>components:</c>, a tree. Without it every monitor becomes a component of its own, so that the shortest file
/// already makes a page.
/// </summary>
internal sealed class ComponentsReader(MonitorNames monitors, AudiencesReader audiences, Faults faults)
{
    private readonly List<ComponentDefinition> found = [];
    private readonly Dictionary<ComponentId, string> owners = [];

    /// <param name="page">The audiences that see the page; empty: everybody.</param>
    public ImmutableArray<ComponentDefinition> Read(Entry root, ImmutableArray<string> page)
    {
        if (root.Find("components") is { } tree)
        {
            ReadLevel(tree, new(null, "", page, IsRoot: true), depth: 1);
        }
        else
        {
            found.AddRange(monitors.Ids.Select((pair, i) => OfMonitor(pair.Key, pair.Value, i)));
        }

        return [.. found];
    }

    private static ComponentDefinition OfMonitor(string key, MonitorId id, int order)
    {
        var words = key.Replace('-', ' ').Replace('_', ' ');
        var name = char.ToUpperInvariant(words[0]) + words[1..];
        return new ComponentDefinition(new(Identity.FromPath(name + "/" + id.Value)), name, null, order) { Monitors = [id] };
    }

    private void ReadLevel(Entry level, Above above, int depth)
    {
        if (depth > Defaults.ComponentDepthMax)
        {
            faults.Add(level, $"is nested deeper than {Defaults.ComponentDepthMax} levels", "write it flatter");
            return;
        }

        var items = level.Items(faults, "“- name: …” lines, indented below it");
        for (var order = 0; order < items.Count; order++)
        {
            if (found.Count >= Defaults.ComponentsMax)
            {
                faults.Add(items[order], $"is one more than {Defaults.ComponentsMax} components", "use several installations");
                return;
            }

            if (items[order].MustBeMap(faults))
            {
                ReadOne(items[order], above, (order, depth));
            }
        }
    }

    private void ReadOne(Entry item, Above above, (int Order, int Depth) place)
    {
        var hasName = item.Required("name", Texts.UpTo(Defaults.NameLengthMax), faults, out var name);
        var hasId = item.Value<string?>("id", Texts.UpTo(2 * Defaults.NameLengthMax)!, null, faults);

        // Children hang on what their parent is, not on what it is called: renaming a parent with an id moves nothing.
        var ownPath = hasId ?? (above.Path.Length == 0 ? name ?? "" : $"{above.Path}/{name}");
        var id = new ComponentId(hasId is null ? Identity.FromPath(ownPath) : Identity.FromId(hasId));
        if (hasName && !owners.TryAdd(id, item.Path))
        {
            faults.Add(item, hasId is null ? "has the name of another one beside it" : $"has the id of {owners[id]}", "give it an “id” of its own");
        }

        var definition = new ComponentDefinition(id, name ?? "", above.Id, place.Order)
        {
            Description = item.Value<string?>("description", Texts.LinesUpTo(Defaults.DescriptionLengthMax)!, null, faults),
            Monitors = MonitorNames.Named(item, "monitors", monitors.Ids, faults),
            Redundancy = ReadRedundancy(item),
            OnlyShowIfDegraded = item.Value("only_show_if_degraded", Booleans.Read, fallback: false, faults),
            ShowUptime = item.Value("show_uptime", Booleans.Read, fallback: true, faults),
            Regions = ReadRegions(item),
            OnlyFor = ReadOnlyFor(item, above),
        };
        found.Add(definition);
        if (item.Find("components") is { } below)
        {
            ReadLevel(below, new(id, ownPath, definition.OnlyFor, IsRoot: false), place.Depth + 1);
        }
    }

    /// <summary>What the page says holds for all of it and is not repeated; what a group says holds for each of its parts.</summary>
    private ImmutableArray<string> ReadOnlyFor(Entry item, Above above)
    {
        var named = audiences.OnlyFor(item, above.OnlyFor);
        return above.IsRoot && item.Find("only_for") is null ? [] : named;
    }

    private ImmutableArray<string> ReadRegions(Entry item)
    {
        var regions = item.List<string>("regions", Ids.Read, faults);
        var written = item.Find("regions");
        if (written is { Shape: Shape.List, Count: 1 })
        {
            faults.Add(written, "has one region", "name two or more, or leave it out");
        }
        else if (written?.Count > Defaults.RegionsMax)
        {
            faults.Add(written, $"has more than {Defaults.RegionsMax} regions", "name fewer");
        }

        return [.. regions.Distinct(StringComparer.Ordinal)];
    }

    private Redundancy? ReadRedundancy(Entry item)
    {
        if (item.Map("redundancy", faults) is not { } redundancy)
        {
            return null;
        }

        if (!redundancy.Has("members"))
        {
            faults.Add(redundancy, "has no “members”", "add the monitors of its members: members: [one, two]");
        }

        var members = MonitorNames.Named(redundancy, "members", monitors.Ids, faults);
        var written = redundancy.Find("members")?.Count ?? 0;
        if (written == 1)
        {
            faults.Add(redundancy.Find("members")!, "has one member", "name two or more; one alone is not redundant");
        }

        redundancy.Required("need", Numbers.Between(1, Math.Max(1, written)), faults, out var need);
        return new Redundancy(members, need);
    }

    /// <summary>What a component stands in: the page, or a group.</summary>
    private sealed record Above(ComponentId? Id, string Path, ImmutableArray<string> OnlyFor, bool IsRoot);
}
