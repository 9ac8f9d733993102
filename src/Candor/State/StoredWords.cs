using System.Collections.Immutable;
using System.Globalization;
using Candor.State.Incidents;
using Candor.State.Maintenances;
using Candor.State.Postmortems;

namespace Candor.State;

/// <summary>
/// The few words that facts themselves bring along: what time makes of planned work, where words went, and what stands in
/// the holes of a text that was written ahead. The journal
/// keeps them as they were said, in the language that the page spoke then.
/// </summary>
internal abstract class StoredWords
{
    public static readonly StoredWords English = new EnglishStoredWords();

    private static readonly ImmutableDictionary<string, StoredWords> Others =
        ImmutableDictionary.Create<string, StoredWords>(StringComparer.Ordinal).Add("de", new GermanStoredWords());

    public static StoredWords Of(Page page) => page.Language is { } tag ? Others.GetValueOrDefault(tag, English) : English;

    /// <summary>Days ("D") and days with a time ("g"), as texts hold them.</summary>
    public abstract DateTimeFormatInfo Dates { get; }

    /// <summary>Within a sentence.</summary>
    public abstract string Of(IncidentStatus status);

    public abstract string Missed { get; }

    public abstract string Begun { get; }

    public abstract string Verifying { get; }

    public abstract string Complete { get; }

    /// <summary>The first draft of a postmortem.</summary>
    public abstract DraftWords Draft { get; }

    /// <summary>Why an occurrence does not take place.</summary>
    public abstract string SeriesChanged { get; }

    /// <summary>What stands where somebody sets a status and says nothing: in English, Statuspage's own sentence.</summary>
    /// <param name="goesOn">The status was this one already.</param>
    public abstract string Unsaid(IncidentStatus status, bool goesOn);

    /// <summary>The same for planned work.</summary>
    public abstract string Unsaid(MaintenanceStatus status);

    /// <summary>The last word of an incident that was merged into another one.</summary>
    public abstract string GoesOnIn(string title);

    private sealed class EnglishStoredWords : StoredWords
    {
        public override DateTimeFormatInfo Dates { get; } = DateTimeFormatInfo.ReadOnly(new()
        {
            LongDatePattern = "d MMMM yyyy", ShortDatePattern = "d MMM yyyy", ShortTimePattern = "HH:mm",
        });

        public override string Of(IncidentStatus status) => status.ToString().ToLowerInvariant();

        public override string Missed => "This was planned for a time at which Candor did not run. By plan it is over.";

        public override string Begun => "The planned maintenance has begun.";

        public override string Verifying => "The work is done by plan; its result is being watched.";

        public override string Complete => "The planned maintenance is complete.";

        public override DraftWords Draft => DraftWords.English;

        public override string SeriesChanged => "The series that it belonged to was changed.";

        public override string Unsaid(IncidentStatus status, bool goesOn) => (status, goesOn) switch
        {
            (IncidentStatus.Investigating, false) => "We are currently investigating this issue.",
            (IncidentStatus.Investigating, true) => "We are continuing to investigate this issue.",
            (IncidentStatus.Identified, false) => "The issue has been identified and a fix is being implemented.",
            (IncidentStatus.Identified, true) => "We are continuing to work on a fix for this issue.",
            (IncidentStatus.Monitoring, false) => "A fix has been implemented and we are monitoring the results.",
            (IncidentStatus.Monitoring, true) => "We are continuing to monitor for any further issues.",
            _ => "This incident has been resolved.",
        };

        public override string Unsaid(MaintenanceStatus status) => status switch
        {
            MaintenanceStatus.Scheduled => "We will be undergoing scheduled maintenance during this time.",
            MaintenanceStatus.InProgress => "Scheduled maintenance is currently in progress. We will provide updates as necessary.",
            MaintenanceStatus.Verifying => "Verification is currently underway for the maintenance items.",
            _ => "The scheduled maintenance has been completed.",
        };

        public override string GoesOnIn(string title) => $"This is part of “{title}” and goes on there.";
    }

    private sealed class GermanStoredWords : StoredWords
    {
        private static readonly string[] Months =
            ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember", ""];

        private static readonly string[] ShortMonths =
            ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez.", ""];

        public override DateTimeFormatInfo Dates { get; } = DateTimeFormatInfo.ReadOnly(new()
        {
            LongDatePattern = "d. MMMM yyyy",
            ShortDatePattern = "d. MMM yyyy",
            ShortTimePattern = "HH:mm",
            MonthNames = Months,
            MonthGenitiveNames = Months,
            AbbreviatedMonthNames = ShortMonths,
            AbbreviatedMonthGenitiveNames = ShortMonths,
        });

        public override string Of(IncidentStatus status) => status switch
        {
            IncidentStatus.Investigating => "wird untersucht",
            IncidentStatus.Identified => "Ursache gefunden",
            IncidentStatus.Monitoring => "wird beobachtet",
            IncidentStatus.Resolved => "behoben",
            _ => "Nachbetrachtung",
        };

        public override string Missed => "Diese Wartung war für eine Zeit geplant, in der Candor nicht lief. Laut Plan ist sie vorbei.";

        public override string Begun => "Die geplante Wartung hat begonnen.";

        public override string Verifying => "Laut Plan sind die Arbeiten abgeschlossen; ihr Ergebnis wird beobachtet.";

        public override string Complete => "Die geplante Wartung ist abgeschlossen.";

        public override DraftWords Draft => DraftWords.German;

        public override string SeriesChanged => "Die Reihe, zu der sie gehörte, wurde geändert.";

        public override string Unsaid(IncidentStatus status, bool goesOn) => (status, goesOn) switch
        {
            (IncidentStatus.Investigating, false) => "Wir untersuchen diese Störung.",
            (IncidentStatus.Investigating, true) => "Wir untersuchen diese Störung weiter.",
            (IncidentStatus.Identified, false) => "Die Ursache ist gefunden; wir arbeiten an der Behebung.",
            (IncidentStatus.Identified, true) => "Wir arbeiten weiter an der Behebung.",
            (IncidentStatus.Monitoring, false) => "Eine Korrektur ist umgesetzt; wir beobachten, wie sie wirkt.",
            (IncidentStatus.Monitoring, true) => "Wir beobachten weiter, ob noch etwas auftritt.",
            _ => "Diese Störung ist behoben.",
        };

        public override string Unsaid(MaintenanceStatus status) => status switch
        {
            MaintenanceStatus.Scheduled => "Für diese Zeit ist eine Wartung geplant.",
            MaintenanceStatus.InProgress => "Die geplante Wartung läuft. Bei Bedarf folgen weitere Meldungen.",
            MaintenanceStatus.Verifying => "Das Ergebnis der Wartung wird gerade geprüft.",
            _ => "Die geplante Wartung ist abgeschlossen.",
        };

        public override string GoesOnIn(string title) => $"Dies ist Teil von „{title}“ und wird dort fortgeführt.";
    }
}
