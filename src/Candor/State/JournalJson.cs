using System.Text.Json.Serialization;

namespace Candor.State;

/// <summary>The storage format of facts and snapshots: snake_case, enums as strings, ids as bare strings. For ever.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(PageConfigured))]
[JsonSerializable(typeof(PolicyConfigured))]
[JsonSerializable(typeof(ComponentAdded))]
[JsonSerializable(typeof(ComponentChanged))]
[JsonSerializable(typeof(ComponentRemoved))]
[JsonSerializable(typeof(ComponentStateChanged))]
[JsonSerializable(typeof(MonitorAdded))]
[JsonSerializable(typeof(MonitorChanged))]
[JsonSerializable(typeof(MonitorRemoved))]
[JsonSerializable(typeof(MonitorJudged))]
[JsonSerializable(typeof(VantageChanged))]
[JsonSerializable(typeof(ClockJumped))]
[JsonSerializable(typeof(IncidentOpened))]
[JsonSerializable(typeof(IncidentUpdated))]
[JsonSerializable(typeof(IncidentPublished))]
[JsonSerializable(typeof(DowntimeBegan))]
[JsonSerializable(typeof(DowntimeEnded))]
[JsonSerializable(typeof(IncidentCauseJoined))]
[JsonSerializable(typeof(IncidentCauseLeft))]
[JsonSerializable(typeof(IncidentTakenOver))]
[JsonSerializable(typeof(IncidentReleased))]
[JsonSerializable(typeof(NextUpdatePromised))]
[JsonSerializable(typeof(NextUpdateReminded))]
[JsonSerializable(typeof(NextUpdateMissed))]
[JsonSerializable(typeof(IncidentSuggested))]
[JsonSerializable(typeof(IncidentRenamed))]
[JsonSerializable(typeof(IncidentImpactSet))]
[JsonSerializable(typeof(IncidentBackdated))]
[JsonSerializable(typeof(IncidentMetadataSet))]
[JsonSerializable(typeof(UpdateEdited))]
[JsonSerializable(typeof(UpdateRemoved))]
[JsonSerializable(typeof(IncidentRemoved))]
[JsonSerializable(typeof(IncidentMerged))]
[JsonSerializable(typeof(IncidentSplit))]
[JsonSerializable(typeof(ComponentPinned))]
[JsonSerializable(typeof(ComponentUnpinned))]
[JsonSerializable(typeof(Change<ComponentState>[]))]
[JsonSerializable(typeof(Change<Verdict>[]))]
[JsonSerializable(typeof(World))]
internal sealed partial class JournalJson : JsonSerializerContext;
