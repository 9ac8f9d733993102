namespace Candor.State.Maintenances;

/// <summary>
/// What planned work does to its components. Where something is measured, the judge combines both; where nothing is, the
/// maintenance is the only word, and never makes anything look better than it was said to be.
/// </summary>
internal static class MaintenanceEffects
{
    /// <summary>What follows for components that nothing measures when a maintenance gets a status.</summary>
    public static IEnumerable<Event> Of(World world, DateTimeOffset at, Maintenance maintenance, MaintenanceStatus? status) => status switch
    {
        MaintenanceStatus.InProgress or MaintenanceStatus.Verifying when maintenance.Plan.MarksComponents =>
            Mark(world, at, maintenance.Plan.Components),
        MaintenanceStatus.Completed when maintenance.IsActive && maintenance.Plan is { MarksComponents: true, RestoresComponents: true } =>
            Restore(world, at, maintenance, maintenance.Plan.Components),
        _ => [],
    };

    /// <summary>What follows when its components or flags change while it goes on.</summary>
    public static IEnumerable<Event> OfChange(World world, DateTimeOffset at, Maintenance before, MaintenancePlan after)
    {
        if (!before.IsActive)
        {
            return [];
        }

        var gone = after.MarksComponents ? before.Plan.Components.Except(after.Components) : before.Plan.Components;
        return
        [
            .. before.Plan.MarksComponents ? Restore(world, at, before, gone) : [],
            .. after.MarksComponents ? Mark(world, at, after.Components) : [],
        ];
    }

    /// <summary>The maintenances that go on now and mark this component, oldest first.</summary>
    public static IEnumerable<Maintenance> Marking(World world, ComponentId component) => world.OpenMaintenances
        .Select(id => world.Maintenances[id])
        .Where(maintenance => maintenance.IsActive && maintenance.Plan.MarksComponents && maintenance.Plan.Components.Contains(component))
        .OrderBy(maintenance => maintenance.StartedAt)
        .ThenBy(maintenance => maintenance.Id.Value, StringComparer.Ordinal);

    private static IEnumerable<Event> Mark(World world, DateTimeOffset at, IEnumerable<ComponentId> components) =>
        from component in Unmeasured(world, components)
        where component.State is { Status: ComponentStatus.Operational } or { Known: false }
        select new ComponentStateChanged(at, component.Id, at, new(ComponentStatus.UnderMaintenance), null);

    private static IEnumerable<Event> Restore(
        World world, DateTimeOffset at, Maintenance ending, IEnumerable<ComponentId> components) =>
        from component in Unmeasured(world, components)
        where component.State.Status == ComponentStatus.UnderMaintenance
            && Marking(world, component.Id).All(other => other.Id == ending.Id)
        select new ComponentStateChanged(at, component.Id, at, new(ComponentStatus.Operational), null);

    private static IEnumerable<Component> Unmeasured(World world, IEnumerable<ComponentId> components) => components
        .Where(world.Components.ContainsKey)
        .Select(id => world.Components[id])
        .Where(component => component.Pin is null && !world.MonitorsOf(component.Definition).Any());
}
