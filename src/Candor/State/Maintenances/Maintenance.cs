using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Serialization;
using Candor.State.Incidents;

namespace Candor.State.Maintenances;

/// <summary>One thing said in a maintenance.</summary>
/// <param name="Body">What readers see now: empty once it is <see cref="Removed"/>.</param>
internal sealed record MaintenanceUpdate(
    int Seq, DateTimeOffset At, MaintenanceStatus Status, bool KeepsStatus, string Body, bool Automatic)
{
    public DateTimeOffset DisplayAt { get; init; } = At;

    public Actor? By { get; init; }

    public bool Quiet { get; init; }

    public ImmutableArray<Edit> Edits { get; init; } = [];

    public Tombstone? Removed { get; init; }

    /// <summary>What it was called when it was taken away, for whoever was told of it under that name; no page has it.</summary>
    public string? FormerTitle { get; init; }

    [JsonIgnore]
    public bool IsBackdated => DisplayAt != At;

    public MaintenanceUpdate With(MaintenanceUpdateEdited e) => this with
    {
        Edits = Edits.Add(new(e.At, Body, e.Typo, e.By) { DisplayAt = DisplayAt }),
        Body = e.Body,
        DisplayAt = e.DisplayAt ?? DisplayAt,
    };

    public MaintenanceUpdate With(Tombstone removed) => this with { Body = "", Edits = [], Removed = removed };
}

/// <summary>A time that was announced before another one was.</summary>
internal sealed record Rescheduling(DateTimeOffset At, DateTimeOffset Before, DateTimeOffset BeforeUntil, Actor By);

/// <summary>A maintenance as the facts have it.</summary>
internal sealed record Maintenance(MaintenanceId Id, MaintenancePlan Plan, DateTimeOffset CreatedAt)
{
    private const string RemovedTitle = "Removed maintenance";

    /// <summary>How many facts made it what it is.</summary>
    public int Version { get; init; }

    public Actor? By { get; init; }

    public MaintenanceStatus Status { get; init; } = MaintenanceStatus.Scheduled;

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? VerifyingAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; } = CreatedAt;

    /// <summary>Set once it was called off, before it began or within.</summary>
    public Tombstone? Cancelled { get; init; }

    /// <summary>Set once it was taken away as a mistake.</summary>
    public Tombstone? Removed { get; init; }

    /// <summary>What it was called when it was taken away, for whoever was told of it under that name; no page has it.</summary>
    public string? FormerTitle { get; init; }

    public DateTimeOffset? RemindedAt { get; init; }

    public SeriesId? Series { get; init; }

    public bool Backfilled { get; init; }

    public string? Metadata { get; init; }

    public string? Origin { get; init; }

    /// <summary>Oldest first.</summary>
    public ImmutableArray<MaintenanceUpdate> Updates { get; init; } = [];

    /// <summary>Times that were announced before, oldest first.</summary>
    public ImmutableArray<Rescheduling> Reschedulings { get; init; } = [];

    [JsonIgnore]
    public string Title => Removed is null ? Plan.Title : RemovedTitle;

    /// <summary>Still to come, or going on.</summary>
    [JsonIgnore]
    public bool IsOpen => Status != MaintenanceStatus.Completed && Cancelled is null && Removed is null;

    /// <summary>Going on now.</summary>
    [JsonIgnore]
    public bool IsActive => IsOpen && Status is MaintenanceStatus.InProgress or MaintenanceStatus.Verifying;

    /// <summary>When it ended, however; null while it is to come or goes on.</summary>
    [JsonIgnore]
    public DateTimeOffset? EndedAt => CompletedAt ?? Cancelled?.At ?? Removed?.At;

    /// <summary>Pure and total: no clock, no I/O, and an event it cannot place is a defect, never a shrug.</summary>
    public static Maintenance Fold(Maintenance? before, Event happened) =>
        Place(before, happened) with { Version = (before?.Version ?? 0) + 1 };

    private static Maintenance Place(Maintenance? before, Event happened) => (before, happened) switch
    {
        (null, MaintenanceScheduled e) => Scheduled(e),
        ({ } m, MaintenanceUpdated e) => m.Updated(e),
        ({ } m, MaintenanceRescheduled e) => m with
        {
            Plan = m.Plan with { ScheduledFor = e.ScheduledFor, ScheduledUntil = e.ScheduledUntil },
            Reschedulings = m.Reschedulings.Add(new(e.At, m.Plan.ScheduledFor, m.Plan.ScheduledUntil, e.By)),
            RemindedAt = null,
            UpdatedAt = e.At,
        },
        ({ } m, MaintenanceChanged e) => m with { Plan = e.Plan, UpdatedAt = e.At },
        ({ } m, MaintenanceMetadataSet e) => m with { Metadata = e.Metadata },
        ({ } m, MaintenanceCancelled e) => m with { Cancelled = new(e.At, e.Reason, e.By), UpdatedAt = e.At },
        ({ } m, MaintenanceReminded e) => m with { RemindedAt = e.At },
        ({ } m, MaintenanceUpdateEdited e) => m.Change(e.Seq, e.At, update => update.With(e)),
        ({ } m, MaintenanceUpdateRemoved e) => m.Change(e.Seq, e.At, update => update.With(new Tombstone(e.At, e.Reason, e.By))),
        ({ } m, MaintenanceRemoved e) => m.Remove(new(e.At, e.Reason, e.By)),
        _ => throw new UnreachableException(
            $"{happened.GetType().Name} cannot follow {before?.Status.ToString() ?? "nothing"}."),
    };

    private static Maintenance Scheduled(MaintenanceScheduled e) => new(e.Maintenance, e.Plan, e is { Backfilled: true, DisplayAt: { } then } ? then : e.At)
    {
        By = e.By,
        Series = e.Series,
        Backfilled = e.Backfilled,
        Metadata = e.Metadata,
        Origin = e.Origin,
        Updates =
        [
            new(1, e.At, MaintenanceStatus.Scheduled, KeepsStatus: false, e.Body, Automatic: e.By == Actor.Candor)
            {
                DisplayAt = e.DisplayAt ?? e.At,
                By = e.By,
                Quiet = e.Quiet,
            },
        ],
        UpdatedAt = e.At,
    };

    private Maintenance Updated(MaintenanceUpdated e)
    {
        if (e.Seq != Updates.Length + 1)
        {
            throw new UnreachableException($"Update {e.Seq} cannot follow update {Updates.Length} of maintenance {Id}.");
        }

        var status = e.Status ?? Status;
        var displayAt = e.DisplayAt ?? e.At;
        return this with
        {
            Status = status,
            UpdatedAt = e.At,
            Updates = Updates.Add(new(e.Seq, e.At, status, e.Status is null, e.Body, e.Automatic)
            {
                DisplayAt = displayAt,
                By = e.By,
                Quiet = e.Quiet,
            }),
            StartedAt = e.Status == MaintenanceStatus.InProgress ? StartedAt ?? displayAt : StartedAt,
            VerifyingAt = e.Status == MaintenanceStatus.Verifying ? VerifyingAt ?? displayAt : VerifyingAt,
            CompletedAt = status == MaintenanceStatus.Completed ? CompletedAt ?? displayAt : null,
        };
    }

    private Maintenance Change(int seq, DateTimeOffset at, Func<MaintenanceUpdate, MaintenanceUpdate> change)
    {
        if (seq < 1 || seq > Updates.Length)
        {
            throw new UnreachableException($"Maintenance {Id} has no update {seq}.");
        }

        return this with { Updates = Updates.SetItem(seq - 1, change(Updates[seq - 1])), UpdatedAt = at };
    }

    private Maintenance Remove(Tombstone removed) => this with
    {
        Removed = removed,
        FormerTitle = Plan.Title,
        Plan = Plan with { Title = RemovedTitle },
        Metadata = null,
        Updates = [.. Updates.Select(update => update.With(removed))],
        UpdatedAt = removed.At,
    };
}
