using System.Globalization;
using Candor.Access;
using Candor.Admin.Incidents;
using Candor.Journal;
using Candor.State;
using Candor.State.Maintenances;

namespace Candor.Admin.Planned;

/// <summary>From the form of a changed plan to the decision about it. Pure.</summary>
internal static class SeriesDecisions
{
    /// <summary>This one alone: what is planned, and when. Its series goes on as it was.</summary>
    public static Decision<Event> ChangeOne(World world, DateTimeOffset at, Principal who, MaintenanceId id, PlanForm form, string seen)
    {
        var zone = RoomDecisions.ZoneOf(world);
        var plan = form.ToPlan(zone);
        var before = world.Maintenances.GetValueOrDefault(id)?.Plan;
        var touched = plan.Components.Concat(before?.Components ?? []).ToHashSet();
        if ((Permissions.Against(who, Act.ScheduleMaintenance, touched, world) ?? PlanDecisions.Against(world, id, seen) ?? PlanDecisions.Times(form)) is { } no)
        {
            return no;
        }

        // What the form has no field for stays as it was, and so does a time that nobody touched, which the field knows in minutes only.
        plan = Kept(plan, before!) with
        {
            ScheduledFor = form.From == WallClock.Write(before!.ScheduledFor, zone) ? before.ScheduledFor : plan.ScheduledFor,
            ScheduledUntil = form.Until == WallClock.Write(before.ScheduledUntil, zone) ? before.ScheduledUntil : plan.ScheduledUntil,
        };
        var by = new Actor(who.Actor);
        var changed = MaintenanceDecisions.Change(world, at, by, id, plan);
        if (changed.Refusal is not null || (plan.ScheduledFor, plan.ScheduledUntil) == (before.ScheduledFor, before.ScheduledUntil))
        {
            return changed;
        }

        var moved = MaintenanceDecisions.Reschedule(changed.Events.Aggregate(world, World.Fold), at, by, id, plan.ScheduledFor, plan.ScheduledUntil);
        return moved.Refusal is not null ? moved : Decision.Of<Event>([.. changed.Events, .. moved.Events]);
    }

    /// <summary>All that comes again, or what comes from one occurrence on; what is announced already follows.</summary>
    public static Decision<Event> Change(World world, DateTimeOffset at, Principal who, SeriesId id, PlanForm form, string seen, MaintenanceId? since)
    {
        var series = world.Series.GetValueOrDefault(id);
        var plan = form.ToPlan(RoomDecisions.ZoneOf(world));
        var touched = plan.Components.Concat(series?.Plan.Components ?? []).ToHashSet();
        if ((Permissions.Against(who, Act.ScheduleMaintenance, touched, world) ?? Against(series, seen) ?? PlanDecisions.Times(form) ?? Again(form)) is { } no)
        {
            return no;
        }

        var from = since is { } one && world.Maintenances.TryGetValue(one, out var occurrence) && occurrence.Series == id ? occurrence : null;
        if (since is not null && from is null)
        {
            return new Refusal("no_such_maintenance", $"Maintenance {since} is none of this series; open the series and begin again.", "since");
        }

        var begins = WallClock.ReadLocal(form.From)!.Value;
        return MaintenanceDecisions.ScheduleSeries(world, at, new(who.Actor), id, new(
            form.Rule == "own" ? form.OwnRule : form.Rule, begins, form.Zone, WallClock.ReadLocal(form.Until)!.Value - begins, Kept(plan, series!.Plan), form.Body)
        {
            DeliverNotifications = !form.Quiet,
            Except = series.Except,
            Since = from?.Plan.ScheduledFor,
        });
    }

    /// <summary>The same rule, where it counts its occurrences and the first ones stay with what was before.</summary>
    public static string WithoutFirst(string rule, int skipped) => string.Join(';', rule.Split(';').Select(part =>
        part.StartsWith("COUNT=", StringComparison.OrdinalIgnoreCase) && int.TryParse(part.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? $"COUNT={Math.Max(1, count - skipped)}"
            : part));

    private static MaintenancePlan Kept(MaintenancePlan plan, MaintenancePlan before) => plan with
    {
        RestoresComponents = plan.MarksComponents && (before.RestoresComponents || !before.MarksComponents),
        QuietAtStart = before.QuietAtStart,
        QuietAtEnd = before.QuietAtEnd,
        ExpectsOutage = plan.ExpectsOutage ?? (before.ExpectsOutage is true ? null : before.ExpectsOutage),
    };

    private static Refusal? Against(MaintenanceSeries? series, string seen) =>
        series is null ? new("no_such_series", "This series is not there any more; the list has those that are.")
        : SeriesForms.SeenOf(series) == seen ? null
        : new("version_changed", "This series changed while you wrote, so nothing was done yet. Your text is kept: look, and do it again.");

    private static Refusal? Again(PlanForm form) =>
        form.ComesAgain ? null : new("bad_rule", "Say how often it comes; to let it come no more, end the series.", "rule");
}
