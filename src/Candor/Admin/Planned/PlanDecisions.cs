using System.Globalization;
using Candor.Access;
using Candor.Admin.Incidents;
using Candor.Journal;
using Candor.State;
using Candor.State.Maintenances;

namespace Candor.Admin.Planned;

/// <summary>From the form of planned work to the decision about it. Pure.</summary>
internal static class PlanDecisions
{
    public static Decision<Event> Schedule(World world, DateTimeOffset at, Principal who, string id, PlanForm form)
    {
        var plan = form.ToPlan(RoomDecisions.ZoneOf(world));
        if ((Permissions.Against(who, Act.ScheduleMaintenance, plan.Components, world) ?? Times(form)) is { } no)
        {
            return no;
        }

        return form.ComesAgain
            ? MaintenanceDecisions.ScheduleSeries(world, at, new(who.Actor), new(id), new(
                form.Rule == "own" ? form.OwnRule : form.Rule, WallClock.ReadLocal(form.From)!.Value, form.Zone,
                WallClock.ReadLocal(form.Until)!.Value - WallClock.ReadLocal(form.From)!.Value, plan, form.Body)
            {
                DeliverNotifications = !form.Quiet,
            })
            : MaintenanceDecisions.Schedule(world, at, new(who.Actor), new(id), new(plan, form.Body) { DeliverNotifications = !form.Quiet });
    }

    /// <summary>Refuses whoever decided on something older than what is there.</summary>
    public static Refusal? Against(World world, MaintenanceId id, string seen) =>
        int.TryParse(seen, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && MaintenanceDecisions.Expect(world, id, version) is null
            ? null
            : new(
                "version_changed",
                "This maintenance changed while you wrote, so nothing was done yet. It stands below as it is now and your text is kept: look, and do it again.");

    public static Refusal? Times(PlanForm form) =>
        WallClock.ReadLocal(form.From) is null ? new("bad_time", "Give the day and the time at which it begins.", "scheduled_for")
        : WallClock.ReadLocal(form.Until) is null ? new("bad_time", "Give the day and the time at which it ends.", "scheduled_until")
        : null;
}
