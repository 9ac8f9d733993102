using Candor.Journal;
using Candor.State.Incidents;

namespace Candor.State.Maintenances;

internal static partial class MaintenanceDecisions
{
    private static MaintenancePlan Trimmed(MaintenancePlan plan) =>
        plan with { Title = plan.Title.Trim(), Components = [.. plan.Components.Distinct()] };

    private static Refusal? Taken(World world, MaintenanceId id) => world.Maintenances.ContainsKey(id)
        ? new("maintenance_exists", $"There is a maintenance {id} already; change that one.", "id")
        : null;

    private static Refusal? Planned(World world, MaintenancePlan plan, bool past = false) =>
        Refusing.Text("title", plan.Title, IncidentDecisions.TitleLimit)
        ?? Refusing.Unknown(world, plan.Components.Select(id => new Affected(id, ComponentStatus.UnderMaintenance)), past)
        ?? Span(plan.VerifyFor, TimeSpan.FromDays(7), "verify_for")
        ?? Span(plan.RemindBefore, TimeSpan.FromDays(31), "remind_before");

    private static Refusal? Span(TimeSpan? span, TimeSpan most, string field) =>
        span < TimeSpan.Zero || span > most
            ? new("out_of_range", $"The {field} is not between nothing and {most.Days} days; give another length.", field)
            : null;

    private static Refusal? Times(DateTimeOffset at, DateTimeOffset from, DateTimeOffset until) => (until - from) switch
    {
        { Ticks: <= 0 } => new("ends_before_start", "It ends before it begins; give a later end.", "scheduled_until"),
        var lasts when lasts > LongestLasts =>
            new("too_long", $"It lasts longer than {LongestLasts.Days} days; give an earlier end, or plan several.", "scheduled_until"),
        _ when until <= at => new("in_past", "It is over already; give a later end, or enter it as backfilled.", "scheduled_until"),
        _ when from - at > AheadMost => new("too_far", "It begins more than three years from now; give an earlier time.", "scheduled_for"),
        _ => null,
    };

    private static Refusal? Changeable(World world, MaintenanceId id, out Maintenance maintenance)
    {
        if (!world.Maintenances.TryGetValue(id, out maintenance!))
        {
            return new("no_such_maintenance", $"There is no maintenance {id}; list the maintenances to see their ids.", "id");
        }

        return maintenance.Removed is null
            ? null
            : new("maintenance_removed", $"Maintenance {id} was removed; schedule a new one instead.", "id");
    }

    private static Refusal? Over(Maintenance maintenance) => maintenance.IsOpen
        ? null
        : new("already_over", $"Maintenance {maintenance.Id} is over; schedule a new one instead.", "status");

    private static Refusal? MayBecome(Maintenance maintenance, MaintenanceStatus? status) => (maintenance, status) switch
    {
        (_, null) => null,
        ({ Cancelled: not null }, _) =>
            new("already_over", $"Maintenance {maintenance.Id} was cancelled; schedule a new one instead.", "status"),
        ({ Status: not MaintenanceStatus.Scheduled }, MaintenanceStatus.Scheduled) =>
            new("has_begun", "It has begun and cannot be still to come; cancel it and schedule a new one.", "status"),
        _ => null,
    };

    private static Refusal? Readable(Maintenance maintenance, int seq) => seq switch
    {
        < 1 => new("no_such_update", "Updates are numbered from 1; give the number of one.", "seq"),
        _ when seq > maintenance.Updates.Length =>
            new("no_such_update", $"Maintenance {maintenance.Id} has {maintenance.Updates.Length} updates; give a number up to that.", "seq"),
        _ when maintenance.Updates[seq - 1].Removed is not null =>
            new("update_removed", $"Update {seq} was taken away already; post a new one instead.", "seq"),
        _ => null,
    };
}
