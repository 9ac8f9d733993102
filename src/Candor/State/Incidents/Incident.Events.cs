using System.Collections.Immutable;

namespace Candor.State.Incidents;

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
    public ImmutableArray<MonitorId> Causes { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Who wrote it; null for Candor, and in journals from before authors were kept.</summary>
    public Actor? By { get; init; }

    /// <summary>Nobody is notified of it: subscribers see it on the page and nowhere else.</summary>
    public bool Quiet { get; init; }

    /// <summary>Until when the author promised to say more.</summary>
    public DateTimeOffset? NextUpdateBy { get; init; }

    /// <summary>When the first words were meant for, where that differs from <see cref="Event.At"/>; else null.</summary>
    public DateTimeOffset? DisplayAt { get; init; }

    /// <summary>Entered after the fact: dated wholly in the past, and never a reason to notify anybody.</summary>
    public bool Backfilled { get; init; }

    /// <summary>Whatever other tools keep with it, as canonical JSON; readers never see it.</summary>
    public string? Metadata { get; init; }

    /// <summary>The key of what it was made from elsewhere ("statuspage:kctbh9vrtdwd"), so that it is made once; else null.</summary>
    public string? Origin { get; init; }

    /// <summary>Audiences, sorted. Not empty: nobody else reads of it, whatever it affects.</summary>
    public ImmutableArray<string> OnlyFor { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The incident it was split off from, or null.</summary>
    public IncidentId? SplitFrom { get; init; }

    /// <summary>Files that came with the first words.</summary>
    public ImmutableArray<AttachedFile> Files { get; init => field = value.IsDefault ? [] : value; } = [];
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

    /// <summary>Who said it; null for Candor, and in journals from before authors were kept.</summary>
    public Actor? By { get; init; }

    /// <summary>Nobody is notified of it.</summary>
    public bool Quiet { get; init; }

    /// <summary>Until when the author promised to say more; null: nothing is promised.</summary>
    public DateTimeOffset? NextUpdateBy { get; init; }

    /// <summary>Files that came with the words.</summary>
    public ImmutableArray<AttachedFile> Files { get; init => field = value.IsDefault ? [] : value; } = [];
}

/// <summary>A person let an automatic incident out to the readers.</summary>
internal sealed record IncidentPublished(DateTimeOffset At, IncidentId Incident) : Event(At)
{
    public Actor? By { get; init; }
}

/// <summary>A person leads from here on without having said anything yet; automation only adds evidence.</summary>
internal sealed record IncidentTakenOver(DateTimeOffset At, IncidentId Incident, Actor By) : Event(At);

/// <summary>A person gave it back: automation may tell and resolve again, until the next human word.</summary>
internal sealed record IncidentReleased(DateTimeOffset At, IncidentId Incident, Actor By) : Event(At);

/// <summary>The promise of a next word was made, moved or (null) withdrawn without saying anything else.</summary>
internal sealed record NextUpdatePromised(DateTimeOffset At, IncidentId Incident, DateTimeOffset? NextUpdateBy, Actor By) : Event(At);

/// <summary>The author was due to be reminded of a promise, a little before it would be broken.</summary>
internal sealed record NextUpdateReminded(DateTimeOffset At, IncidentId Incident, DateTimeOffset NextUpdateBy) : Event(At);

/// <summary>A promised moment passed without a word.</summary>
internal sealed record NextUpdateMissed(DateTimeOffset At, IncidentId Incident, DateTimeOffset NextUpdateBy) : Event(At);

/// <summary>Automation would do something, were it leading. People see it; readers do not.</summary>
/// <param name="Text">One sentence that says why.</param>
internal sealed record IncidentSuggested(DateTimeOffset At, IncidentId Incident, SuggestionKind Kind, string Text) : Event(At)
{
    /// <summary>The component it is about, or null: all of them.</summary>
    public ComponentId? Component { get; init; }
}

/// <summary>
/// Readings that came late show that it began before it says. People see it and may move the start; nothing else follows
/// from it.
/// </summary>
/// <param name="StartedAt">The first of the failures in a row that the late readings show.</param>
internal sealed record EarlierStartSuggested(
    DateTimeOffset At, IncidentId Incident, DateTimeOffset StartedAt, MonitorId Monitor, VantageId Vantage) : Event(At);

internal sealed record IncidentRenamed(DateTimeOffset At, IncidentId Incident, string Title, Actor By) : Event(At);

/// <summary>The impact was set by hand, or (null) left to the affected components again.</summary>
internal sealed record IncidentImpactSet(DateTimeOffset At, IncidentId Incident, Impact? Impact, Actor By) : Event(At);

/// <summary>The beginning was corrected; readers see what it was said to be before.</summary>
internal sealed record IncidentBackdated(DateTimeOffset At, IncidentId Incident, DateTimeOffset StartedAt, Actor By) : Event(At);

/// <summary>What other tools keep with it was replaced; canonical JSON, or null for nothing.</summary>
internal sealed record IncidentMetadataSet(DateTimeOffset At, IncidentId Incident, string? Metadata, Actor By) : Event(At);

/// <summary>What an update says was changed; the old words stay readable.</summary>
/// <param name="Typo">Only the spelling: nobody is notified again.</param>
internal sealed record UpdateEdited(
    DateTimeOffset At, IncidentId Incident, int Seq, string Body, bool Typo, Actor By) : Event(At)
{
    /// <summary>The new moment it is dated at, or null: as it was.</summary>
    public DateTimeOffset? DisplayAt { get; init; }
}

/// <summary>An update was a mistake: its words are gone from every page, and that they were there is not.</summary>
internal sealed record UpdateRemoved(DateTimeOffset At, IncidentId Incident, int Seq, string Reason, Actor By) : Event(At);

/// <summary>A whole incident was a mistake: its words are gone from every page, and that it was there is not.</summary>
internal sealed record IncidentRemoved(DateTimeOffset At, IncidentId Incident, string Reason, Actor By) : Event(At);

/// <summary>Two incidents were one. This one is over and points at the one that goes on, which takes its causes.</summary>
internal sealed record IncidentMerged(DateTimeOffset At, IncidentId Incident, IncidentId Into, Actor By) : Event(At);

/// <summary>Two incidents were told as one. What is named here went on in <paramref name="Into"/>, opened just before.</summary>
/// <param name="Seqs">Updates that moved; their places here say where to.</param>
internal sealed record IncidentSplit(
    DateTimeOffset At,
    IncidentId Incident,
    IncidentId Into,
    ImmutableArray<int> Seqs,
    ImmutableArray<ComponentId> Components,
    ImmutableArray<MonitorId> Causes,
    Actor By) : Event(At);

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
internal readonly record struct ComponentImpact(ComponentId Component, ComponentStatus Status, DateTimeOffset At)
{
    /// <summary>The region it is about, or null: all of them.</summary>
    public string? Region { get; init; }
}
