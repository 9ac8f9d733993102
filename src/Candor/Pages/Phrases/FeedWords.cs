namespace Candor.Pages.Phrases;

/// <summary>Feeds, the calendar, the badge and the line on other sites.</summary>
internal abstract class FeedWords : Spoken
{
    public abstract string History(string page);

    public abstract string IncidentsOf(string page);

    public abstract string Postmortem { get; }

    /// <summary>Behind the status.</summary>
    public abstract string DetectedAutomatically { get; }

    public abstract string CalendarOf(string page);

    public abstract string Incident { get; }

    public abstract string Maintenance { get; }

    /// <summary>On the left of the badge of everything.</summary>
    public abstract string Status { get; }

    /// <summary>
    /// What the line on other sites says where no incident has a title, by what the API says, with # for each number; null:
    /// what the API says, which is English. Not by its indicators: "minor" is a part that is out, and is not being able to see.
    /// </summary>
    public abstract IReadOnlyDictionary<string, string>? Line { get; }
}
