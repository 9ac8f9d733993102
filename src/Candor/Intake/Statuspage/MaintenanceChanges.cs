using System.Collections.Immutable;
using Candor.Access;
using Candor.Journal;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Intake.Statuspage;

/// <summary>Statuspage's scheduled incidents are maintenances here. Pure.</summary>
internal static class MaintenanceChanges
{
    /// <summary>As long before as Statuspage reminds.</summary>
    private static readonly TimeSpan RemindsBefore = TimeSpan.FromHours(1);

    public static Decision<Event> Schedule(World world, DateTimeOffset at, Principal who, MaintenanceId id, SentBody body)
    {
        var sent = new SentFields(body, world, at);
        var (from, until) = (sent.Moment("scheduled_for"), sent.Moment("scheduled_until"));
        var status = sent.Word("status", V1Words.Planned) ?? MaintenanceStatus.Scheduled;
        var plan = Planned(new("", from ?? default, until ?? default, []) { MarksComponents = true, RestoresComponents = true }, sent);
        var wish = new ScheduleMaintenance(plan, sent.Text("body") ?? StoredWords.Of(world.Page).Unsaid(MaintenanceStatus.Scheduled))
        {
            DeliverNotifications = sent.Flag("deliver_notifications") ?? true,
            Metadata = sent.Metadata(),
        };
        var no = sent.Fault ?? Missing(from, "scheduled_for") ?? Missing(until, "scheduled_until")
            ?? Permissions.Against(who, Act.ScheduleMaintenance, plan.Components, world);
        var by = new Actor(who.Actor);
        return no is not null ? no : Steps.InOrder(
            world,
            w => MaintenanceDecisions.Schedule(w, at, by, id, wish),
            w => status == MaintenanceStatus.Scheduled
                ? Array.Empty<Event>()
                : MaintenanceDecisions.Post(w, at, by, id, new(status, StoredWords.Of(w.Page).Unsaid(status)) { DeliverNotifications = wish.DeliverNotifications }));
    }

    public static Decision<Event> Change(World world, DateTimeOffset at, Principal who, MaintenanceId id, int? version, SentBody body)
    {
        if ((Missing(world, id) ?? (version is { } seen ? MaintenanceDecisions.Expect(world, id, seen) : null)) is { } missing)
        {
            return missing;
        }

        var (maintenance, by, sent) = (world.Maintenances[id], new Actor(who.Actor), new SentFields(body, world, at));
        var (status, words, metadata) = (sent.Word("status", V1Words.Planned), sent.Text("body"), sent.Metadata());
        var (from, until) = (sent.Moment("scheduled_for") ?? maintenance.Plan.ScheduledFor, sent.Moment("scheduled_until") ?? maintenance.Plan.ScheduledUntil);
        var plan = Planned(maintenance.Plan, sent);
        var quiet = sent.Flag("deliver_notifications") is false;
        var says = words is not null || (status is { } wanted && wanted != maintenance.Status);
        var no = sent.Fault ?? Permissions.Against(who, Act.ScheduleMaintenance, [.. maintenance.Plan.Components, .. plan.Components], world);
        return no is not null ? no : Steps.InOrder(
            world,
            w => (from, until) == (maintenance.Plan.ScheduledFor, maintenance.Plan.ScheduledUntil)
                ? Array.Empty<Event>()
                : MaintenanceDecisions.Reschedule(w, at, by, id, from, until),
            w => plan.SaysTheSame(maintenance.Plan) ? Array.Empty<Event>() : MaintenanceDecisions.Change(w, at, by, id, plan),
            w => sent.Has("metadata") ? MaintenanceDecisions.SetMetadata(w, at, by, id, metadata) : Array.Empty<Event>(),
            w => says
                ? MaintenanceDecisions.Post(w, at, by, id, new(status, words ?? StoredWords.Of(w.Page).Unsaid(status ?? maintenance.Status)) { DeliverNotifications = !quiet })
                : Array.Empty<Event>());
    }

    public static Decision<Event> Remove(World world, DateTimeOffset at, Principal who, MaintenanceId id, string reason) =>
        (Missing(world, id) ?? Permissions.Against(who, Act.EditHistory, world.Maintenances[id].Plan.Components, world)) is { } no
            ? no
            : MaintenanceDecisions.Remove(world, at, new(who.Actor), id, reason);

    /// <summary>The plan with whatever was sent of it; what was not sent stays as it was.</summary>
    private static MaintenancePlan Planned(MaintenancePlan before, SentFields sent) => before with
    {
        Title = sent.Text("name") ?? before.Title,
        Components = sent.Components() ?? before.Components,
        StartsByItself = sent.Flag("scheduled_auto_in_progress") ?? sent.Flag("scheduled_auto_transition") ?? before.StartsByItself,
        EndsByItself = sent.Flag("scheduled_auto_completed") ?? before.EndsByItself,
        MarksComponents = sent.Flag("auto_transition_to_maintenance_state") ?? before.MarksComponents,
        RestoresComponents = sent.Flag("auto_transition_to_operational_state") ?? before.RestoresComponents,
        QuietAtStart = sent.Flag("auto_transition_deliver_notifications_at_start") is { } start ? !start : before.QuietAtStart,
        QuietAtEnd = sent.Flag("auto_transition_deliver_notifications_at_end") is { } end ? !end : before.QuietAtEnd,
        RemindBefore = sent.Flag("scheduled_remind_prior") switch
        {
            true => before.RemindBefore ?? RemindsBefore,
            false => null,
            null => before.RemindBefore,
        },
    };

    private static Refusal? Missing(DateTimeOffset? moment, string field) => moment is null
        ? new("empty", $"A scheduled incident has both times; give {field} as well.", field)
        : null;

    private static Refusal? Missing(World world, MaintenanceId id) => world.Maintenances.GetValueOrDefault(id) is { Removed: null }
        ? null
        : new("no_such_incident", $"There is no incident {id}; GET …/incidents lists them.", "id");
}
