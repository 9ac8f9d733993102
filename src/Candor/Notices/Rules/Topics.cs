using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Notices.Rules;

/// <summary>Which topics an event may bring something new for.</summary>
internal static class Topics
{
    /// <summary>What was over for longer is not looked at again by itself.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromHours(48);

    /// <summary>By the stored name alone, so that the many others need not be read.</summary>
    public static bool MayConcern(string kind) =>
        kind.StartsWith("incident.", StringComparison.Ordinal) || kind.StartsWith("maintenance.", StringComparison.Ordinal)
        || kind is "subscriber.asked" or "reminder.raised" or "reminder.acknowledged" or "digest.closed";

    public static IEnumerable<Topic> Of(Event happened) => happened switch
    {
        IncidentOpened e => [Topic.Of(e.Incident)],
        IncidentUpdated e => [Topic.Of(e.Incident), Topic.OfReminder(Topic.Of(e.Incident))],
        IncidentPublished e => [Topic.Of(e.Incident)],
        IncidentRemoved e => [Topic.Of(e.Incident), Topic.OfReminder(Topic.Of(e.Incident))],
        NextUpdatePromised e => [Topic.OfReminder(Topic.Of(e.Incident))],
        IncidentMerged e => [Topic.Of(e.Incident), Topic.Of(e.Into), Topic.OfReminder(Topic.Of(e.Incident))],
        IncidentCauseJoined e => [Topic.Of(e.Incident)],
        IncidentImpactSet e => [Topic.Of(e.Incident)],
        IncidentSplit e => [Topic.Of(e.Incident), Topic.Of(e.Into)],
        MaintenanceScheduled e => [Topic.Of(e.Maintenance)],
        MaintenanceUpdated e => [Topic.Of(e.Maintenance), Topic.OfReminder(Topic.Of(e.Maintenance))],
        MaintenanceCancelled e => [Topic.Of(e.Maintenance), Topic.OfReminder(Topic.Of(e.Maintenance))],
        MaintenanceRemoved e => [Topic.Of(e.Maintenance)],
        MaintenanceRescheduled e => [Topic.OfSchedule(e.Maintenance)],
        MaintenanceReminded e => [Topic.OfSchedule(e.Maintenance)],
        ReminderRaised e => [Topic.OfReminder(e.About)],
        ReminderAcknowledged e => [Topic.OfReminder(e.About)],
        DigestClosed e => [Topic.OfDigest(e.Every)],
        SubscriberAsked e => [Topic.Of(e.Subscriber)],
        _ => [],
    };

    /// <summary>These, and what goes on in one of them: the end of that is its end.</summary>
    public static IEnumerable<Topic> WithMerged(World world, IEnumerable<Topic> topics) => topics.SelectMany(topic =>
        topic.Incident is { } id && world.Incidents.TryGetValue(id, out var incident)
            ? Continuing.Into(world, incident).Select(static one => Topic.Of(one)).Prepend(topic)
            : [topic]).Distinct();

    public static bool IsCurrent(Incident incident, DateTimeOffset now) => incident.IsOpen || now - incident.UpdatedAt < Recent;

    /// <summary>What goes on, or was over a short while ago.</summary>
    public static IEnumerable<Topic> Current(World world, DateTimeOffset now) =>
    [
        .. WithMerged(world, world.Incidents.Values.Where(incident => IsCurrent(incident, now)).Select(static incident => Topic.Of(incident.Id))),
        .. world.Maintenances.Values.Where(planned => planned.IsOpen || now - planned.UpdatedAt < Recent)
            .SelectMany(static planned => new[] { Topic.Of(planned.Id), Topic.OfSchedule(planned.Id) }),
        .. world.Reminders.Values.Where(reminder => now - reminder.RaisedAt[^1] < Recent).Select(static reminder => Topic.OfReminder(reminder.About)),
        .. world.Digests.Where(one => now - one.Until < Recent).Select(static one => Topic.OfDigest(one.Every)).Distinct(),
        .. world.Subscribers.Values.Where(one => now - one.AskedAt < Recent && one.IsWrittenTo).Select(static one => Topic.Of(one.Id)),
    ];
}
