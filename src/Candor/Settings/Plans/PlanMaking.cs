using System.Collections.Immutable;
using Candor.State;

namespace Candor.Settings.Plans;

/// <summary>The steps of making a plan, one method each, in an order in which the events can be folded.</summary>
internal sealed class PlanMaking(World world, Declaration wanted, DateTimeOffset at)
{
    private readonly List<Event> events = [];
    private readonly List<PlanStep> steps = [];
    private readonly PlanNames before = PlanNames.Of(world);
    private readonly PlanNames after = PlanNames.Of(wanted);

    public Plan Made() => new([.. events], [.. steps]);

    public void Page()
    {
        if (PlanFields.Changes(PlanFields.Of(world.Page), PlanFields.Of(wanted.Page)) is { IsEmpty: false } changes)
        {
            events.Add(new PageConfigured(at, wanted.Page));
            steps.Add(new(PlanAct.Change, "page", changes));
        }
    }

    public void Policy()
    {
        if (PlanFields.Changes(PlanFields.Of(world.Policy), PlanFields.Of(wanted.Policy)) is { IsEmpty: false } changes)
        {
            events.Add(new PolicyConfigured(at, wanted.Policy));
            steps.Add(new(PlanAct.Change, "policy", changes));
        }
    }

    public void KeepMonitors()
    {
        foreach (var monitor in wanted.Monitors)
        {
            if (!world.Monitors.TryGetValue(monitor.Id, out var old))
            {
                events.Add(new MonitorAdded(at, monitor));
                steps.Add(new(PlanAct.Add, $"monitor {monitor.Id}", PlanFields.Added(PlanFields.Of(monitor))));
            }
            else if (PlanFields.Changes(PlanFields.Of(old.Definition), PlanFields.Of(monitor)) is { IsEmpty: false } changes)
            {
                events.Add(new MonitorChanged(at, monitor));
                steps.Add(new(PlanAct.Change, $"monitor {monitor.Id}", changes));
            }
        }
    }

    public void KeepComponents()
    {
        foreach (var component in wanted.Components)
        {
            var name = $"component {after.Of(component.Id)}";
            if (!world.Components.TryGetValue(component.Id, out var old))
            {
                events.Add(new ComponentAdded(at, component));
                steps.Add(new(PlanAct.Add, name, PlanFields.Added(PlanFields.Of(component, after))));
            }
            else if (PlanFields.Changes(PlanFields.Of(old.Definition, before), PlanFields.Of(component, after))
                is { IsEmpty: false } changes)
            {
                events.Add(new ComponentChanged(at, component));
                steps.Add(new(PlanAct.Change, name, changes));
                LoseSight(old, component);
            }
        }
    }

    /// <summary>What nothing watches any more is not known any more, or its last status would stand for ever.</summary>
    private void LoseSight(Component old, ComponentDefinition component)
    {
        if (IsWatched(old.Definition) && !IsWatched(component) && old.State.Known)
        {
            events.Add(new ComponentStateChanged(at, component.Id, at, old.State with { Known = false }, null));
        }
    }

    private static bool IsWatched(ComponentDefinition component) =>
        component is { Monitors.IsEmpty: false } or { Redundancy: not null };

    public void RemoveComponents()
    {
        var kept = wanted.Components.Select(c => c.Id).ToHashSet();
        var gone = world.Components.Keys.Where(id => !kept.Contains(id))
            .OrderByDescending(before.DepthOf).ThenBy(before.Of, StringComparer.Ordinal);
        foreach (var id in gone)
        {
            events.Add(new ComponentRemoved(at, id));
            steps.Add(new(PlanAct.Remove, $"component {before.Of(id)}", []));
        }
    }

    public void RemoveMonitors()
    {
        var kept = wanted.Monitors.Select(m => m.Id).ToHashSet();
        foreach (var id in world.Monitors.Keys.Where(id => !kept.Contains(id)).OrderBy(id => id.Value, StringComparer.Ordinal))
        {
            events.Add(new MonitorRemoved(at, id));
            steps.Add(new(PlanAct.Remove, $"monitor {id}", []));
        }
    }
}
