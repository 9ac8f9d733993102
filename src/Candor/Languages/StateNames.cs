using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Languages;

/// <summary>The word for each state, as readers see it: by itself, and within a sentence.</summary>
internal abstract class StateNames
{
    public abstract string Unknown { get; }

    /// <summary>An update that keeps the status.</summary>
    public abstract string Update { get; }

    public abstract string Removed { get; }

    public abstract string Merged { get; }

    public abstract string CalledOff { get; }

    public abstract string Of(ComponentStatus status);

    public abstract string Of(IncidentStatus status);

    public abstract string Of(MaintenanceStatus status);

    /// <summary>By itself or within a sentence, without a noun that it would have to agree with.</summary>
    public abstract string Of(Impact impact);

    /// <summary>A phrase within a sentence: "the cache still answers, the origin does not".</summary>
    public abstract string Of(StillAnswers layers);

    /// <summary>A name of this class as it stands within a sentence: "major outage". Nouns keep their capitals where a language has it so.</summary>
    public abstract string Within(string name);

    public string Of(ComponentState state) => state.Known ? Of(state.Status) : Unknown;

    public string Of(Maintenance maintenance) => maintenance switch
    {
        { Removed: not null } => Removed,
        { Cancelled: not null } => CalledOff,
        _ => Of(maintenance.Status),
    };

    public string Of(MaintenanceUpdate update) => update.KeepsStatus ? Update : Of(update.Status);

    /// <summary>What a list says of an incident: how it stands, or what became of it.</summary>
    public string Of(Incident incident) => incident switch
    {
        { Removed: not null } => Removed,
        { Merged: not null } => Merged,
        _ => Of(incident.Status),
    };

    public string Of(IncidentUpdate update) => update.KeepsStatus ? Update : Of(update.Status);

    public string Within(ComponentState state) => Within(Of(state));

    public string Within(ComponentStatus status) => Within(Of(status));

    public string Within(IncidentStatus status) => Within(Of(status));

    public string Within(MaintenanceStatus status) => Within(Of(status));
}
