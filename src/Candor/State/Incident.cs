using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Serialization;

namespace Candor.State;

/// <summary>One thing said in an incident.</summary>
/// <param name="Status">The incident's status from here on.</param>
/// <param name="KeepsStatus">Readers see the word "Update" instead of the status.</param>
internal sealed record IncidentUpdate(
    int Seq, DateTimeOffset At, IncidentStatus Status, bool KeepsStatus, string Body, bool Automatic,
    ImmutableArray<ComponentImpact> Components)
{
    public DateTimeOffset DisplayAt { get; init; } = At;
}

/// <summary>A stretch of measured trouble; <see cref="Ended"/> is null while it lasts.</summary>
internal readonly record struct Downtime(DateTimeOffset Began, DateTimeOffset? Ended);

/// <summary>An incident as the facts have it.</summary>
internal sealed record Incident(IncidentId Id, string Title, DateTimeOffset CreatedAt, DateTimeOffset StartedAt)
{
    public bool Automatic { get; init; }

    public bool Published { get; init; }

    public IncidentStatus Status { get; init; }

    public Impact? ImpactOverride { get; init; }

    /// <summary>The first moment that readers were told "resolved"; null while open.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    public DateTimeOffset? MonitoringAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; } = CreatedAt;

    /// <summary>Times it was reopened after being resolved; the required good time doubles with each.</summary>
    public int Reopenings { get; init; }

    /// <summary>Oldest first.</summary>
    public ImmutableArray<IncidentUpdate> Updates { get; init; } = [];

    public ImmutableArray<Downtime> Downtimes { get; init; } = [];

    /// <summary>Monitors that are attributed to it.</summary>
    public ImmutableArray<MonitorId> Causes { get; init; } = [];

    /// <summary>Component statuses within the incident, in the order they were said.</summary>
    public ImmutableArray<ComponentImpact> Components { get; init; } = [];

    [JsonIgnore]
    public bool IsOpen => ResolvedAt is null;

    /// <summary>True once a person has said something: automation then only adds evidence.</summary>
    [JsonIgnore]
    public bool HumanLed => Updates.Any(update => !update.Automatic);

    /// <summary>Fails and recovers again and again; the page says so.</summary>
    [JsonIgnore]
    public bool IsUnstable => Reopenings > 0 || Downtimes.Length > 2;

    /// <summary>The worst that any component went through, unless overridden.</summary>
    [JsonIgnore]
    public Impact Impact => ImpactOverride ?? ImpactOf(Components);

    /// <summary>The affected components, in the order they were first named.</summary>
    [JsonIgnore]
    public IEnumerable<ComponentId> AffectedComponents => Components.Select(change => change.Component).Distinct();

    /// <summary>The intervals of one component within the incident, oldest first; the last one ends with the incident, or is open.</summary>
    public IReadOnlyList<Interval<ComponentStatus>> IntervalsOf(ComponentId component)
    {
        var changes = Components.Where(change => change.Component == component).ToList();
        var intervals = new List<Interval<ComponentStatus>>(changes.Count);
        for (var i = 0; i < changes.Count; i++)
        {
            var until = i + 1 < changes.Count ? changes[i + 1].At : ResolvedAt;
            // The closing "operational" at the very resolution says nothing that the end of the one before does not.
            if (i > 0 && changes[i].Status == ComponentStatus.Operational && until is { } end && end <= changes[i].At)
            {
                continue;
            }

            intervals.Add(new(changes[i].At, until, changes[i].Status));
        }

        return intervals;
    }

    /// <summary>Pure and total: no clock, no I/O, and an event it cannot place is a defect, never a shrug.</summary>
    public static Incident Fold(Incident? before, Event happened) => (before, happened) switch
    {
        (null, IncidentOpened e) => Opened(e),
        ({ } i, IncidentUpdated e) => i.Updated(e),
        ({ } i, IncidentPublished e) => i with { Published = true, UpdatedAt = e.At },
        ({ } i, DowntimeBegan e) => i with { Downtimes = i.Downtimes.Add(new(e.Began, null)) },
        ({ Downtimes: [.., { Ended: null } last] } i, DowntimeEnded e) =>
            i with { Downtimes = i.Downtimes.SetItem(i.Downtimes.Length - 1, last with { Ended = e.Ended }) },
        ({ } i, IncidentCauseJoined e) =>
            i with { Causes = i.Causes.Contains(e.Monitor) ? i.Causes : i.Causes.Add(e.Monitor) },
        ({ } i, IncidentCauseLeft e) => i with { Causes = i.Causes.Remove(e.Monitor) },
        _ => throw new UnreachableException(
            $"{happened.GetType().Name} cannot follow {before?.Status.ToString() ?? "nothing"}."),
    };

    private static Incident Opened(IncidentOpened e) => new(e.Incident, e.Title, e.At, e.StartedAt)
    {
        Automatic = e.Automatic,
        Published = e.Published,
        Status = e.Status,
        ImpactOverride = e.ImpactOverride,
        Causes = e.Causes,
        Components = e.Components,
        Updates = [new(1, e.At, e.Status, KeepsStatus: false, e.Body, e.Automatic, e.Components)],
        MonitoringAt = e.Status == IncidentStatus.Monitoring ? e.At : null,
        ResolvedAt = Closes(e.Status) ? e.At : null,
    };

    private Incident Updated(IncidentUpdated e)
    {
        if (e.Seq != Updates.Length + 1)
        {
            throw new UnreachableException($"Update {e.Seq} cannot follow update {Updates.Length} of incident {Id}.");
        }

        var status = e.Status ?? Status;
        var displayAt = e.DisplayAt ?? e.At;
        var reopened = ResolvedAt is not null && !Closes(status);
        return this with
        {
            Status = status,
            UpdatedAt = e.At,
            Updates = Updates.Add(
                new(e.Seq, e.At, status, e.Status is null, e.Body, e.Automatic, e.Components) { DisplayAt = displayAt }),
            Components = Components.AddRange(e.Components),
            MonitoringAt = e.Status == IncidentStatus.Monitoring ? displayAt : MonitoringAt,
            // Two editors may both press "resolve". The first moment is the one readers were told, so it stays.
            ResolvedAt = Closes(status) ? ResolvedAt ?? displayAt : null,
            Reopenings = reopened ? Reopenings + 1 : Reopenings,
        };
    }

    private static bool Closes(IncidentStatus status) => status is IncidentStatus.Resolved or IncidentStatus.Postmortem;

    private static Impact ImpactOf(ImmutableArray<ComponentImpact> components)
    {
        var worst = components.IsEmpty ? ComponentStatus.Operational : components.Max(change => change.Status);
        return worst switch
        {
            ComponentStatus.MajorOutage => Impact.Critical,
            ComponentStatus.PartialOutage => Impact.Major,
            ComponentStatus.DegradedPerformance => Impact.Minor,
            _ => Impact.None,
        };
    }
}
