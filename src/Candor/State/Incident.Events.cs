using System.Collections.Immutable;

namespace Candor.State;

/// <summary>An incident began. It carries the first update (seq 1), status "investigating" unless said otherwise.</summary>
/// <param name="StartedAt">When readers' trouble began, as far as is known; may lie before <paramref name="At"/>.</param>
/// <param name="Automatic">Detected and written by Candor; labelled so on the page.</param>
/// <param name="Published">False: waits for a person to confirm it, and no reader sees it.</param>
/// <param name="Body">Markdown of the first update.</param>
internal sealed record IncidentOpened(
    DateTimeOffset At,
    IncidentId Incident,
    string Title,
    DateTimeOffset StartedAt,
    bool Automatic,
    bool Published,
    string Body,
    ImmutableArray<ComponentImpact> Components) : Event(At)
{
    public IncidentStatus Status { get; init; } = IncidentStatus.Investigating;

    public Impact? ImpactOverride { get; init; }

    /// <summary>The monitors whose failure opened it; empty for one that a person wrote.</summary>
    public ImmutableArray<MonitorId> Causes { get; init; } = [];
}

/// <summary>Somebody, or Candor, said something. <paramref name="Seq"/> is dense from 1 within the incident.</summary>
/// <param name="Status">The new status, or null: an update that keeps it.</param>
/// <param name="Components">Components whose status changes with this update.</param>
internal sealed record IncidentUpdated(
    DateTimeOffset At,
    IncidentId Incident,
    int Seq,
    IncidentStatus? Status,
    string Body,
    bool Automatic,
    ImmutableArray<ComponentImpact> Components) : Event(At)
{
    /// <summary>When the words were meant for, where that differs from <see cref="Event.At"/> (back-dated); else null.</summary>
    public DateTimeOffset? DisplayAt { get; init; }
}

/// <summary>A person let an automatic incident out to the readers.</summary>
internal sealed record IncidentPublished(DateTimeOffset At, IncidentId Incident) : Event(At);

/// <summary>Measured trouble within an incident began; one incident may hold several.</summary>
internal sealed record DowntimeBegan(DateTimeOffset At, IncidentId Incident, DateTimeOffset Began) : Event(At);

/// <summary>Measured trouble within an incident ended.</summary>
internal sealed record DowntimeEnded(DateTimeOffset At, IncidentId Incident, DateTimeOffset Ended) : Event(At);

/// <summary>A monitor's failure was attributed to an incident that was open already: one incident for one cause.</summary>
/// <param name="Parent">The failing parent that explains it, or null where it shares the component.</param>
internal sealed record IncidentCauseJoined(
    DateTimeOffset At, IncidentId Incident, MonitorId Monitor, MonitorId? Parent, string Reason) : Event(At);

/// <summary>A monitor left an incident: still bad although the parent is well, or removed from the settings.</summary>
internal sealed record IncidentCauseLeft(DateTimeOffset At, IncidentId Incident, MonitorId Monitor) : Event(At);

/// <summary>A component within an incident has this status from <paramref name="At"/> on.</summary>
internal readonly record struct ComponentImpact(ComponentId Component, ComponentStatus Status, DateTimeOffset At);
