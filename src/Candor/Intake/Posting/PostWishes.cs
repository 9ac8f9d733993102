using Candor.Journal;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Intake.Posting;

/// <summary>From what a program sent to what a person may wish. Pure; the first fault is the answer.</summary>
internal static class PostWishes
{
    public static (OpenIncident Wish, Refusal? Fault) Read(World world, DateTimeOffset at, IncidentBody sent)
    {
        var reading = new PostReading(world, at);
        var wish = new OpenIncident(
            sent.Title ?? "", sent.Body ?? "", reading.Status(sent.Status) ?? IncidentStatus.Investigating, reading.Affected(sent.Components))
        {
            StartedAt = reading.Moment(sent.StartedAt, "started_at"),
            ImpactOverride = reading.Impact(sent.Impact),
            NextUpdateBy = reading.NextUpdate(sent.NextUpdateBy, sent.NextUpdateInSeconds),
            DeliverNotifications = sent.DeliverNotifications ?? true,
            OnlyFor = [.. sent.OnlyFor ?? []],
        };
        return (wish, reading.Fault);
    }

    public static (PostUpdate Wish, Refusal? Fault) Read(World world, DateTimeOffset at, UpdateBody sent)
    {
        var reading = new PostReading(world, at);
        var wish = new PostUpdate(reading.Status(sent.Status), sent.Body ?? "", reading.Affected(sent.Components))
        {
            NextUpdateBy = reading.NextUpdate(sent.NextUpdateBy, sent.NextUpdateInSeconds),
            DeliverNotifications = sent.DeliverNotifications ?? true,
        };
        return (wish, reading.Fault);
    }

    /// <summary>Unless told otherwise it begins and ends by itself, and its components are under maintenance meanwhile.</summary>
    public static (ScheduleMaintenance Wish, Refusal? Fault) Read(World world, DateTimeOffset at, MaintenanceBody sent)
    {
        var reading = new PostReading(world, at);
        var plan = new MaintenancePlan(
            sent.Title ?? "", reading.Needed(sent.ScheduledFor, "scheduled_for"), reading.Needed(sent.ScheduledUntil, "scheduled_until"),
            reading.Components(sent.Components))
        {
            StartsByItself = sent.ScheduledAutoInProgress ?? true,
            EndsByItself = sent.ScheduledAutoCompleted ?? true,
            MarksComponents = true,
            RestoresComponents = true,
        };
        return (new(plan, sent.Body ?? "") { DeliverNotifications = sent.DeliverNotifications ?? true }, reading.Fault);
    }
}
