using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Languages;

internal sealed class GermanNames : StateNames
{
    /// <summary>Names that begin with a noun; everything else is small within a sentence.</summary>
    private static readonly string[] Nouns = ["Teilausfall", "Ausfall", "Ursache gefunden", "Nachbetrachtung", "Zwischenstand"];

    public override string Unknown => "Unbekannt";

    public override string Update => "Zwischenstand";

    public override string Removed => "Entfernt";

    public override string Merged => "Zusammengeführt";

    public override string CalledOff => "Abgesagt";

    public override string Of(ComponentStatus status) => status switch
    {
        ComponentStatus.Operational => "In Betrieb",
        ComponentStatus.UnderMaintenance => "In Wartung",
        ComponentStatus.DegradedPerformance => "Beeinträchtigt",
        ComponentStatus.PartialOutage => "Teilausfall",
        _ => "Ausfall",
    };

    public override string Of(IncidentStatus status) => status switch
    {
        IncidentStatus.Investigating => "Wird untersucht",
        IncidentStatus.Identified => "Ursache gefunden",
        IncidentStatus.Monitoring => "Wird beobachtet",
        IncidentStatus.Resolved => "Behoben",
        _ => "Nachbetrachtung",
    };

    public override string Of(MaintenanceStatus status) => status switch
    {
        MaintenanceStatus.Scheduled => "Geplant",
        MaintenanceStatus.InProgress => "Läuft",
        MaintenanceStatus.Verifying => "Wird geprüft",
        _ => "Abgeschlossen",
    };

    public override string Of(Impact impact) => impact switch
    {
        Impact.None => "ohne Auswirkung",
        Impact.Minor => "gering",
        Impact.Major => "erheblich",
        _ => "kritisch",
    };

    public override string Of(StillAnswers layers) => layers switch
    {
        StillAnswers.Cache => "der Cache antwortet noch, der Ursprungsserver nicht",
        StillAnswers.Reading => "Lesen geht noch, Schreiben nicht",
        _ => "Abrufe werden noch beantwortet, vielleicht aus einem Cache; was geschrieben wird, kommt nicht zurück",
    };

    public override string Within(string name) =>
        name.Length == 0 || Nouns.Contains(name, StringComparer.Ordinal) ? name : char.ToLowerInvariant(name[0]) + name[1..];
}
