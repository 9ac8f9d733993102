using System.Collections.Immutable;
using Candor.State;

namespace Candor.Importing.Reading;

/// <summary>Makes intervals of the changes that updates name: a status holds until the next one for the same component.</summary>
internal sealed class Intervals
{
    private readonly List<(ImmutableArray<string> Component, ComponentStatus Status, DateTimeOffset At)> changes = [];
    private readonly HashSet<string> seen = [];
    private readonly HashSet<string> leaves = [];
    private readonly ImmutableArray<ImmutableArray<string>>.Builder affected = ImmutableArray.CreateBuilder<ImmutableArray<string>>();

    /// <summary>Everything that was named, in the order in which it was.</summary>
    public ImmutableArray<ImmutableArray<string>> Affected => affected.ToImmutable();

    /// <summary>Whether something of this name was named already, perhaps with its group.</summary>
    public bool NamesLeaf(string name) => leaves.Contains(name);

    public void Name(ImmutableArray<string> component)
    {
        leaves.Add(component[^1]);
        if (seen.Add(ComponentTree.KeyOf(component)))
        {
            affected.Add(component);
        }
    }

    public void Change(ImmutableArray<string> component, ComponentStatus? status, DateTimeOffset? at)
    {
        Name(component);
        if (status is { } to && at is { } when)
        {
            changes.Add((component, to, when));
        }
    }

    /// <param name="end">When the incident was over: what was not set back by then ended with it.</param>
    public ImmutableArray<ImportedInterval> Make(DateTimeOffset? end)
    {
        var intervals = ImmutableArray.CreateBuilder<ImportedInterval>();
        foreach (var component in changes.GroupBy(c => ComponentTree.KeyOf(c.Component)))
        {
            var (open, from) = (ComponentStatus.Operational, default(DateTimeOffset));
            foreach (var change in component.OrderBy(c => c.At).Where(c => end is null || c.At <= end))
            {
                if (change.Status == open)
                {
                    continue;
                }

                if (open != ComponentStatus.Operational)
                {
                    intervals.Add(new(change.Component, open, from, change.At));
                }

                (open, from) = (change.Status, change.At);
            }

            if (open != ComponentStatus.Operational)
            {
                intervals.Add(new(component.First().Component, open, from, end));
            }
        }

        return intervals.Where(i => i.Until is null || i.Until > i.From).OrderBy(i => i.From).ToImmutableArray();
    }
}
