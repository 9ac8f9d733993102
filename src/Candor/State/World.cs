using System.Collections.Immutable;
using System.Diagnostics;
using Candor.State.Incidents;
using Candor.State.Maintenances;
using Candor.State.Postmortems;

namespace Candor.State;

/// <summary>
/// What the facts add up to: everything public and operational, folded from the journal. Immutable, so a reader keeps
/// a version as long as it likes while the next one is made.
/// </summary>
internal sealed record World
{
    public static readonly World Empty = new();

    private const int AuditKept = 500;

    /// <summary>Requests that are over are looked for once in so many, so that remembering one costs little however many there are.</summary>
    private const int RequestsBetweenClearing = 64;

    public Page Page { get; init; } = Page.Unconfigured;

    public Policy Policy { get; init; } = Policy.Default;

    public Widget Widget { get; init; } = Widget.BuiltIn;

    public ImmutableDictionary<ComponentId, Component> Components { get; init; } =
        ImmutableDictionary<ComponentId, Component>.Empty;

    public ImmutableDictionary<MonitorId, Monitor> Monitors { get; init; } = ImmutableDictionary<MonitorId, Monitor>.Empty;

    public ImmutableDictionary<VantageId, Vantage> Vantages { get; init; } = ImmutableDictionary<VantageId, Vantage>.Empty;

    public ImmutableDictionary<IncidentId, Incident> Incidents { get; init; } =
        ImmutableDictionary<IncidentId, Incident>.Empty;

    /// <summary>Ids of the incidents that are not resolved, published or not, so that automation need not search them all.</summary>
    public ImmutableHashSet<IncidentId> OpenIncidents { get; init; } = [];

    public ImmutableDictionary<MaintenanceId, Maintenance> Maintenances { get; init; } =
        ImmutableDictionary<MaintenanceId, Maintenance>.Empty;

    /// <summary>Ids of the maintenances that are to come or go on, so that no tick need search them all.</summary>
    public ImmutableHashSet<MaintenanceId> OpenMaintenances { get; init; } = [];

    public ImmutableDictionary<SeriesId, MaintenanceSeries> Series { get; init; } =
        ImmutableDictionary<SeriesId, MaintenanceSeries>.Empty;

    public ImmutableDictionary<IncidentId, Postmortem> Postmortems { get; init; } =
        ImmutableDictionary<IncidentId, Postmortem>.Empty;

    public ImmutableDictionary<TemplateId, SavedTemplate> Templates { get; init; } =
        ImmutableDictionary<TemplateId, SavedTemplate>.Empty;

    /// <summary>Numbers that other tools measure. Their values are kept beside the facts.</summary>
    public ImmutableDictionary<MetricId, Metric> Metrics { get; init; } = ImmutableDictionary<MetricId, Metric>.Empty;

    public ImmutableDictionary<SubscriberId, Subscriber> Subscribers { get; init; } =
        ImmutableDictionary<SubscriberId, Subscriber>.Empty;

    /// <summary>Ids of those who are told and reminded, so that no tick need search all subscribers.</summary>
    public ImmutableHashSet<SubscriberId> OnDuty { get; init; } = [];

    /// <summary>Ids of those who are told in digests.</summary>
    public ImmutableHashSet<SubscriberId> OnDigest { get; init; } = [];

    /// <summary>The last whiles that were closed, oldest first.</summary>
    public ImmutableArray<Digest> Digests { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>What responders were reminded of last, by what it is about.</summary>
    public ImmutableDictionary<Topic, Reminder> Reminders { get; init; } = ImmutableDictionary<Topic, Reminder>.Empty;

    /// <summary>Who has been told what of which topic, by each channel.</summary>
    public ImmutableDictionary<Topic, ImmutableArray<ToldBy>> Told { get; init; } =
        ImmutableDictionary<Topic, ImmutableArray<ToldBy>>.Empty;

    /// <summary>The newest privileged acts, oldest first; all of them are in the journal.</summary>
    public ImmutableArray<AuditRecorded> Audit { get; init; } = [];

    /// <summary>The names of components that were removed: what is told about them goes on to name them.</summary>
    public ImmutableDictionary<ComponentId, string> FormerNames { get; init; } = ImmutableDictionary<ComponentId, string>.Empty;

    /// <summary>Other pages whose past was brought in.</summary>
    public ImmutableDictionary<ImportId, BroughtIn> Imports { get; init; } = ImmutableDictionary<ImportId, BroughtIn>.Empty;

    /// <summary>Components of other pages that only the history names.</summary>
    public ImmutableDictionary<ComponentId, string> HistoricNames { get; init; } = ImmutableDictionary<ComponentId, string>.Empty;

    /// <summary>Whom removed components were for, where that was not everybody: what is told about them stays theirs.</summary>
    public ImmutableDictionary<ComponentId, ImmutableArray<string>> FormerlyOnlyFor { get; init; } =
        ImmutableDictionary<ComponentId, ImmutableArray<string>>.Empty;

    /// <summary>What was asked with a key in the last day, by the hash of it; some older ones may still be there.</summary>
    public ImmutableDictionary<string, AnsweredRequest> Requests { get; init; } = ImmutableDictionary<string, AnsweredRequest>.Empty;

    /// <summary>Facts of kinds that this build does not know, by kind and count: kept, and said.</summary>
    public ImmutableDictionary<string, int> Unread { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>The newest instant that any fact claims.</summary>
    public DateTimeOffset LatestAt { get; init; } = DateTimeOffset.MinValue;

    /// <summary>Pure and total: no clock, no I/O, no logging; an event it cannot place is a defect and throws.</summary>
    public static World Fold(World before, Event happened)
    {
        var after = Apply(before, happened);
        return happened.At > after.LatestAt ? after with { LatestAt = happened.At } : after;
    }

    /// <summary>The children of a component (or the roots), in the owner's order.</summary>
    public IEnumerable<Component> ChildrenOf(ComponentId? parent) => Components.Values
        .Where(component => component.Definition.Parent == parent)
        .OrderBy(component => component.Definition.Order)
        .ThenBy(component => component.Id.Value, StringComparer.Ordinal);

    /// <summary>The status of a component with everything below it: the worst of its own and its parts'.</summary>
    public ComponentState StateOf(Component component)
    {
        ComponentState? worst = WatchesItself(component) || !ChildrenOf(component.Id).Any() ? component.State : null;
        foreach (var child in ChildrenOf(component.Id))
        {
            var state = StateOf(child);
            worst = worst is { } w ? ComponentState.Worse(w, state) : state;
        }

        return worst!.Value;
    }

    private static bool WatchesItself(Component component) =>
        component.Definition is { Monitors.IsEmpty: false } or { Redundancy: not null } || component.History.Count > 0;

    private static World Apply(World w, Event happened) => happened switch
    {
        MonitorJudged e => w with { Monitors = Known(w.Monitors, e.Monitor, m => m.With(e)) },
        ComponentStateChanged e => w with { Components = Known(w.Components, e.Component, c => c.With(e)) },
        VantageChanged e => w with { Vantages = w.Vantages.SetItem(e.Vantage, new(e.Vantage, e.Status, e.Since, e.Reason)) },
        IncidentOpened e => w.With(e.Incident, e),
        IncidentUpdated e => w.With(e.Incident, e),
        IncidentPublished e => w.With(e.Incident, e),
        DowntimeBegan e => w.With(e.Incident, e),
        DowntimeEnded e => w.With(e.Incident, e),
        IncidentCauseJoined e => w.With(e.Incident, e),
        IncidentCauseLeft e => w.With(e.Incident, e),
        IncidentTakenOver e => w.With(e.Incident, e),
        IncidentReleased e => w.With(e.Incident, e),
        NextUpdatePromised e => w.With(e.Incident, e),
        NextUpdateReminded e => w.With(e.Incident, e),
        NextUpdateMissed e => w.With(e.Incident, e),
        IncidentSuggested e => w.With(e.Incident, e),
        EarlierStartSuggested e => w.With(e.Incident, e),
        IncidentRenamed e => w.With(e.Incident, e),
        IncidentImpactSet e => w.With(e.Incident, e),
        IncidentBackdated e => w.With(e.Incident, e),
        IncidentMetadataSet e => w.With(e.Incident, e),
        UpdateEdited e => w.With(e.Incident, e),
        UpdateRemoved e => w.With(e.Incident, e),
        FileRemoved e => w.With(e.Incident, e),
        IncidentRemoved e => w.With(e.Incident, e),
        IncidentMerged e => w.Merge(e),
        IncidentSplit e => w.With(e.Incident, e),
        ComponentPinned e => w with { Components = Known(w.Components, e.Component, c => c.With(e)) },
        ComponentUnpinned e => w with { Components = Known(w.Components, e.Component, c => c with { Pin = null, UpdatedAt = e.At }) },
        MaintenanceScheduled e => w.With(Maintenance.Fold(w.Maintenances.GetValueOrDefault(e.Maintenance), e)).Made(e),
        MaintenanceUpdated e => w.With(e.Maintenance, e),
        MaintenanceRescheduled e => w.With(e.Maintenance, e),
        MaintenanceChanged e => w.With(e.Maintenance, e),
        MaintenanceMetadataSet e => w.With(e.Maintenance, e),
        MaintenanceCancelled e => w.With(e.Maintenance, e),
        MaintenanceReminded e => w.With(e.Maintenance, e),
        MaintenanceUpdateEdited e => w.With(e.Maintenance, e),
        MaintenanceUpdateRemoved e => w.With(e.Maintenance, e),
        MaintenanceRemoved e => w.With(e.Maintenance, e),
        SeriesSet e => w with { Series = w.Series.SetItem(e.Series, MaintenanceSeries.Of(e)) },
        SeriesEnded e => w with { Series = Known(w.Series, e.Series, series => series with { EndedAt = e.At }) },
        PostmortemDrafted e => w.WithPostmortem(e.Incident, e),
        PostmortemPublished e => w.WithPostmortem(e.Incident, e),
        PostmortemReverted e => w.WithPostmortem(e.Incident, e),
        PostmortemRemoved e => w.WithPostmortem(e.Incident, e),
        ActionItemSet e => w.WithPostmortem(e.Incident, e),
        ActionItemDone e => w.WithPostmortem(e.Incident, e),
        ActionItemDropped e => w.WithPostmortem(e.Incident, e),
        TemplateSaved e => w with { Templates = w.Templates.SetItem(e.Template, e.Saved) },
        TemplateRemoved e => w with { Templates = w.Templates.Remove(e.Template) },
        MetricDefined e => w with { Metrics = w.Metrics.SetItem(e.Metric.Id, Metric.Fold(w.Metrics.GetValueOrDefault(e.Metric.Id), e)) },
        MetricRemoved e => w with { Metrics = w.Metrics.Remove(e.Metric) },
        AuditRecorded e => w with
        {
            Audit = w.Audit.Length < AuditKept ? w.Audit.Add(e) : w.Audit.RemoveAt(0).Add(e),
        },
        SubscriberJoined e => w.With(e.Subscriber, e),
        SubscriberAsked e => w.With(e.Subscriber, e),
        SubscriberConfirmed e => w.With(e.Subscriber, e),
        SubscriberWishesChanged e => w.With(e.Subscriber, e),
        SubscriberLeft e => w.With(e.Subscriber, e),
        SubscriberStopped e => w.With(e.Subscriber, e),
        SubscriberErased e => w.With(e.Subscriber, e),
        DigestClosed e => w with
        {
            Digests = [.. w.Digests.TakeLast(DigestClock.Kept - 1), new(w.Digests is [.., var last] ? last.Number + 1 : 1, e.Every, e.From, e.Until)],
        },
        ReminderRaised e => w with { Reminders = w.Reminders.SetItem(e.About, Reminder.Fold(w.Reminders.GetValueOrDefault(e.About), e)) },
        ReminderAcknowledged e => w with { Reminders = w.Reminders.SetItem(e.About, Reminder.Fold(w.Reminders.GetValueOrDefault(e.About), e)) },
        NoticesHandedOver e => w with { Told = e.Batch.Aggregate(w.Told, (told, one) => Telling(told, e.Channel, one)) },
        HistoryImported e => w with
        {
            Imports = w.Imports.SetItem(e.Import, new(e.Import, e.Source, e.Page, e.At)),
            HistoricNames = w.HistoricNames.SetItems(e.Names.Select(one => KeyValuePair.Create(one.Component, one.Name))),
        },
        HistoryWithdrawn e => w with
        {
            Incidents = w.Incidents.RemoveRange(e.Incidents),
            OpenIncidents = w.OpenIncidents.Except(e.Incidents),
            Postmortems = w.Postmortems.RemoveRange(e.Incidents),
            Maintenances = w.Maintenances.RemoveRange(e.Maintenances),
            OpenMaintenances = w.OpenMaintenances.Except(e.Maintenances),
        },
        RequestAnswered e => w with { Requests = Remembering(w.Requests, e) },
        PageConfigured e => w with { Page = e.Page },
        PolicyConfigured e => w with { Policy = e.Policy },
        WidgetConfigured e => w with { Widget = e.Widget },
        ComponentAdded e => w with { Components = w.Components.Add(e.Component.Id, new(e.Component, e.At, e.At)) },
        ComponentChanged e => w with
        {
            Components = Known(w.Components, e.Component.Id, c => c with { Definition = e.Component, UpdatedAt = e.At }),
        },
        ComponentRemoved e => w with
        {
            Components = w.Components.Remove(e.Component),
            FormerNames = w.Components.TryGetValue(e.Component, out var gone)
                ? w.FormerNames.SetItem(e.Component, gone.Definition.Name)
                : w.FormerNames,
            FormerlyOnlyFor = gone is { Definition.OnlyFor: { IsEmpty: false } readers }
                ? w.FormerlyOnlyFor.SetItem(e.Component, readers)
                : w.FormerlyOnlyFor.Remove(e.Component),
        },
        MonitorAdded e => w with { Monitors = w.Monitors.Add(e.Monitor.Id, new(e.Monitor, e.At)) },
        MonitorChanged e => w with { Monitors = Known(w.Monitors, e.Monitor.Id, m => m with { Definition = e.Monitor }) },
        MonitorRemoved e => w with { Monitors = w.Monitors.Remove(e.Monitor) },
        ClockJumped => w,
        UnreadEvent e => w with { Unread = w.Unread.SetItem(e.Kind, w.Unread.GetValueOrDefault(e.Kind) + 1) },
        _ => throw new UnreachableException($"No fold for {happened.GetType().Name}."),
    };

    private World With(IncidentId id, Event happened) => With(Incident.Fold(Incidents.GetValueOrDefault(id), happened));

    /// <summary>Two incidents learn of a merge: the one that is over, and the one that goes on.</summary>
    private World Merge(IncidentMerged e)
    {
        if (!Incidents.TryGetValue(e.Into, out var into) || !Incidents.TryGetValue(e.Incident, out var merged) || into.Id == merged.Id)
        {
            throw new UnreachableException($"Incident {e.Incident} cannot be merged into {e.Into}.");
        }

        return With(Incident.Fold(into.Taking(merged), e)).With(Incident.Fold(merged, e));
    }

    private World With(MaintenanceId id, Event happened) =>
        With(Maintenance.Fold(Maintenances.GetValueOrDefault(id), happened));

    private World With(Maintenance maintenance) => this with
    {
        Maintenances = Maintenances.SetItem(maintenance.Id, maintenance),
        OpenMaintenances = maintenance.IsOpen ? OpenMaintenances.Add(maintenance.Id) : OpenMaintenances.Remove(maintenance.Id),
    };

    /// <summary>Numbers are given in the order of joining; nobody is ever taken out, so the next one is one more than all.</summary>
    private World With(SubscriberId id, Event happened)
    {
        var before = Subscribers.GetValueOrDefault(id);
        var after = Subscriber.Fold(before, happened, Subscribers.Count + 1);
        if (before is not null && before.Wishes.Digest != after.Wishes.Digest)
        {
            after = after with { Formerly = DigestClock.Formerly(this, before, after.Wishes.Digest, happened.At) };
        }

        return this with
        {
            Subscribers = Subscribers.SetItem(id, after),
            OnDigest = after.IsOnDigest ? OnDigest.Add(id) : OnDigest.Remove(id),
            OnDuty = after.IsOnDuty ? OnDuty.Add(id) : OnDuty.Remove(id),
        };
    }

    private static ImmutableDictionary<Topic, ImmutableArray<ToldBy>> Telling(
        ImmutableDictionary<Topic, ImmutableArray<ToldBy>> before, string channel, HandedOver e)
    {
        var all = before.GetValueOrDefault(e.Topic, []);
        var told = all.FirstOrDefault(one => one.Channel == channel);
        return before.SetItem(e.Topic, told is null ? all.Add(new ToldBy(channel).With(e)) : all.Replace(told, told.With(e)));
    }

    private World Made(MaintenanceScheduled e) => e.Series is { } id && Series.TryGetValue(id, out var series)
        ? this with { Series = Series.SetItem(id, series.Made(e.Plan.ScheduledFor)) }
        : this;

    private World WithPostmortem(IncidentId id, Event happened) => this with
    {
        Postmortems = Postmortems.SetItem(id, Postmortem.Fold(Postmortems.GetValueOrDefault(id), happened)),
    };

    private static ImmutableDictionary<string, AnsweredRequest> Remembering(
        ImmutableDictionary<string, AnsweredRequest> before, RequestAnswered e)
    {
        var kept = before.Count % RequestsBetweenClearing == RequestsBetweenClearing - 1
            ? before.RemoveRange(before.Where(one => e.At - one.Value.At >= RequestDecisions.KeptFor).Select(one => one.Key))
            : before;
        return kept.SetItem(e.Key, new(e.At, e.Asked, e.Target));
    }

    private World With(Incident incident) => this with
    {
        Incidents = Incidents.SetItem(incident.Id, incident),
        OpenIncidents = incident.IsOpen ? OpenIncidents.Add(incident.Id) : OpenIncidents.Remove(incident.Id),
    };

    private static ImmutableDictionary<TId, T> Known<TId, T>(
        ImmutableDictionary<TId, T> all, TId id, Func<T, T> change)
        where TId : struct =>
        all.TryGetValue(id, out var found)
            ? all.SetItem(id, change(found))
            : throw new UnreachableException($"{typeof(T).Name} {id} is not there to be changed.");
}
