using System.Collections.Immutable;
using System.Globalization;
using Candor.State.Incidents;

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

    /// <summary>Why an occurrence does not take place.</summary>
    public abstract string SeriesChanged { get; }

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

        public override string SeriesChanged => "The series that it belonged to was changed.";

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

        public override string Missed => "Dies war für eine Zeit geplant, in der Candor nicht lief. Nach Plan ist es vorbei.";

        public override string Begun => "Die geplante Wartung hat begonnen.";

        public override string Verifying => "Die Arbeiten sind nach Plan erledigt; ihr Ergebnis wird beobachtet.";

        public override string Complete => "Die geplante Wartung ist abgeschlossen.";

        public override string SeriesChanged => "Die Reihe, zu der sie gehörte, wurde geändert.";

        public override string GoesOnIn(string title) => $"Dies ist Teil von „{title}“ und wird dort fortgeführt.";
    }
}
