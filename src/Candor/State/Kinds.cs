using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Candor.State.Incidents;
using Candor.State.Maintenances;
using Candor.State.Postmortems;

namespace Candor.State;

/// <summary>Every kind of fact with its stored name. The names are on disk for ever: add, never rename or reuse.</summary>
internal static class Kinds
{
    private static readonly FrozenDictionary<string, JsonTypeInfo> ByName = new Dictionary<string, JsonTypeInfo>
    {
        ["page.configured"] = JournalJson.Default.PageConfigured,
        ["policy.configured"] = JournalJson.Default.PolicyConfigured,
        ["component.added"] = JournalJson.Default.ComponentAdded,
        ["component.changed"] = JournalJson.Default.ComponentChanged,
        ["component.removed"] = JournalJson.Default.ComponentRemoved,
        ["component.state_changed"] = JournalJson.Default.ComponentStateChanged,
        ["monitor.added"] = JournalJson.Default.MonitorAdded,
        ["monitor.changed"] = JournalJson.Default.MonitorChanged,
        ["monitor.removed"] = JournalJson.Default.MonitorRemoved,
        ["monitor.judged"] = JournalJson.Default.MonitorJudged,
        ["vantage.changed"] = JournalJson.Default.VantageChanged,
        ["clock.jumped"] = JournalJson.Default.ClockJumped,
        ["incident.opened"] = JournalJson.Default.IncidentOpened,
        ["incident.updated"] = JournalJson.Default.IncidentUpdated,
        ["incident.published"] = JournalJson.Default.IncidentPublished,
        ["incident.downtime_began"] = JournalJson.Default.DowntimeBegan,
        ["incident.downtime_ended"] = JournalJson.Default.DowntimeEnded,
        ["incident.cause_joined"] = JournalJson.Default.IncidentCauseJoined,
        ["incident.cause_left"] = JournalJson.Default.IncidentCauseLeft,
        ["incident.taken_over"] = JournalJson.Default.IncidentTakenOver,
        ["incident.released"] = JournalJson.Default.IncidentReleased,
        ["incident.next_update_promised"] = JournalJson.Default.NextUpdatePromised,
        ["incident.next_update_reminded"] = JournalJson.Default.NextUpdateReminded,
        ["incident.next_update_missed"] = JournalJson.Default.NextUpdateMissed,
        ["incident.suggested"] = JournalJson.Default.IncidentSuggested,
        ["incident.renamed"] = JournalJson.Default.IncidentRenamed,
        ["incident.impact_set"] = JournalJson.Default.IncidentImpactSet,
        ["incident.backdated"] = JournalJson.Default.IncidentBackdated,
        ["incident.metadata_set"] = JournalJson.Default.IncidentMetadataSet,
        ["incident.update_edited"] = JournalJson.Default.UpdateEdited,
        ["incident.update_removed"] = JournalJson.Default.UpdateRemoved,
        ["incident.removed"] = JournalJson.Default.IncidentRemoved,
        ["incident.merged"] = JournalJson.Default.IncidentMerged,
        ["incident.split"] = JournalJson.Default.IncidentSplit,
        ["component.pinned"] = JournalJson.Default.ComponentPinned,
        ["component.unpinned"] = JournalJson.Default.ComponentUnpinned,
        ["maintenance.scheduled"] = JournalJson.Default.MaintenanceScheduled,
        ["maintenance.updated"] = JournalJson.Default.MaintenanceUpdated,
        ["maintenance.rescheduled"] = JournalJson.Default.MaintenanceRescheduled,
        ["maintenance.changed"] = JournalJson.Default.MaintenanceChanged,
        ["maintenance.metadata_set"] = JournalJson.Default.MaintenanceMetadataSet,
        ["maintenance.cancelled"] = JournalJson.Default.MaintenanceCancelled,
        ["maintenance.reminded"] = JournalJson.Default.MaintenanceReminded,
        ["maintenance.update_edited"] = JournalJson.Default.MaintenanceUpdateEdited,
        ["maintenance.update_removed"] = JournalJson.Default.MaintenanceUpdateRemoved,
        ["maintenance.removed"] = JournalJson.Default.MaintenanceRemoved,
        ["series.set"] = JournalJson.Default.SeriesSet,
        ["series.ended"] = JournalJson.Default.SeriesEnded,
        ["postmortem.drafted"] = JournalJson.Default.PostmortemDrafted,
        ["postmortem.published"] = JournalJson.Default.PostmortemPublished,
        ["postmortem.reverted"] = JournalJson.Default.PostmortemReverted,
        ["postmortem.removed"] = JournalJson.Default.PostmortemRemoved,
        ["action.set"] = JournalJson.Default.ActionItemSet,
        ["action.done"] = JournalJson.Default.ActionItemDone,
        ["action.dropped"] = JournalJson.Default.ActionItemDropped,
        ["template.saved"] = JournalJson.Default.TemplateSaved,
        ["template.removed"] = JournalJson.Default.TemplateRemoved,
        ["subscriber.joined"] = JournalJson.Default.SubscriberJoined,
        ["subscriber.asked"] = JournalJson.Default.SubscriberAsked,
        ["subscriber.confirmed"] = JournalJson.Default.SubscriberConfirmed,
        ["subscriber.wishes_changed"] = JournalJson.Default.SubscriberWishesChanged,
        ["subscriber.left"] = JournalJson.Default.SubscriberLeft,
        ["subscriber.stopped"] = JournalJson.Default.SubscriberStopped,
        ["subscriber.erased"] = JournalJson.Default.SubscriberErased,
        ["digest.closed"] = JournalJson.Default.DigestClosed,
        ["reminder.raised"] = JournalJson.Default.ReminderRaised,
        ["reminder.acknowledged"] = JournalJson.Default.ReminderAcknowledged,
        ["notices.handed_over"] = JournalJson.Default.NoticesHandedOver,
        ["audit.recorded"] = JournalJson.Default.AuditRecorded,
        ["history.imported"] = JournalJson.Default.HistoryImported,
        ["history.withdrawn"] = JournalJson.Default.HistoryWithdrawn,
        ["metric.defined"] = JournalJson.Default.MetricDefined,
        ["metric.removed"] = JournalJson.Default.MetricRemoved,
        ["request.answered"] = JournalJson.Default.RequestAnswered,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<Type, string> ByType =
        ByName.ToFrozenDictionary(pair => pair.Value.Type, pair => pair.Key);

    public static IEnumerable<string> Names => ByName.Keys;

    /// <summary>The stored name of a fact. Throws for one that was read from a newer build: it is already stored.</summary>
    public static string NameOf(Event happened) => ByType[happened.GetType()];

    public static byte[] Encode(Event happened) =>
        JsonSerializer.SerializeToUtf8Bytes(happened, ByName[ByType[happened.GetType()]]);

    /// <summary>Reads a stored fact; one of an unknown kind comes back as <see cref="UnreadEvent"/>.</summary>
    public static Event Decode(string kind, ReadOnlySpan<byte> body, DateTimeOffset occurredAt) =>
        ByName.TryGetValue(kind, out var type)
            ? (Event?)JsonSerializer.Deserialize(body, type) ?? throw new JsonException($"{kind} holds null.")
            : new UnreadEvent(occurredAt, kind);
}
