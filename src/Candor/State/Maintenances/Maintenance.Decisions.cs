using Candor.Journal;
using Candor.State.Incidents;

namespace Candor.State.Maintenances;

/// <summary>What people may do with planned work: events, or a refusal that says what to do instead.</summary>
internal static partial class MaintenanceDecisions
{
    /// <summary>Longer work is several maintenances; a slip of the year should not last one.</summary>
    public static readonly TimeSpan LongestLasts = TimeSpan.FromDays(31);

    private static readonly TimeSpan AheadMost = TimeSpan.FromDays(3 * 366);

    public static Decision<Event> Schedule(World world, DateTimeOffset at, Actor by, MaintenanceId id, ScheduleMaintenance wish)
    {
        var no = Taken(world, id)
            ?? Refusing.Unnamed(by)
            ?? Refusing.Text("body", wish.Body, IncidentDecisions.BodyLimit)
            ?? Refusing.Metadata(wish.Metadata)
            ?? Planned(world, wish.Plan)
            ?? Times(at, wish.Plan.ScheduledFor, wish.Plan.ScheduledUntil);
        return no is not null
            ? no
            : new Event[]
            {
                new MaintenanceScheduled(at, id, Trimmed(wish.Plan), wish.Body, by)
                {
                    Quiet = !wish.DeliverNotifications,
                    Metadata = wish.Metadata,
                },
            };
    }

    /// <summary>Says something, and with a status begins it, watches it or ends it.</summary>
    public static Decision<Event> Post(World world, DateTimeOffset at, Actor by, MaintenanceId id, PostMaintenance wish)
    {
        var displayAt = wish.DisplayAt ?? at;
        var no = Changeable(world, id, out var maintenance)
            ?? Refusing.Unnamed(by)
            ?? Refusing.Text("body", wish.Body, IncidentDecisions.BodyLimit)
            ?? Refusing.After(at, displayAt, "in_future", "An update cannot be dated in the future; give an earlier time.", "display_at")
            ?? MayBecome(maintenance, wish.Status);
        if (no is not null)
        {
            return no;
        }

        var said = new MaintenanceUpdated(at, id, maintenance.Updates.Length + 1, wish.Status, wish.Body, Automatic: false)
        {
            By = by,
            DisplayAt = wish.DisplayAt,
            Quiet = !wish.DeliverNotifications,
        };
        return Decision.Of<Event>([said, .. MaintenanceEffects.Of(world, at, maintenance, wish.Status)]);
    }

    /// <summary>Says at which other time it will be. What goes on already can only end at another time.</summary>
    public static Decision<Event> Reschedule(
        World world, DateTimeOffset at, Actor by, MaintenanceId id, DateTimeOffset from, DateTimeOffset until) =>
        (Changeable(world, id, out var maintenance) ?? Refusing.Unnamed(by) ?? Over(maintenance)
            ?? (maintenance.IsActive && from != maintenance.Plan.ScheduledFor
                ? new Refusal("in_progress", "It has begun; only its end can be moved.", "scheduled_for")
                : null)
            ?? Times(at, from, until)) switch
        {
            { } no => no,
            null when (maintenance.Plan.ScheduledFor, maintenance.Plan.ScheduledUntil) == (from, until) => Array.Empty<Event>(),
            null => new Event[] { new MaintenanceRescheduled(at, id, from, until, by) },
        };

    /// <summary>Changes what is planned, except its times.</summary>
    public static Decision<Event> Change(World world, DateTimeOffset at, Actor by, MaintenanceId id, MaintenancePlan plan)
    {
        if ((Changeable(world, id, out var maintenance) ?? Refusing.Unnamed(by) ?? Planned(world, plan)) is { } no)
        {
            return no;
        }

        var after = Trimmed(plan) with
        {
            ScheduledFor = maintenance.Plan.ScheduledFor,
            ScheduledUntil = maintenance.Plan.ScheduledUntil,
        };
        return after.SaysTheSame(maintenance.Plan)
            ? Array.Empty<Event>()
            : Decision.Of<Event>([new MaintenanceChanged(at, id, after, by), .. MaintenanceEffects.OfChange(world, at, maintenance, after)]);
    }

    public static Decision<Event> SetMetadata(World world, DateTimeOffset at, Actor by, MaintenanceId id, string? metadata) =>
        (Changeable(world, id, out var maintenance) ?? Refusing.Unnamed(by) ?? Refusing.Metadata(metadata)) switch
        {
            { } no => no,
            null when maintenance.Metadata == metadata => Array.Empty<Event>(),
            null => new Event[] { new MaintenanceMetadataSet(at, id, metadata, by) },
        };

    /// <summary>Calls it off, before it begins or while it goes on.</summary>
    public static Decision<Event> Cancel(World world, DateTimeOffset at, Actor by, MaintenanceId id, string reason) =>
        (Changeable(world, id, out var maintenance) ?? Refusing.Unnamed(by) ?? Over(maintenance)
            ?? Refusing.Text("reason", reason, Refusing.ReasonLimit)) switch
        {
            { } no => no,
            null => Decision.Of<Event>(
            [
                new MaintenanceCancelled(at, id, reason.Trim(), by),
                .. MaintenanceEffects.Of(world, at, maintenance, MaintenanceStatus.Completed),
            ]),
        };

    public static Decision<Event> Edit(World world, DateTimeOffset at, Actor by, MaintenanceId id, EditUpdate wish)
    {
        var no = Changeable(world, id, out var maintenance) ?? Refusing.Unnamed(by) ?? Readable(maintenance, wish.Seq)
            ?? (wish.Body is { } text ? Refusing.Text("body", text, IncidentDecisions.BodyLimit) : null)
            ?? Refusing.After(at, wish.DisplayAt ?? at, "in_future", "An update cannot be dated in the future; give an earlier time.", "display_at");
        if (no is not null)
        {
            return no;
        }

        var update = maintenance.Updates[wish.Seq - 1];
        var body = wish.Body ?? update.Body;
        return body == update.Body && (wish.DisplayAt ?? update.DisplayAt) == update.DisplayAt
            ? Array.Empty<Event>()
            : new Event[] { new MaintenanceUpdateEdited(at, id, wish.Seq, body, wish.Typo, by) { DisplayAt = wish.DisplayAt } };
    }

    public static Decision<Event> RemoveUpdate(World world, DateTimeOffset at, Actor by, MaintenanceId id, int seq, string reason) =>
        (Changeable(world, id, out var maintenance) ?? Refusing.Unnamed(by) ?? Readable(maintenance, seq)
            ?? Refusing.Text("reason", reason, Refusing.ReasonLimit)) switch
        {
            { } no => no,
            null => new Event[] { new MaintenanceUpdateRemoved(at, id, seq, reason.Trim(), by) },
        };

    public static Decision<Event> Remove(World world, DateTimeOffset at, Actor by, MaintenanceId id, string reason) =>
        (Changeable(world, id, out var maintenance) ?? Refusing.Unnamed(by)
            ?? Refusing.Text("reason", reason, Refusing.ReasonLimit)) switch
        {
            { } no => no,
            null => Decision.Of<Event>(
            [
                new MaintenanceRemoved(at, id, reason.Trim(), by),
                .. MaintenanceEffects.Of(world, at, maintenance, MaintenanceStatus.Completed),
            ]),
        };

    /// <summary>Refuses whoever saw an older version than the one that is there; null where they saw the newest.</summary>
    public static Refusal? Expect(World world, MaintenanceId id, int version) =>
        world.Maintenances.TryGetValue(id, out var maintenance) && maintenance.Version != version
            ? new(
                "version_changed",
                $"Maintenance {id} is at version {maintenance.Version} and you saw {version}; read it again and decide anew.",
                "version")
            : null;
}
