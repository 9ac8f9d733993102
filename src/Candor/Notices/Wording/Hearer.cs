using Candor.Pages.Wording;
using Candor.State;

namespace Candor.Notices.Wording;

/// <summary>Whom something is said to, and when: what the words depend on apart from the facts.</summary>
/// <param name="Clock">Their zone and language, or the page's where they named none.</param>
internal sealed record Hearer(PageClock Clock, DateTimeOffset Now)
{
    public NoticeSpeech Speech => NoticeSpeech.Of(Clock.Language);

    public string? ManageUrl { get; init; }

    public string? UnsubscribeUrl { get; init; }

    /// <summary>How often responders are reminded.</summary>
    public ReminderPolicy Reminding { get; init; } = ReminderPolicy.Default;
}
