using Candor.State.Incidents;

namespace Candor.State.Postmortems;

/// <summary>
/// What the first draft of a postmortem says around what the journal knows. Whoever writes the postmortem may change every
/// word of it, and what is left is published.
/// </summary>
internal abstract class DraftWords
{
    public static readonly DraftWords English = new EnglishDraft();

    public static readonly DraftWords German = new GermanDraft();

    public abstract string Summary { get; }

    public abstract string Impact { get; }

    public abstract string WhoWasAffected { get; }

    public abstract string Timeline { get; }

    public abstract string Figures { get; }

    public abstract string RootCause { get; }

    public abstract string WentWell { get; }

    public abstract string WentBadly { get; }

    public abstract string WeWillDo { get; }

    /// <summary>"It began on 21 November 2026 at 09:01 UTC, and lasted 2h 0m."</summary>
    public abstract string Began(string day, string clock, string? lasted);

    public abstract string Affected(string names);

    /// <summary>"major outage from 09:01 UTC to 11:01 UTC, 2h 0m"</summary>
    public abstract string Stretch(string state, string from, string? until, string lasted);

    /// <summary>"Mail in eu"</summary>
    public abstract string InRegion(string name, string region);

    public abstract string PromiseMissed { get; }

    public abstract string TroubleBegan { get; }

    public abstract string StopsWorking { get; }

    public abstract string WorksAgain { get; }

    public abstract string ToDetect { get; }

    public abstract string ToFirstWord { get; }

    public abstract string ToResolve { get; }

    public abstract string MeasuredDowntime(string lasted, int stretches);

    public abstract string NothingSaid(string from, string until, string lasted);

    /// <summary>An update that leaves the status as it is.</summary>
    public abstract string Update { get; }

    public abstract string Automatic { get; }

    public abstract string Of(IncidentStatus status);

    /// <summary>Within a sentence.</summary>
    public abstract string Of(ComponentStatus status);

    public abstract string Lasting(TimeSpan time);

    private sealed class EnglishDraft : DraftWords
    {
        public override string Summary => "Summary";

        public override string Impact => "Impact";

        public override string WhoWasAffected => "Who was affected";

        public override string Timeline => "Timeline";

        public override string Figures => "Figures";

        public override string RootCause => "Root cause";

        public override string WentWell => "What went well";

        public override string WentBadly => "What went badly";

        public override string WeWillDo => "What we will do";

        public override string Began(string day, string clock, string? lasted) =>
            $"It began on {day} at {clock}{(lasted is null ? "" : $", and lasted {lasted}")}.";

        public override string Affected(string names) => $"It affected {names}.";

        public override string Stretch(string state, string from, string? until, string lasted) =>
            $"{state} from {from} {(until is null ? "and goes on" : $"to {until}")}, {lasted}";

        public override string InRegion(string name, string region) => $"{name} in {region}";

        public override string PromiseMissed => "A promised update did not come.";

        public override string TroubleBegan => "The trouble began.";

        public override string StopsWorking => "Measured: it stops working.";

        public override string WorksAgain => "Measured: it works again.";

        public override string ToDetect => "Time to detect";

        public override string ToFirstWord => "Time to the first public word";

        public override string ToResolve => "Time to resolve";

        public override string MeasuredDowntime(string lasted, int stretches) =>
            $"Measured downtime: {lasted} in {stretches} {(stretches == 1 ? "stretch" : "stretches")}";

        public override string NothingSaid(string from, string until, string lasted) => $"Nothing was said from {from} to {until}, {lasted}";

        public override string Update => "Update";

        public override string Automatic => " (automatic)";

        public override string Of(IncidentStatus status) => status.ToString();

        public override string Of(ComponentStatus status) => status switch
        {
            ComponentStatus.MajorOutage => "major outage",
            ComponentStatus.PartialOutage => "partial outage",
            ComponentStatus.DegradedPerformance => "degraded performance",
            ComponentStatus.UnderMaintenance => "under maintenance",
            _ => "operational",
        };

        public override string Lasting(TimeSpan time) => time switch
        {
            { TotalSeconds: < 60 } => $"{Math.Max(0, (int)time.TotalSeconds)} s",
            { TotalMinutes: < 60 } => $"{(int)time.TotalMinutes} min",
            { TotalHours: < 24 } => $"{(int)time.TotalHours}h {time.Minutes}m",
            _ => $"{(int)time.TotalDays}d {time.Hours}h",
        };
    }

    private sealed class GermanDraft : DraftWords
    {
        public override string Summary => "Zusammenfassung";

        public override string Impact => "Auswirkung";

        public override string WhoWasAffected => "Wer betroffen war";

        public override string Timeline => "Zeitlicher Ablauf";

        public override string Figures => "Zahlen";

        public override string RootCause => "Ursache";

        public override string WentWell => "Was gut lief";

        public override string WentBadly => "Was schlecht lief";

        public override string WeWillDo => "Was wir tun werden";

        public override string Began(string day, string clock, string? lasted) =>
            $"Beginn: {day}, {clock}.{(lasted is null ? "" : $" Dauer: {Closed(lasted)}")}";

        public override string Affected(string names) => $"Betroffen: {names}.";

        public override string Stretch(string state, string from, string? until, string lasted) =>
            $"{state} {(until is null ? $"seit {from}, dauert an" : $"von {from} bis {until}")}, {lasted}";

        public override string InRegion(string name, string region) => $"{name} in {region}";

        public override string PromiseMissed => "Eine zugesagte Meldung blieb aus.";

        public override string TroubleBegan => "Die Störung begann.";

        public override string StopsWorking => "Gemessen: Ausfall.";

        public override string WorksAgain => "Gemessen: wieder in Betrieb.";

        public override string ToDetect => "Zeit bis zur Erkennung";

        public override string ToFirstWord => "Zeit bis zur ersten öffentlichen Meldung";

        public override string ToResolve => "Zeit bis zur Behebung";

        public override string MeasuredDowntime(string lasted, int stretches) =>
            $"Gemessene Ausfallzeit: {lasted} in {stretches} {(stretches == 1 ? "Abschnitt" : "Abschnitten")}";

        public override string NothingSaid(string from, string until, string lasted) => $"Keine Meldung von {from} bis {until}, {lasted}";

        public override string Update => "Zwischenstand";

        public override string Automatic => " (automatisch)";

        public override string Of(IncidentStatus status) => status switch
        {
            IncidentStatus.Investigating => "Wird untersucht",
            IncidentStatus.Identified => "Ursache gefunden",
            IncidentStatus.Monitoring => "Wird beobachtet",
            IncidentStatus.Resolved => "Behoben",
            _ => "Nachbetrachtung",
        };

        public override string Of(ComponentStatus status) => status switch
        {
            ComponentStatus.MajorOutage => "Ausfall",
            ComponentStatus.PartialOutage => "Teilausfall",
            ComponentStatus.DegradedPerformance => "beeinträchtigt",
            ComponentStatus.UnderMaintenance => "in Wartung",
            _ => "in Betrieb",
        };

        public override string Lasting(TimeSpan time) => time switch
        {
            { TotalSeconds: < 60 } => $"{Math.Max(0, (int)time.TotalSeconds)} Sek.",
            { TotalMinutes: < 60 } => $"{(int)time.TotalMinutes} Min.",
            { TotalHours: < 24 } => $"{(int)time.TotalHours} Std.{(time.Minutes == 0 ? "" : $" {time.Minutes} Min.")}",
            _ => $"{(int)time.TotalDays} {((int)time.TotalDays == 1 ? "Tag" : "Tage")}{(time.Hours == 0 ? "" : $" {time.Hours} Std.")}",
        };

        /// <summary>A duration ends with the point of an abbreviation.</summary>
        private static string Closed(string sentence) => sentence.EndsWith('.') ? sentence : sentence + ".";
    }
}
