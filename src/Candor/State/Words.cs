using System.Text.Json.Serialization;
using Candor.State.Postmortems;

namespace Candor.State;

/// <summary>Public status of a component, in Statuspage's words. Ordered from well to worst, maintenance apart.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ComponentStatus>))]
internal enum ComponentStatus
{
    [JsonStringEnumMemberName("operational")]
    Operational,
    [JsonStringEnumMemberName("under_maintenance")]
    UnderMaintenance,
    [JsonStringEnumMemberName("degraded_performance")]
    DegradedPerformance,
    [JsonStringEnumMemberName("partial_outage")]
    PartialOutage,
    [JsonStringEnumMemberName("major_outage")]
    MajorOutage,
}

/// <summary>Status of an incident, in Statuspage's words.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IncidentStatus>))]
internal enum IncidentStatus
{
    [JsonStringEnumMemberName("investigating")]
    Investigating,
    [JsonStringEnumMemberName("identified")]
    Identified,
    [JsonStringEnumMemberName("monitoring")]
    Monitoring,
    [JsonStringEnumMemberName("resolved")]
    Resolved,
    [JsonStringEnumMemberName("postmortem")]
    Postmortem,
}

/// <summary>How bad an incident is for readers: computed from affected components unless overridden.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Impact>))]
internal enum Impact
{
    [JsonStringEnumMemberName("none")]
    None,
    [JsonStringEnumMemberName("minor")]
    Minor,
    [JsonStringEnumMemberName("major")]
    Major,
    [JsonStringEnumMemberName("critical")]
    Critical,
}

/// <summary>What the judge holds of a monitor. Unknown means that we cannot see; it is never evidence.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Verdict>))]
internal enum Verdict
{
    [JsonStringEnumMemberName("unknown")]
    Unknown,
    [JsonStringEnumMemberName("up")]
    Up,
    [JsonStringEnumMemberName("degraded")]
    Degraded,
    [JsonStringEnumMemberName("down")]
    Down,
}

/// <summary>Whether a place that probes can be believed: live, suspect (its targets turned bad together), or blind.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<VantageStatus>))]
internal enum VantageStatus
{
    [JsonStringEnumMemberName("live")]
    Live,
    [JsonStringEnumMemberName("suspect")]
    Suspect,
    [JsonStringEnumMemberName("blind")]
    Blind,
}

/// <summary>Whether enough members of a redundancy group work: all, just enough, or too few.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RedundancyStatus>))]
internal enum RedundancyStatus
{
    [JsonStringEnumMemberName("full")]
    Full,
    [JsonStringEnumMemberName("at_risk")]
    AtRisk,
    [JsonStringEnumMemberName("lost")]
    Lost,
}

/// <summary>What automation may do with an incident that it found: publish it, keep it for a person to confirm, or nothing.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AutomaticIncidents>))]
internal enum AutomaticIncidents
{
    [JsonStringEnumMemberName("publish")]
    Publish,
    [JsonStringEnumMemberName("confirm")]
    Confirm,
    [JsonStringEnumMemberName("off")]
    Off,
}

/// <summary>What automation would do in an incident that a person leads.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SuggestionKind>))]
internal enum SuggestionKind
{
    /// <summary>Say that it works again.</summary>
    [JsonStringEnumMemberName("monitoring")]
    Monitoring,

    /// <summary>Resolve it: everything measured has been well for long enough.</summary>
    [JsonStringEnumMemberName("resolve")]
    Resolve,

    /// <summary>Name a component that fails too.</summary>
    [JsonStringEnumMemberName("name_component")]
    NameComponent,
}

/// <summary>Status of planned work, in Statuspage's words.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MaintenanceStatus>))]
internal enum MaintenanceStatus
{
    [JsonStringEnumMemberName("scheduled")]
    Scheduled,
    [JsonStringEnumMemberName("in_progress")]
    InProgress,
    [JsonStringEnumMemberName("verifying")]
    Verifying,
    [JsonStringEnumMemberName("completed")]
    Completed,
}
