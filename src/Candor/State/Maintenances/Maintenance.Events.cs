using System.Collections.Immutable;

namespace Candor.State.Maintenances;

/// <summary>What is planned; the whole plan, each time.</summary>
/// <param name="Components">What is worked on.</param>
internal sealed record MaintenancePlan(
    string Title, DateTimeOffset ScheduledFor, DateTimeOffset ScheduledUntil, ImmutableArray<ComponentId> Components)
{
    /// <summary>It begins by itself at its time.</summary>
    public bool StartsByItself { get; init; }

    /// <summary>It ends by itself at its time.</summary>
    public bool EndsByItself { get; init; }

    /// <summary>While it lasts its components are under maintenance.</summary>
    public bool MarksComponents { get; init; }

    /// <summary>At its end components that nothing measures are operational again.</summary>
    public bool RestoresComponents { get; init; }

    /// <summary>Ends by itself only after having been watched for so long; null: at once.</summary>
    public TimeSpan? VerifyFor { get; init; }

    /// <summary>How long before it begins subscribers are reminded; null: not.</summary>
    public TimeSpan? RemindBefore { get; init; }

    /// <summary>Its beginning by itself is told to nobody.</summary>
    public bool QuietAtStart { get; init; }

    /// <summary>Its end by itself is told to nobody.</summary>
    public bool QuietAtEnd { get; init; }

    /// <summary>Outages of its components are part of the plan: shown as maintenance, and no incident. Null: as the settings say.</summary>
    public bool? ExpectsOutage { get; init; }

    /// <summary>Records with lists in them do not compare by value.</summary>
    public bool SaysTheSame(MaintenancePlan other) =>
        this with { Components = [] } == other with { Components = [] } && Components.SequenceEqual(other.Components);
}

/// <summary>Planned work was announced. It carries the first words (seq 1).</summary>
internal sealed record MaintenanceScheduled(
    DateTimeOffset At, MaintenanceId Maintenance, MaintenancePlan Plan, string Body, Actor By) : Event(At)
{
    /// <summary>Nobody is notified of it.</summary>
    public bool Quiet { get; init; }

    /// <summary>The series that it is one of, or null.</summary>
    public SeriesId? Series { get; init; }

    /// <summary>When the first words were meant for, where that differs from <see cref="Event.At"/>; else null.</summary>
    public DateTimeOffset? DisplayAt { get; init; }

    /// <summary>Entered after the fact; never a reason to notify anybody, and time does nothing with it.</summary>
    public bool Backfilled { get; init; }

    /// <summary>Whatever other tools keep with it, as canonical JSON.</summary>
    public string? Metadata { get; init; }

    /// <summary>The key of what it was made from elsewhere, or null.</summary>
    public string? Origin { get; init; }
}

/// <summary>Somebody, or the clock, said something. <paramref name="Seq"/> is dense from 1 within the maintenance.</summary>
/// <param name="Status">The new status, or null: an update that keeps it.</param>
/// <param name="Automatic">Its time had come; nobody wrote it.</param>
internal sealed record MaintenanceUpdated(
    DateTimeOffset At, MaintenanceId Maintenance, int Seq, MaintenanceStatus? Status, string Body, bool Automatic) : Event(At)
{
    public DateTimeOffset? DisplayAt { get; init; }

    public Actor? By { get; init; }

    public bool Quiet { get; init; }
}

/// <summary>It will be at another time; readers see what was said before.</summary>
internal sealed record MaintenanceRescheduled(
    DateTimeOffset At, MaintenanceId Maintenance, DateTimeOffset ScheduledFor, DateTimeOffset ScheduledUntil, Actor By) : Event(At);

/// <summary>Something else of the plan changed: title, components, what happens by itself.</summary>
internal sealed record MaintenanceChanged(DateTimeOffset At, MaintenanceId Maintenance, MaintenancePlan Plan, Actor By) : Event(At);

internal sealed record MaintenanceMetadataSet(DateTimeOffset At, MaintenanceId Maintenance, string? Metadata, Actor By) : Event(At);

/// <summary>It will not be, or not go on.</summary>
internal sealed record MaintenanceCancelled(DateTimeOffset At, MaintenanceId Maintenance, string Reason, Actor By) : Event(At);

/// <summary>It is near enough that subscribers are due to be reminded.</summary>
internal sealed record MaintenanceReminded(DateTimeOffset At, MaintenanceId Maintenance) : Event(At);

internal sealed record MaintenanceUpdateEdited(
    DateTimeOffset At, MaintenanceId Maintenance, int Seq, string Body, bool Typo, Actor By) : Event(At)
{
    public DateTimeOffset? DisplayAt { get; init; }
}

internal sealed record MaintenanceUpdateRemoved(
    DateTimeOffset At, MaintenanceId Maintenance, int Seq, string Reason, Actor By) : Event(At);

/// <summary>It was entered by mistake: its words are gone from every page, and that it was there is not.</summary>
internal sealed record MaintenanceRemoved(DateTimeOffset At, MaintenanceId Maintenance, string Reason, Actor By) : Event(At);

/// <summary>A person announced or changed work that comes again and again. Each occurrence becomes a maintenance of its own.</summary>
/// <param name="Rule">As RFC 5545 writes it: "FREQ=MONTHLY;BYDAY=2TU".</param>
/// <param name="FirstLocal">The wall clock of the first occurrence, in <paramref name="Zone"/>.</param>
/// <param name="Lasts">In elapsed time, also on days on which clocks change.</param>
/// <param name="Plan">As of each occurrence, which sets its own times.</param>
internal sealed record SeriesSet(
    DateTimeOffset At, SeriesId Series, string Rule, DateTime FirstLocal, string Zone, TimeSpan Lasts,
    MaintenancePlan Plan, string Body, Actor By) : Event(At)
{
    /// <summary>Wall clocks at which it does not occur.</summary>
    public ImmutableArray<DateTime> Except { get; init => field = value.IsDefault ? [] : value; } = [];

    public bool Quiet { get; init; }
}

/// <summary>No more occurrences are made; those that are announced stay.</summary>
internal sealed record SeriesEnded(DateTimeOffset At, SeriesId Series, Actor By) : Event(At);
