namespace Candor.Pages.Phrases;

internal sealed class GermanFeeds : FeedWords
{
    public override string History(string page) => $"Status von {page} – Störungsverlauf";

    public override string IncidentsOf(string page) => $"Störungen von {page}";

    public override string Postmortem => "Nachbetrachtung";

    public override string DetectedAutomatically => " (automatisch erkannt)";

    public override string CalendarOf(string page) => $"Status von {page}";

    public override string Incident => "Störung";

    public override string Maintenance => "Wartung";

    public override string Status => "Status";

    public override IReadOnlyDictionary<string, string>? Line { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["All Systems Operational"] = "Alles in Betrieb",
        ["Degraded System Service"] = "Beeinträchtigt",
        ["Major System Outage"] = "Ausfall",
        ["Minor Service Outage"] = "Teilausfall",
        ["Partial System Outage"] = "Teilausfall",
        ["Partially Degraded Service"] = "Teilweise beeinträchtigt",
        ["Service Under Maintenance"] = "In Wartung",
        ["Status Of # Of # Components Unknown"] = "Status von # der # Komponenten unbekannt",
        ["Status Unknown"] = "Status unbekannt",
    };
}
