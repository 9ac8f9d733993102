using System.Collections.Immutable;

namespace Candor.State.Maintenances;

/// <summary>A person announces planned work.</summary>
/// <param name="Body">What readers should know: what is done, what will not work meanwhile.</param>
internal sealed record ScheduleMaintenance(MaintenancePlan Plan, string Body)
{
    public bool DeliverNotifications { get; init; } = true;

    /// <summary>A JSON object of objects, or null.</summary>
    public string? Metadata { get; init; }
}

/// <summary>A person says something in a maintenance.</summary>
/// <param name="Status">The new status, or null to keep it.</param>
internal sealed record PostMaintenance(MaintenanceStatus? Status, string Body)
{
    /// <summary>When the words were meant for, where that was before now.</summary>
    public DateTimeOffset? DisplayAt { get; init; }

    public bool DeliverNotifications { get; init; } = true;
}

/// <summary>A person announces work that comes again and again.</summary>
/// <param name="Rule">As RFC 5545 writes it.</param>
/// <param name="FirstLocal">The wall clock of the first occurrence, in <paramref name="Zone"/>.</param>
/// <param name="Plan">Title, components, and what happens by itself; its times are not looked at.</param>
internal sealed record ScheduleSeries(
    string Rule, DateTime FirstLocal, string Zone, TimeSpan Lasts, MaintenancePlan Plan, string Body)
{
    /// <summary>Wall clocks at which it does not occur.</summary>
    public ImmutableArray<DateTime> Except { get; init; } = [];

    /// <summary>Of a series that is changed: what is announced for before then stays as it is. Null: everything follows.</summary>
    public DateTimeOffset? Since { get; init; }

    public bool DeliverNotifications { get; init; } = true;
}

/// <summary>A maintenance of the past is entered with all that was said in it, oldest first.</summary>
internal sealed record BackfillMaintenance(MaintenancePlan Plan, ImmutableArray<PastMaintenanceUpdate> Updates)
{
    public string? Origin { get; init; }

    /// <summary>Whoever wishes it has looked through every origin of this world already; thousands at once need not look each.</summary>
    public bool OriginIsFree { get; init; }

    public string? Metadata { get; init; }
}

/// <param name="Status">Null: an update that keeps the status.</param>
internal sealed record PastMaintenanceUpdate(DateTimeOffset At, MaintenanceStatus? Status, string Body);
