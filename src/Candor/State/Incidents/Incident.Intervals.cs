namespace Candor.State.Incidents;

internal sealed partial record Incident
{
    /// <summary>The intervals of one component within the incident, oldest first; the last one ends with the incident, or is open.</summary>
    public IReadOnlyList<Interval<ComponentStatus>> IntervalsOf(ComponentId component) => Intervals(WorstOf(component));

    /// <summary>The same of one region: what was said of it, and of all regions at once.</summary>
    public IReadOnlyList<Interval<ComponentStatus>> IntervalsOf(ComponentId component, string region)
    {
        var changes = new List<Change<ComponentStatus>>();
        foreach (var change in Components.Where(change => change.Component == component && (change.Region ?? region) == region))
        {
            if (changes.Count == 0 || changes[^1].Value != change.Status)
            {
                changes.Add(new(change.At, change.Status));
            }
        }

        return Intervals(changes);
    }

    /// <summary>
    /// The regions of a component in which alone something was wrong, in the order they were named; empty where that was
    /// so everywhere at any time, or no region was named.
    /// </summary>
    public IReadOnlyList<string> RegionsAffected(ComponentId component)
    {
        var bad = Components.Where(change => change.Component == component && change.Status != ComponentStatus.Operational).ToList();
        return bad.Exists(static change => change.Region is null) ? [] : [.. bad.Select(static change => change.Region!).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The regions of a component that were named at all, in the order they were.</summary>
    public IEnumerable<string> RegionsNamed(ComponentId component) => Components
        .Where(change => change.Component == component)
        .Select(static change => change.Region)
        .OfType<string>()
        .Distinct(StringComparer.Ordinal);

    /// <summary>Whether it was said of a region by its name that it works again, and nothing else since.</summary>
    public bool CameBack(ComponentId component, string region)
    {
        var said = Components.Where(change => change.Component == component && (change.Region ?? region) == region).ToList();
        var bad = said.FindLastIndex(static change => change.Status != ComponentStatus.Operational);
        return bad + 1 < said.Count && said[bad + 1].Region is not null;
    }

    private List<Interval<ComponentStatus>> Intervals(List<Change<ComponentStatus>> changes)
    {
        var intervals = new List<Interval<ComponentStatus>>(changes.Count);
        for (var i = 0; i < changes.Count; i++)
        {
            var until = i + 1 < changes.Count ? changes[i + 1].At : ClosedAt;
            // The closing "operational" at the very resolution says nothing that the end of the one before does not.
            if (i > 0 && changes[i].Value == ComponentStatus.Operational && until is { } end && end <= changes[i].At)
            {
                continue;
            }

            intervals.Add(new(changes[i].At, until, changes[i].Value));
        }

        return intervals;
    }

    /// <summary>The last word on each region of a component; the key "" stands for all regions that are not named.</summary>
    public IReadOnlyDictionary<string, ComponentStatus> RegionsOf(ComponentId component)
    {
        var regions = new SortedDictionary<string, ComponentStatus>(StringComparer.Ordinal);
        foreach (var change in Components.Where(change => change.Component == component))
        {
            Say(regions, change);
        }

        return regions;
    }

    /// <summary>What one component went through: the worst of its regions at each change.</summary>
    private List<Change<ComponentStatus>> WorstOf(ComponentId component)
    {
        var regions = new SortedDictionary<string, ComponentStatus>(StringComparer.Ordinal);
        var changes = new List<Change<ComponentStatus>>();
        foreach (var change in Components.Where(change => change.Component == component))
        {
            Say(regions, change);
            var worst = regions.Values.Max();
            // A region that joins what others went through already is no new interval of the whole.
            if (change.Region is null || changes.Count == 0 || changes[^1].Value != worst)
            {
                changes.Add(new(change.At, worst));
            }
        }

        return changes;
    }

    private static void Say(SortedDictionary<string, ComponentStatus> regions, ComponentImpact change)
    {
        if (change.Region is null)
        {
            regions.Clear();
        }

        regions[change.Region ?? ""] = change.Status;
    }
}
