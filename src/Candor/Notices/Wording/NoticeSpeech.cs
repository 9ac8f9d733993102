using Candor.Languages;
using Candor.Notices.Channels;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Notices.Wording;

/// <summary>
/// What notices say around the words of people, a class for each language. What people wrote, and what automation wrote when
/// it was so, stays as it was written.
/// </summary>
internal abstract class NoticeSpeech(Language language)
{
    private static readonly NoticeSpeech English = new EnglishSpeech();

    private static readonly NoticeSpeech German = new GermanSpeech();

    /// <summary>How old something is of which nobody needs to be told the age.</summary>
    protected static readonly TimeSpan JustNow = TimeSpan.FromMinutes(1);

    public Language Language { get; } = language;

    public static NoticeSpeech Of(Language language) => language.In(English, German);

    /// <summary>By the tag that goes along with a message.</summary>
    public static NoticeSpeech Of(Message message) => Of(Language.Of(message.Language));

    /// <summary>"in_progress" as people read it: "In progress".</summary>
    public string Status(string status) =>
        StatusWords.IncidentOf(status) is { } incident ? Language.Names.Of(incident)
        : StatusWords.MaintenanceOf(status) is { } planned ? Language.Names.Of(planned)
        : status == StatusWords.Removed ? Language.Names.Removed
        : StatusWords.ForPeople(status);

    public string StatusWithin(string status) => Language.Names.Within(Status(status));

    // In the heading of a notice, behind the status; one that begins with a point follows without a space.

    /// <param name="lasted">Null where it was called off before it began.</param>
    public abstract string Over(DateTimeOffset ended, DateTimeOffset began, TimeSpan? lasted, Hearer hearer);

    public abstract string OverSome(DateTimeOffset began, Hearer hearer);

    public abstract string GoesOn(DateTimeOffset began, Hearer hearer);

    /// <summary>The same of the incident in which this one goes on.</summary>
    public abstract string GoesOnThere(DateTimeOffset began, Hearer hearer);

    /// <summary>Planned work that is being done.</summary>
    /// <param name="until">When it is to end, or was to.</param>
    public abstract string WorkGoesOn(DateTimeOffset began, DateTimeOffset until, Hearer hearer);

    /// <summary>Behind the status in one line: ", planned until 11:54 UTC".</summary>
    public abstract string PlannedUntil(DateTimeOffset until, Hearer hearer);

    public abstract string PlannedFor(DateTimeOffset from, DateTimeOffset? until, Hearer hearer);

    /// <summary>"Affected: Homepage (major outage) and Login."</summary>
    public abstract string Affected(IReadOnlyList<string> names);

    public abstract string NextBy(DateTimeOffset by, Hearer hearer);

    /// <summary>When it was said, how much later it arrives, and why.</summary>
    public abstract string Late(DateTimeOffset said, TimeSpan delay, string? reason, Hearer hearer);

    /// <summary>Why a notice comes late, in words that hurt nobody and hide nothing.</summary>
    /// <param name="reason">A word from the set of <see cref="Handover.Reason"/>, or null.</param>
    public abstract string DelayReason(string? reason);

    /// <summary>How late, where there is room for no more: " (late by 17 min)".</summary>
    public abstract string LateBy(int minutes);

    /// <summary>Behind the time and the status of an update that nobody typed.</summary>
    public abstract string Automatic { get; }

    public abstract string Earlier { get; }

    public abstract string MoreOnPage(int count);

    public abstract string WasRemoved(string title, string reason);

    /// <summary>Of one that goes on in another of which nobody may know.</summary>
    public abstract string IncidentMerged { get; }

    /// <summary>"continues in: Homepage is down", behind a title.</summary>
    public abstract string ContinuesIn(string title);

    public abstract string CalledOff(string reason);

    /// <summary>What stands for a title that only some may know.</summary>
    public abstract string NotPublic { get; }

    /// <summary>An incident that they were told of and that is for some readers only by now, as a title.</summary>
    public abstract string NoLongerPublic { get; }

    public abstract string WorkNoLongerPublic { get; }

    // The end of a notice, and what links are called.

    public abstract string Manage { get; }

    public abstract string Unsubscribe { get; }

    public abstract string Read { get; }

    public abstract string Confirm { get; }

    public abstract string Acknowledge { get; }

    public abstract string SeeSubscription { get; }

    public abstract string StatusPage { get; }

    /// <summary>What the incident on the page is called where a link to it stands alone.</summary>
    public abstract string IncidentOnPage { get; }

    /// <summary>What the link that goes along with a message is called.</summary>
    public string LinkOf(MessageSubject about) => about switch
    {
        MessageSubject.Confirmation => Confirm,
        MessageSubject.Reminder => Acknowledge,
        MessageSubject.Link => SeeSubscription,
        _ => Read,
    };

    // Messages that are about no incident: the subject without the page's name, and two sentences or paragraphs.

    public abstract PlainWords Test(string page);

    public abstract PlainWords Confirmation(string page);

    public abstract PlainWords Subscription(string page);

    /// <summary>Nothing is due any more.</summary>
    public abstract PlainWords InHand(string title);

    /// <param name="due">Until when it was promised.</param>
    public abstract PlainWords Promise(string title, DateTimeOffset due, Hearer hearer);

    public abstract PlainWords Silence(string title, DateTimeOffset since, Hearer hearer);

    /// <summary>Planned work is about to begin, or should have.</summary>
    public abstract PlainWords Beginning(string title, DateTimeOffset due, Hearer hearer);

    public abstract string DigestOf(DateTimeOffset from, DateTimeOffset until, Hearer hearer);

    /// <param name="what">One topic with how it stands, or how many of each.</param>
    public abstract string DigestSubject(string what);

    /// <summary>The first words of a notice of what was over for more than a day before it could be told.</summary>
    public abstract string OverForLong { get; }

    /// <param name="what">As in <see cref="DigestSubject"/>.</param>
    public abstract string OverForLongSubject(string what);

    public abstract string Incidents(int count);

    public abstract string Maintenances(int count);

    // What a subscription is about, one after the other.

    public abstract string Chosen(IReadOnlyList<string> what);

    public abstract string WholePage { get; }

    public abstract string FromImpact(string impact);

    public abstract string NoMaintenance { get; }

    public abstract string Together(DigestEvery every);

    public abstract string Quoted(string title);
}

/// <summary>A short message in words.</summary>
internal sealed record PlainWords(string Subject, string First, string Second);
