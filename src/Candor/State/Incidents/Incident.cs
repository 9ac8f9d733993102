using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Serialization;
using Candor.State.Postmortems;

namespace Candor.State.Incidents;

/// <summary>A stretch of measured trouble; <see cref="Ended"/> is null while it lasts.</summary>
internal readonly record struct Downtime(DateTimeOffset Began, DateTimeOffset? Ended);

/// <summary>Something automation would do, were it leading.</summary>
internal sealed record IncidentSuggestion(DateTimeOffset At, SuggestionKind Kind, string Text, ComponentId? Component);

/// <summary>When it began as readings show that came late, and from where.</summary>
internal sealed record EarlierStart(DateTimeOffset At, DateTimeOffset StartedAt, MonitorId Monitor, VantageId Vantage);

/// <summary>Which incident this one went on in, and since when.</summary>
internal sealed record Merging(DateTimeOffset At, IncidentId Into, Actor By);

/// <summary>A beginning that was said before it was corrected.</summary>
internal sealed record Backdating(DateTimeOffset At, DateTimeOffset Before, Actor By);

/// <summary>An incident as the facts have it.</summary>
internal sealed partial record Incident(IncidentId Id, string Title, DateTimeOffset CreatedAt, DateTimeOffset StartedAt)
{
    /// <summary>How many facts made it what it is. Whoever edits says which version they saw.</summary>
    public int Version { get; init; }

    public bool Automatic { get; init; }

    public bool Published { get; init; }

    /// <summary>Since when readers can see it; null while they cannot.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>Who opened it; null for Candor.</summary>
    public Actor? By { get; init; }

    public IncidentStatus Status { get; init; }

    public Impact? ImpactOverride { get; init; }

    /// <summary>The first moment that readers were told "resolved"; null while open.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    public DateTimeOffset? MonitoringAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; } = CreatedAt;

    /// <summary>Times it was reopened after being resolved; the required good time doubles with each.</summary>
    public int Reopenings { get; init; }

    /// <summary>A person has said something or taken over, and nobody has released it: automation only adds evidence.</summary>
    public bool HumanLed { get; init; }

    /// <summary>Entered after the fact; never a reason to notify anybody.</summary>
    public bool Backfilled { get; init; }

    /// <summary>Whatever other tools keep with it, as canonical JSON; readers never see it.</summary>
    public string? Metadata { get; init; }

    /// <summary>The key of what it was made from elsewhere, or null.</summary>
    public string? Origin { get; init; }

    /// <summary>Audiences, sorted. Not empty: nobody else reads of it, whatever it affects.</summary>
    public ImmutableArray<string> OnlyFor { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Oldest first.</summary>
    public ImmutableArray<IncidentUpdate> Updates { get; init; } = [];

    public ImmutableArray<Downtime> Downtimes { get; init; } = [];

    /// <summary>Monitors that are attributed to it.</summary>
    public ImmutableArray<MonitorId> Causes { get; init; } = [];

    /// <summary>Component statuses within the incident, in the order they were said.</summary>
    public ImmutableArray<ComponentImpact> Components { get; init; } = [];

    /// <summary>Promised next words, oldest first; at most the last one stands.</summary>
    public ImmutableArray<Promise> Promises { get; init; } = [];

    /// <summary>What automation would do, newest last; none are left after a human word.</summary>
    public ImmutableArray<IncidentSuggestion> Suggestions { get; init; } = [];

    /// <summary>An earlier beginning that late readings show; null where none do, and once a person has set the beginning.</summary>
    public EarlierStart? EarlierStart { get; init; }

    /// <summary>Beginnings that were corrected, oldest first.</summary>
    public ImmutableArray<Backdating> Backdatings { get; init; } = [];

    /// <summary>Set once it was taken away as a mistake: title and words are gone.</summary>
    public Tombstone? Removed { get; init; }

    /// <summary>What it was called when it was taken away, for whoever was told of it under that name; no page has it.</summary>
    public string? FormerTitle { get; init; }

    /// <summary>Set once it went on in another one.</summary>
    public Merging? Merged { get; init; }

    /// <summary>The incidents that went on in this one.</summary>
    public ImmutableArray<IncidentId> Absorbed { get; init; } = [];

    public IncidentId? SplitFrom { get; init; }

    /// <summary>When it stopped being open, however: resolved, merged or removed.</summary>
    [JsonIgnore]
    public DateTimeOffset? ClosedAt => ResolvedAt ?? Merged?.At ?? Removed?.At;

    [JsonIgnore]
    public bool IsOpen => ClosedAt is null;

    /// <summary>The promise that stands, or null.</summary>
    [JsonIgnore]
    public Promise? Promise => Promises is [.., { Stands: true } last] ? last : null;

    /// <summary>Fails and recovers again and again; the page says so.</summary>
    [JsonIgnore]
    public bool IsUnstable => Reopenings > 0 || Downtimes.Length > 2;

    /// <summary>The worst that any component went through, unless overridden.</summary>
    [JsonIgnore]
    public Impact Impact => ImpactOverride ?? ImpactOf(Components);

    /// <summary>The affected components, in the order they were first named.</summary>
    [JsonIgnore]
    public IEnumerable<ComponentId> AffectedComponents => Components.Select(change => change.Component).Distinct();

    /// <summary>Pure and total: no clock, no I/O, and an event it cannot place is a defect, never a shrug.</summary>
    public static Incident Fold(Incident? before, Event happened) =>
        Place(before, happened) with { Version = (before?.Version ?? 0) + 1 };

    private static Incident Place(Incident? before, Event happened) => (before, happened) switch
    {
        (null, IncidentOpened e) => Opened(e),
        ({ } i, IncidentUpdated e) => i.Updated(e),
        ({ } i, IncidentPublished e) => i with { Published = true, PublishedAt = i.PublishedAt ?? e.At, UpdatedAt = e.At },
        ({ } i, IncidentTakenOver) => i with { HumanLed = true },
        ({ } i, IncidentReleased) => i with { HumanLed = false, Suggestions = [] },
        ({ } i, NextUpdatePromised e) => i with { Promises = Promising(i.Promises, e.At, e.NextUpdateBy, byWord: false) },
        ({ Promise: { } promise } i, NextUpdateReminded) => i.With(promise with { Reminded = true }),
        ({ Promise: { } promise } i, NextUpdateMissed) => i.With(promise with { Missed = true }),
        ({ } i, IncidentSuggested e) => i with { Suggestions = i.Suggestions.Add(new(e.At, e.Kind, e.Text, e.Component)) },
        ({ } i, EarlierStartSuggested e) => i with { EarlierStart = new(e.At, e.StartedAt, e.Monitor, e.Vantage) },
        ({ } i, DowntimeBegan e) => i with { Downtimes = i.Downtimes.Add(new(e.Began, null)) },
        ({ Downtimes: [.., { Ended: null } last] } i, DowntimeEnded e) =>
            i with { Downtimes = i.Downtimes.SetItem(i.Downtimes.Length - 1, last with { Ended = e.Ended }) },
        ({ } i, IncidentCauseJoined e) =>
            i with { Causes = i.Causes.Contains(e.Monitor) ? i.Causes : i.Causes.Add(e.Monitor) },
        ({ } i, IncidentCauseLeft e) => i with { Causes = i.Causes.Remove(e.Monitor) },
        ({ } i, IncidentRenamed or IncidentImpactSet or IncidentBackdated or IncidentMetadataSet
            or UpdateEdited or UpdateRemoved or FileRemoved or IncidentRemoved) => i.Corrected(happened),
        ({ } i, IncidentMerged e) => i.Id == e.Into ? i.Absorb(e) : i.Merge(e),
        ({ } i, IncidentSplit e) => i.Split(e),
        _ => throw new UnreachableException(
            $"{happened.GetType().Name} cannot follow {before?.Status.ToString() ?? "nothing"}."),
    };

    private static Incident Opened(IncidentOpened e) => new(e.Incident, e.Title, WrittenFor(e), e.StartedAt)
    {
        Automatic = e.Automatic,
        Published = e.Published,
        PublishedAt = e.Published ? e.At : null,
        By = e.By,
        Status = e.Status,
        ImpactOverride = e.ImpactOverride,
        HumanLed = !e.Automatic,
        Backfilled = e.Backfilled,
        Metadata = e.Metadata,
        Origin = e.Origin,
        OnlyFor = e.OnlyFor,
        SplitFrom = e.SplitFrom,
        Causes = e.Causes,
        Components = e.Components,
        Updates =
        [
            new(1, e.At, e.Status, KeepsStatus: false, e.Body, e.Automatic, e.Components)
            {
                DisplayAt = e.DisplayAt ?? e.At,
                By = e.By,
                Quiet = e.Quiet,
                NextUpdateBy = e.NextUpdateBy,
                Files = e.Files,
            },
        ],
        Promises = Promising([], e.At, e.NextUpdateBy, byWord: true),
        MonitoringAt = e.Status == IncidentStatus.Monitoring ? e.DisplayAt ?? e.At : null,
        ResolvedAt = Closes(e.Status) ? e.DisplayAt ?? e.At : null,
        UpdatedAt = e.At,
    };

    /// <summary>An incident entered after the fact stands in the history where it was, not where it was typed.</summary>
    private static DateTimeOffset WrittenFor(IncidentOpened e) => e is { Backfilled: true, DisplayAt: { } at } ? at : e.At;

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
                new(e.Seq, e.At, status, e.Status is null, e.Body, e.Automatic, e.Components)
                {
                    DisplayAt = displayAt,
                    By = e.By,
                    Quiet = e.Quiet,
                    NextUpdateBy = e.NextUpdateBy,
                    Files = e.Files,
                }),
            Components = Components.AddRange(e.Components),
            HumanLed = HumanLed || !e.Automatic,
            // What automation says keeps nobody's promise, and what it would do is no longer worth suggesting.
            Promises = e.Automatic ? Promises : Promising(Promises, e.At, e.NextUpdateBy, byWord: true),
            Suggestions = [],
            MonitoringAt = e.Status == IncidentStatus.Monitoring ? displayAt : MonitoringAt,
            // Two editors may both press "resolve". The first moment is the one readers were told, so it stays.
            ResolvedAt = Closes(status) ? ResolvedAt ?? displayAt : null,
            Reopenings = reopened ? Reopenings + 1 : Reopenings,
        };
    }

    private Incident With(Promise promise) => this with { Promises = Promises.SetItem(Promises.Length - 1, promise) };

    private static ImmutableArray<Promise> Promising(
        ImmutableArray<Promise> before, DateTimeOffset at, DateTimeOffset? dueAt, bool byWord)
    {
        var after = before is [.., { Stands: true } last]
            ? before.SetItem(before.Length - 1, last with { SettledAt = at, Withdrawn = !byWord })
            : before;
        return dueAt is { } due ? after.Add(new(at, due)) : after;
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
