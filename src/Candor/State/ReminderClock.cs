using Candor.Journal;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.State;

/// <summary>
/// What time alone makes of what responders should not forget: reminders, again and again until somebody acknowledges or does
/// it. Pure; drive it with a clock that does not jump. Where nobody is on duty nothing happens.
/// </summary>
internal static class ReminderClock
{
    public static ReminderPolicy PolicyOf(World world) => world.Policy.Reminders ?? ReminderPolicy.Default;

    public static IEnumerable<Event> Due(World world, DateTimeOffset now) => world.OnDuty.IsEmpty ? [] :
        Abouts(world).OrderBy(static about => about.Value, StringComparer.Ordinal)
            .Select(about => DueOf(world, about, now)).OfType<Event>();

    /// <summary>Of what nobody needs to be reminded any more: acknowledged, said, begun or over.</summary>
    public static bool IsSettled(World world, Reminder reminder) =>
        reminder.AcknowledgedAt is not null || OccasionOf(world, reminder.About) is not { } occasion || !reminder.IsOf(occasion.Cause, occasion.DueAt);

    /// <summary>Since when nobody needs to be reminded; null while somebody does.</summary>
    public static DateTimeOffset? SettledAt(World world, Reminder reminder) => !IsSettled(world, reminder) ? null
        : reminder.AcknowledgedAt
            ?? (reminder.About.Incident is { } incident ? world.Incidents.GetValueOrDefault(incident)?.UpdatedAt : null)
            ?? (reminder.About.Maintenance is { } maintenance ? world.Maintenances.GetValueOrDefault(maintenance)?.UpdatedAt : null)
            ?? reminder.RaisedAt[^1];

    /// <summary>
    /// Once is enough; a link is pressed twice. Whoever left, or is on duty no more, still has the links in old messages; and what
    /// a message was about may be over while something else is due.
    /// </summary>
    public static Decision<Event> Acknowledge(World world, DateTimeOffset at, Topic about, SubscriberId by, string occasion) =>
        world.Subscribers.GetValueOrDefault(by) is not { IsOnDuty: true } ? OffDuty
        : world.Reminders.TryGetValue(about, out var reminder) && reminder.Occasion != occasion && !IsSettled(world, reminder) ? AnotherOccasion
        : Acknowledge(world, new ReminderAcknowledged(at, about) { Subscriber = by });

    /// <summary>The same by a person in the room.</summary>
    public static Decision<Event> Acknowledge(World world, DateTimeOffset at, Topic about, Actor by) =>
        Refusing.Unnamed(by) ?? Acknowledge(world, new ReminderAcknowledged(at, about) { By = by });

    private static Decision<Event> Acknowledge(World world, ReminderAcknowledged said) =>
        !world.Reminders.TryGetValue(said.About, out var reminder) ? new Refusal("no_reminder", "Nobody was reminded of that.", "of")
        : IsSettled(world, reminder) ? Array.Empty<Event>()
        : new Event[] { said };

    private static Refusal OffDuty { get; } =
        new("off_duty", "You are not reminded of such things any more, so somebody else has to say that they have it in hand.", "of");

    private static Refusal AnotherOccasion { get; } =
        new("another_occasion", "What that message was about is over, and something else is due since. Use the link in the newest message.", "occasion");

    private static IEnumerable<Topic> Abouts(World world) =>
        world.OpenIncidents.Select(Topic.Of).Concat(world.OpenMaintenances.Select(Topic.Of));

    private static ReminderRaised? DueOf(World world, Topic about, DateTimeOffset now)
    {
        if (OccasionOf(world, about) is not { } occasion || now < occasion.From)
        {
            return null;
        }

        var raised = new ReminderRaised(now, about, occasion.Cause, occasion.DueAt);
        return world.Reminders.GetValueOrDefault(about) is not { } before || !before.IsOf(occasion.Cause, occasion.DueAt) ? raised
            : before.AcknowledgedAt is null && before.Times < PolicyOf(world).Times && now >= before.RaisedAt[^1] + PolicyOf(world).Every ? raised
            : null;
    }

    /// <summary>What is due next, and from when on it is worth a reminder.</summary>
    private static (ReminderCause Cause, DateTimeOffset DueAt, DateTimeOffset From)? OccasionOf(World world, Topic about) =>
        about.Incident is { } incident ? OccasionOf(world.Incidents.GetValueOrDefault(incident), PolicyOf(world))
        : about.Maintenance is { } maintenance ? OccasionOf(world.Maintenances.GetValueOrDefault(maintenance), PolicyOf(world))
        : null;

    private static (ReminderCause Cause, DateTimeOffset DueAt, DateTimeOffset From)? OccasionOf(Incident? incident, ReminderPolicy policy)
    {
        if (incident is not { IsOpen: true, Published: true, Backfilled: false })
        {
            return null;
        }

        if (incident.Promise is { } promise)
        {
            return (ReminderCause.Promise, promise.DueAt, PromiseClock.RemindAt(promise));
        }

        var due = LastWordAt(incident) + policy.Silence;
        return (ReminderCause.Silence, due, due);
    }

    private static (ReminderCause Cause, DateTimeOffset DueAt, DateTimeOffset From)? OccasionOf(Maintenance? planned, ReminderPolicy policy) =>
        planned is { IsOpen: true, Backfilled: false, Status: MaintenanceStatus.Scheduled }
            ? (ReminderCause.Beginning, planned.Plan.ScheduledFor, planned.Plan.ScheduledFor - policy.BeforeMaintenance)
            : null;

    public static DateTimeOffset LastWordAt(Incident incident)
    {
        var shown = incident.PublishedAt ?? incident.CreatedAt;
        return incident.Updates is [.., var last] && last.At > shown ? last.At : shown;
    }
}
