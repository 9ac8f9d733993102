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
        ["critical"] = "Kritische Störung",
        ["maintenance"] = "In Wartung",
        ["major"] = "Erhebliche Störung",
        ["minor"] = "Eingeschränkter Betrieb",
        ["none"] = "Alles in Betrieb",
    };
}
