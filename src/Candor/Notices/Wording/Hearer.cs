using Candor.Pages.Wording;
using Candor.State;

namespace Candor.Notices.Wording;

/// <summary>Whom something is said to, and when: what the words depend on apart from the facts.</summary>
/// <param name="Clock">Their zone and language, or the page's where they named none.</param>
internal sealed record Hearer(PageClock Clock, DateTimeOffset Now)
{
    public NoticeSpeech Speech => NoticeSpeech.Of(Clock.Language);

    /// <summary>The page's zone, in which everybody else reads the same moments.</summary>
    public TimeZoneInfo PageZone { get; init; } = Clock.Zone;

    /// <summary>Whether the time alone says when that is: it is today to them, and the same day where the page is.</summary>
    public bool IsToday(DateTimeOffset at) =>
        Clock.DateOf(at) == Clock.DateOf(Now) && Clock.DateOf(at) == DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, PageZone).DateTime);

    /// <summary>"09:54 UTC", or with its date and year where that could be mistaken.</summary>
    public string Short(DateTimeOffset at) => IsToday(at) ? Clock.TimeAndZone(at) : Clock.Exact(at);

    /// <summary>How often responders are reminded.</summary>
    public ReminderPolicy Reminding { get; init; } = ReminderPolicy.Default;
}
