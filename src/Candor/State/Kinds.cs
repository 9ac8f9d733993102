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
    private static readonly FrozenDictionary<string, Type> ByName = new Dictionary<string, Type>
    {
        ["page.configured"] = typeof(PageConfigured),
        ["policy.configured"] = typeof(PolicyConfigured),
        ["component.added"] = typeof(ComponentAdded),
        ["component.changed"] = typeof(ComponentChanged),
        ["component.removed"] = typeof(ComponentRemoved),
        ["component.state_changed"] = typeof(ComponentStateChanged),
        ["monitor.added"] = typeof(MonitorAdded),
        ["monitor.changed"] = typeof(MonitorChanged),
        ["monitor.removed"] = typeof(MonitorRemoved),
        ["monitor.judged"] = typeof(MonitorJudged),
        ["vantage.changed"] = typeof(VantageChanged),
        ["clock.jumped"] = typeof(ClockJumped),
        ["incident.opened"] = typeof(IncidentOpened),
        ["incident.updated"] = typeof(IncidentUpdated),
        ["incident.published"] = typeof(IncidentPublished),
        ["incident.downtime_began"] = typeof(DowntimeBegan),
        ["incident.downtime_ended"] = typeof(DowntimeEnded),
        ["incident.cause_joined"] = typeof(IncidentCauseJoined),
        ["incident.cause_left"] = typeof(IncidentCauseLeft),
        ["incident.taken_over"] = typeof(IncidentTakenOver),
        ["incident.released"] = typeof(IncidentReleased),
        ["incident.next_update_promised"] = typeof(NextUpdatePromised),
        ["incident.next_update_reminded"] = typeof(NextUpdateReminded),
        ["incident.next_update_missed"] = typeof(NextUpdateMissed),
        ["incident.suggested"] = typeof(IncidentSuggested),
        ["incident.earlier_start_suggested"] = typeof(EarlierStartSuggested),
        ["incident.renamed"] = typeof(IncidentRenamed),
        ["incident.impact_set"] = typeof(IncidentImpactSet),
        ["incident.backdated"] = typeof(IncidentBackdated),
        ["incident.metadata_set"] = typeof(IncidentMetadataSet),
        ["incident.update_edited"] = typeof(UpdateEdited),
        ["incident.update_removed"] = typeof(UpdateRemoved),
        ["incident.file_removed"] = typeof(FileRemoved),
        ["incident.removed"] = typeof(IncidentRemoved),
        ["incident.merged"] = typeof(IncidentMerged),
        ["incident.split"] = typeof(IncidentSplit),
        ["component.pinned"] = typeof(ComponentPinned),
        ["component.unpinned"] = typeof(ComponentUnpinned),
        ["maintenance.scheduled"] = typeof(MaintenanceScheduled),
        ["maintenance.updated"] = typeof(MaintenanceUpdated),
        ["maintenance.rescheduled"] = typeof(MaintenanceRescheduled),
        ["maintenance.changed"] = typeof(MaintenanceChanged),
        ["maintenance.metadata_set"] = typeof(MaintenanceMetadataSet),
        ["maintenance.cancelled"] = typeof(MaintenanceCancelled),
        ["maintenance.reminded"] = typeof(MaintenanceReminded),
        ["maintenance.update_edited"] = typeof(MaintenanceUpdateEdited),
        ["maintenance.update_removed"] = typeof(MaintenanceUpdateRemoved),
        ["maintenance.removed"] = typeof(MaintenanceRemoved),
        ["series.set"] = typeof(SeriesSet),
        ["series.ended"] = typeof(SeriesEnded),
        ["postmortem.drafted"] = typeof(PostmortemDrafted),
        ["postmortem.published"] = typeof(PostmortemPublished),
        ["postmortem.reverted"] = typeof(PostmortemReverted),
        ["postmortem.removed"] = typeof(PostmortemRemoved),
        ["action.set"] = typeof(ActionItemSet),
        ["action.done"] = typeof(ActionItemDone),
        ["action.dropped"] = typeof(ActionItemDropped),
        ["widget.configured"] = typeof(WidgetConfigured),
        ["template.saved"] = typeof(TemplateSaved),
        ["template.removed"] = typeof(TemplateRemoved),
        ["subscriber.joined"] = typeof(SubscriberJoined),
        ["subscriber.asked"] = typeof(SubscriberAsked),
        ["subscriber.confirmed"] = typeof(SubscriberConfirmed),
        ["subscriber.wishes_changed"] = typeof(SubscriberWishesChanged),
        ["subscriber.left"] = typeof(SubscriberLeft),
        ["subscriber.stopped"] = typeof(SubscriberStopped),
        ["subscriber.erased"] = typeof(SubscriberErased),
        ["digest.closed"] = typeof(DigestClosed),
        ["reminder.raised"] = typeof(ReminderRaised),
        ["reminder.acknowledged"] = typeof(ReminderAcknowledged),
        ["notices.handed_over"] = typeof(NoticesHandedOver),
        ["audit.recorded"] = typeof(AuditRecorded),
        ["history.imported"] = typeof(HistoryImported),
        ["history.withdrawn"] = typeof(HistoryWithdrawn),
        ["metric.defined"] = typeof(MetricDefined),
        ["metric.removed"] = typeof(MetricRemoved),
        ["request.answered"] = typeof(RequestAnswered),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<Type, string> ByType =
        ByName.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    public static IEnumerable<string> Names => ByName.Keys;

    /// <summary>The stored name of a fact. Throws for one that was read from a newer build: it is already stored.</summary>
    public static string NameOf(Event happened) => ByType[happened.GetType()];

    public static byte[] Encode(Event happened) =>
        JsonSerializer.SerializeToUtf8Bytes(happened, FormOf(happened.GetType()));

    /// <summary>Reads a stored fact; one of an unknown kind comes back as <see cref="UnreadEvent"/>.</summary>
    public static Event Decode(string kind, ReadOnlySpan<byte> body, DateTimeOffset occurredAt) =>
        ByName.TryGetValue(kind, out var type)
            ? (Event?)JsonSerializer.Deserialize(body, FormOf(type)) ?? throw new JsonException($"{kind} holds null.")
            : new UnreadEvent(occurredAt, kind);

    /// <summary>Made when the first fact of a kind is met: the forms of all kinds together are half a second of a start.</summary>
    private static JsonTypeInfo FormOf(Type type) => JournalJson.Default.Options.GetTypeInfo(type);
}
