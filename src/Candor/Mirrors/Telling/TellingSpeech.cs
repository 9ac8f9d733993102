using Candor.Languages;
using Candor.State;

namespace Candor.Mirrors.Telling;

/// <summary>What a mirror says to whom it tells, around the words of people: in its mails, and behind the link to leave by.</summary>
internal abstract class TellingSpeech(Language language)
{
    private static readonly TellingSpeech English = new EnglishTellingSpeech();

    private static readonly TellingSpeech German = new GermanTellingSpeech();

    public Language Language { get; } = language;

    public static TellingSpeech Of(Language language) => language.In(English, German);

    /// <summary>"Investigating, March 1, 2026, 09:00 UTC": the zone is the one that nobody has to look up.</summary>
    public string Said(IncidentStatus status, DateTimeOffset at) =>
        $"{Language.Names.Of(status)}, {Language.Dates.Day(DateOnly.FromDateTime(at.UtcDateTime))}, {Language.Dates.Time(at.ToUniversalTime(), twelveHours: false)} UTC";

    public abstract string ReadOn { get; }

    public abstract string Why { get; }

    public abstract string Unsubscribe { get; }

    public abstract string LeaveTitle { get; }

    public abstract string LeaveAsks { get; }

    public abstract string LeaveButton { get; }

    public abstract string LeftTitle { get; }

    public abstract string LeftNext { get; }

    public abstract string NowhereTitle { get; }

    /// <summary>Before the link to where the page itself may know it.</summary>
    public abstract string Nowhere { get; }

    public abstract string ThePage { get; }

    public abstract string NotNotedTitle { get; }

    public abstract string NotNotedNext { get; }

    /// <summary>Where the page is, and where the mail comes from.</summary>
    /// <param name="url">Its own address, or null.</param>
    public abstract string FromElsewhere(string page, string? url);
}
