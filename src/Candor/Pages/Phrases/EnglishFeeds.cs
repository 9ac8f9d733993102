namespace Candor.Pages.Phrases;

internal sealed class EnglishFeeds : FeedWords
{
    public override string History(string page) => $"{page} Status - Incident History";

    public override string IncidentsOf(string page) => $"Incidents of {page}";

    public override string Postmortem => "Postmortem";

    public override string DetectedAutomatically => " (detected automatically)";

    public override string CalendarOf(string page) => $"{page} status";

    public override string Incident => "Incident";

    public override string Maintenance => "Maintenance";

    public override string Status => "status";

    public override IReadOnlyDictionary<string, string>? Line => null;
}
