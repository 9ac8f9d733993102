using System.Collections.Immutable;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Notices.Rules;

/// <summary>What the rules need to know of an incident or a maintenance. Pure: from the facts alone.</summary>
internal sealed record TopicView(Topic Topic, ImmutableArray<Saying> Sayings)
{
    /// <summary>Affected components and everything above them: whoever follows one of these is concerned.</summary>
    public ImmutableHashSet<ComponentId> Concerned { get; init; } = [];

    /// <summary>Components whose trouble an affected parent explains; who follows only those is not told, and the ledger says why.</summary>
    public ImmutableHashSet<ComponentId> Explained { get; init; } = [];

    /// <summary>The incident with those that went on in it: whoever follows one of these by itself is told.</summary>
    public ImmutableArray<IncidentId> Incidents { get; init; } = [];

    /// <summary>What it goes on in, as that is now; null where it goes on in none that everybody may know of.</summary>
    public TopicView? Into { get; init; }

    /// <summary>Whoever was told of what goes on in this one: they are told of this one, whatever they wish.</summary>
    public NumberSet Heard { get; init; } = NumberSet.Empty;

    /// <summary>Of each incident that was merged into this one itself: who was told of it, and until when they were told there.</summary>
    public ImmutableArray<MergedAudience> Merged { get; init; } = [];

    /// <summary>It is all that was said in whiles of this length.</summary>
    public DigestEvery? Digest { get; init; }

    /// <summary>What was said in each of them, for whoever it concerns.</summary>
    public ImmutableArray<DigestNews> News { get; init; } = [];

    public Impact Impact { get; init; }

    public bool IsMaintenance { get; init; }

    /// <summary>The number of the saying with which it was over, whatever was said after that; null while it goes on, here or in another one.</summary>
    public int? EndSeq { get; init; }

    /// <summary>When it was said to be over, or null.</summary>
    public DateTimeOffset? OverAt { get; init; }

    /// <summary>Taken away as a mistake: whoever was not told of it hears nothing of it.</summary>
    public bool IsRemoved { get; init; }

    /// <summary>It comes and goes; automation's words are told at intervals.</summary>
    public bool IsUnstable { get; init; }

    /// <summary>It concerns this one subscriber, confirmed or not: their link.</summary>
    public SubscriberId? Only { get; init; }

    /// <summary>It is for responders who are reminded, and for nobody else.</summary>
    public bool IsForDuty { get; init; }

    /// <summary>What they are reminded of was done, or somebody has it in hand.</summary>
    public bool IsSettled { get; init; }

    /// <summary>
    /// It was for everybody and is for some readers only by now. Nobody is told anything of it; of whoever was told that it
    /// began the ledger says so, and where their side keeps it open, that ends.
    /// </summary>
    public bool IsHidden { get; init; }

    public int LastSeq => Sayings is [.., var last] ? last.Seq : 0;

    public bool IsOver => OverAt is not null;

    /// <summary>How long readers were told that something was wrong.</summary>
    public TimeSpan? Lasted => OverAt is { } over && Sayings is [var first, ..] ? over - first.At : null;

    /// <summary>Null where nothing of the kind exists, or nobody is to know of it.</summary>
    public static TopicView? Of(World world, Topic topic) => EvenHidden(world, topic) is { IsHidden: false } view ? view : null;

    /// <summary>The same, and also what is for some readers only: for those who were told of it before that was so.</summary>
    public static TopicView? EvenHidden(World world, Topic topic) =>
        topic.Incident is { } incident ? OfIncident(world, topic, incident)
        : topic.Maintenance is { } maintenance ? OfMaintenance(world, topic, maintenance)
        : topic.Schedule is { } schedule ? OfSchedule(world, topic, schedule)
        : topic.Subscription is { } subscription ? OfSubscription(world, topic, subscription)
        : topic.Reminder is { } about ? OfReminder(world, topic, about)
        : topic.Digest is { } every ? Digesting.Of(world, topic, every)
        : null;

    /// <summary>The k-th time has number 2k - 1, its end 2k: numbers that no later fact changes.</summary>
    private static TopicView? OfReminder(World world, Topic topic, Topic about)
    {
        if (!world.Reminders.TryGetValue(about, out var reminder))
        {
            return null;
        }

        var raised = reminder.RaisedAt.Select(static (at, i) => new Saying((2 * i) + 1, at, Quiet: false, Automatic: true));
        var settled = ReminderClock.SettledAt(world, reminder);
        return new(topic, [.. settled is { } end ? raised.Append(new(2 * reminder.RaisedAt.Length, end, Quiet: false, Automatic: true)) : raised])
        {
            IsForDuty = true,
            IsSettled = settled is not null,
        };
    }

    /// <summary>Only the last time that it was asked for counts: one mail answers all of them.</summary>
    private static TopicView? OfSubscription(World world, Topic topic, SubscriberId id) =>
        world.Subscribers.TryGetValue(id, out var there) && there.AskedAt is { } at
            ? new(topic, [new(there.Asked, at, Quiet: false, Automatic: false)]) { Only = id }
            : null;

    private static TopicView? OfIncident(World world, Topic topic, IncidentId id)
    {
        if (!world.Incidents.TryGetValue(id, out var incident) || !incident.Published || incident.Backfilled)
        {
            return null;
        }

        var since = incident.PublishedAt ?? DateTimeOffset.MinValue;
        var said = incident.Updates.Select(update => new Saying(
            update.Seq, update.At > since ? update.At : since, update.Quiet || !update.IsReadable, update.Automatic)
        {
            IsTakenBack = !update.Quiet && !update.IsReadable,
        });

        // A merge and a removal say nothing of their own, and nothing of its own can follow them: the next number is theirs, and
        // the one after it that of the end of what it goes on in.
        var end = incident.Merged?.At ?? incident.Removed?.At;
        var affected = incident.AffectedComponents.ToHashSet();
        var other = Continuing.EvenHidden(world, incident) is { } last ? OfIncident(world, Topic.Of(last.Id), last.Id) : null;
        var into = other is { IsHidden: false } ? other : null;
        ImmutableArray<Saying> endElsewhere = EndOf(other) is { } ended ? [ended with { Seq = incident.Updates.Length + 2, IsEndElsewhere = true }] : [];
        var absorbed = Continuing.Into(world, incident);
        return new(topic,
        [
            .. said,
            .. end is { } at ? [new Saying(incident.Updates.Length + 1, at, Quiet: false, Automatic: false)] : Array.Empty<Saying>(),
            .. endElsewhere,
        ])
        {
            Into = into,
            Heard = absorbed.Aggregate(NumberSet.Empty, (all, one) => all.Union(Continuing.ToldOf(world, one))),
            Merged = Continuing.AudiencesOf(world, incident),
            Concerned = Components.Above(world, affected),
            Explained = Components.Above(world, Components.OfMonitors(world, ExplainedCauses(world, incident)).Except(affected)),
            Incidents = [id, .. absorbed],
            Impact = incident.Impact,
            EndSeq = other is not null ? endElsewhere is [var there] ? there.Seq : null
                : incident.IsOpen ? null
                : incident.ResolvedAt is null ? incident.Updates.Length + 1
                : incident.Updates.LastOrDefault(static update => update.Status is not (IncidentStatus.Resolved or IncidentStatus.Postmortem)) is { } before ? before.Seq + 1 : 1,
            OverAt = into is null ? incident.ClosedAt : into.OverAt,
            IsRemoved = incident.Removed is not null,
            IsUnstable = incident.Reopenings > 0,
            IsHidden = !Continuing.MayBeTold(world, incident),
        };
    }

    /// <summary>With what it ended, for whoever was told of it under another name; a quiet word is that only where nobody is to be told any other.</summary>
    private static Saying? EndOf(TopicView? other)
    {
        if (other is not { EndSeq: { } end })
        {
            return null;
        }

        var said = other.Sayings.Where(said => said.Seq >= end).ToList();
        return said.Exists(static one => !one.Quiet) ? said.First(static one => !one.Quiet)
            : other.IsHidden && said is [var quiet, ..] ? quiet with { Quiet = false }
            : null;
    }

    /// <summary>Monitors that failed within the window of a parent that is a cause itself.</summary>
    private static IEnumerable<MonitorId> ExplainedCauses(World world, Incident incident) => incident.Causes.Where(cause =>
        world.Monitors.TryGetValue(cause, out var monitor) && monitor.Definition.DependsOn.Any(incident.Causes.Contains));

    private static TopicView? OfMaintenance(World world, Topic topic, MaintenanceId id)
    {
        if (!world.Maintenances.TryGetValue(id, out var maintenance) || maintenance.Backfilled)
        {
            return null;
        }

        var said = maintenance.Updates.Select(static update => new Saying(
            update.Seq, update.At, update.Quiet || update.Removed is not null, update.Automatic)
        {
            IsTakenBack = !update.Quiet && update.Removed is not null,
        });
        var end = maintenance.Cancelled?.At ?? maintenance.Removed?.At;
        return OfPlanned(world, topic, maintenance, end is { } at
            ? said.Append(new(maintenance.Updates.Length + 1, at, Quiet: false, Automatic: false))
            : said) with
        {
            EndSeq = maintenance.IsOpen ? null
                : maintenance.CompletedAt is null ? maintenance.Updates.Length + 1
                : maintenance.Updates.LastOrDefault(static update => update.Status != MaintenanceStatus.Completed) is { } before ? before.Seq + 1 : 1,
        };
    }

    /// <summary>The k-th moving has number 2k, the reminder after it 2k + 1: numbers that no later fact changes.</summary>
    private static TopicView? OfSchedule(World world, Topic topic, MaintenanceId id)
    {
        if (!world.Maintenances.TryGetValue(id, out var maintenance) || maintenance.Backfilled)
        {
            return null;
        }

        var moved = maintenance.Reschedulings.Select(static (moving, i) => new Saying(2 * (i + 1), moving.At, Quiet: false, Automatic: false));
        return OfPlanned(world, topic, maintenance, maintenance.RemindedAt is { } reminded
            ? moved.Append(new(2 * maintenance.Reschedulings.Length + 1, reminded, Quiet: false, Automatic: true))
            : moved);
    }

    private static TopicView OfPlanned(World world, Topic topic, Maintenance maintenance, IEnumerable<Saying> said) => new(topic, [.. said])
    {
        Concerned = Components.Above(world, maintenance.Plan.Components),
        IsMaintenance = true,
        OverAt = maintenance.CompletedAt ?? maintenance.Cancelled?.At ?? maintenance.Removed?.At,
        IsRemoved = maintenance.Removed is not null,
        IsHidden = !world.IsWhollyForEverybody(maintenance.Plan.Components, []),
    };
}
