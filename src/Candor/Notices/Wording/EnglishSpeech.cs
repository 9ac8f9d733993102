using System.Globalization;
using Candor.Languages;
using Candor.Notices.Channels;
using Candor.State;

namespace Candor.Notices.Wording;

/// <inheritdoc/>
internal sealed class EnglishSpeech() : NoticeSpeech(Language.English)
{
    public override string Automatic => " (automatic)";

    public override string Earlier => "Said before that:";

    public override string IncidentMerged => "This incident is told together with another one from here on.";

    public override string NotPublic => "what is for some readers only";

    public override string NoLongerPublic => "An incident that is no longer public";

    public override string WorkNoLongerPublic => "Planned maintenance that is no longer public";

    public override string Manage => "Change what you are told";

    public override string Unsubscribe => "Unsubscribe";

    public override string Read => "Read it on the page";

    public override string Confirm => "Confirm";

    public override string Acknowledge => "Acknowledge";

    public override string SeeSubscription => "See your subscription";

    public override string StatusPage => "The status page";

    public override string IncidentOnPage => "The incident on the status page";

    public override string Over(DateTimeOffset ended, DateTimeOffset began, TimeSpan? lasted, Hearer hearer)
    {
        var over = $"at {hearer.Short(ended)}.";
        return lasted is { } time ? $"{over} It began at {hearer.Short(began)} and lasted {Language.Spans.Words(time)}." : over;
    }

    public override string OverSome(DateTimeOffset began, Hearer hearer) => $". It began at {hearer.Short(began)}.";

    /// <summary>A sentence of its own: "Identified since" would say since when the cause is known.</summary>
    public override string GoesOn(DateTimeOffset began, Hearer hearer) => $". It began at {hearer.Short(began)}{Ago(began, hearer)}.";

    public override string GoesOnThere(DateTimeOffset began, Hearer hearer) => $". That one began at {hearer.Short(began)}{Ago(began, hearer)}.";

    public override string WorkGoesOn(DateTimeOffset began, DateTimeOffset until, Hearer hearer) =>
        $". It began at {hearer.Short(began)}{Ago(began, hearer)} and {(until > hearer.Now ? "is" : "was")} to end by {hearer.Short(until)}.";

    public override string PlannedUntil(DateTimeOffset until, Hearer hearer) => $", planned until {hearer.Short(until)}";

    public override string PlannedFor(DateTimeOffset from, DateTimeOffset? until, Hearer hearer) => until is not { } end
        ? $"for {hearer.Clock.Exact(from)}."
        : $"for {hearer.Clock.Exact(from)}, until {(hearer.Clock.DateOf(from) == hearer.Clock.DateOf(end) ? hearer.Clock.TimeAndZone(end) : hearer.Clock.Exact(end))}.";

    public override string Affected(IReadOnlyList<string> names) => $"Affected: {Language.Lists.And(names)}.";

    public override string NextBy(DateTimeOffset by, Hearer hearer) => $"Next update by {hearer.Short(by)}, or sooner.";

    public override string Late(DateTimeOffset said, TimeSpan delay, string? reason, Hearer hearer) =>
        $"This reaches you late. It was published at {hearer.Short(said)}, {Language.Spans.Words(delay)} before it was sent"
        + (reason is { Length: > 0 } why ? $": {why}." : ".");

    public override string DelayReason(string? reason) => reason switch
    {
        null or "interrupted" => "our notices were delayed",
        "crashed" => "our notices were interrupted",
        "timeout" => "the receiving side did not answer in time",
        "busy" or "throttled" => "the receiving side asked us to wait",
        "unreachable" => "the receiving side could not be reached",
        _ => "the receiving side did not take it at first",
    };

    public override string LateBy(int minutes) => string.Create(CultureInfo.InvariantCulture, $" (late by {minutes} min)");

    public override string MoreOnPage(int count) => string.Create(CultureInfo.InvariantCulture, $"and {count} more on the page.");

    public override string WasRemoved(string title, string reason) => $"“{title}” was removed from the page: {reason}";

    public override string ContinuesIn(string title) => $"continues in: {title}";

    public override string CalledOff(string reason) => $"This maintenance was called off: {reason}";

    public override PlainWords Test(string page) => new(
        "Test: this channel works",
        $"This is a test. Nothing is wrong with {page}.",
        "A person of its team pressed the button that sends it. Notices about incidents and maintenance come the same way.");

    public override PlainWords Confirmation(string page) => new(
        "Confirm that you want to be told",
        $"Somebody, probably you, asked that this address is told when {page} has trouble.",
        "To confirm, open the link below and press the button there. If it was not you, do nothing: without that, nothing more is sent.");

    public override PlainWords Subscription(string page) => new(
        "Your subscription",
        $"Somebody, probably you, asked for this address to be told when {page} has trouble. It is told already.",
        "At the address below you see and change what you are told, or end it. If it was not you, do nothing: nothing has changed.");

    public override PlainWords InHand(string title) =>
        new($"In hand: {title}", "What was due is done, or somebody has it in hand.", "Nothing is left to do.");

    public override PlainWords Promise(string title, DateTimeOffset due, Hearer hearer)
    {
        var (at, second) = (hearer.Short(due), $"Post an update, or acknowledge that you have it in hand; {Again(hearer)}");
        return due > hearer.Now
            ? new($"Due at {at}: the next update on {title}", $"The next update on {title} is promised by {at}, in {Language.Spans.Words(due - hearer.Now)}.", second)
            : new($"Overdue: the next update on {title}", $"The next update on {title} was promised by {at}, {Language.Spans.Words(hearer.Now - due)} ago.", second);
    }

    public override PlainWords Silence(string title, DateTimeOffset since, Hearer hearer) => new(
        $"No word since {hearer.Short(since)}: {title}",
        $"Nothing has been said about {title} since {hearer.Short(since)} ({Language.Spans.Words(hearer.Now - since)}), and it is open.",
        $"Post an update, or acknowledge that you have it in hand; {Again(hearer)}");

    public override PlainWords Beginning(string title, DateTimeOffset due, Hearer hearer)
    {
        var (at, second) = (hearer.Short(due), $"Acknowledge that you know; {Again(hearer)}");
        return due > hearer.Now
            ? new($"Begins at {at}: {title}", $"The planned work {title} begins at {at}, in {Language.Spans.Words(due - hearer.Now)}.", second)
            : new($"Has not begun: {title}", $"The planned work {title} was to begin at {at}, {Language.Spans.Words(hearer.Now - due)} ago, and has not.", second);
    }

    public override string DigestOf(DateTimeOffset from, DateTimeOffset until, Hearer hearer) =>
        $"What was said between {hearer.Short(from)} and {hearer.Short(until)}.";

    public override string DigestSubject(string what) => $"Digest: {what}";

    public override string OverForLong => "This could not be told in time. All of it has been over for more than a day.";

    public override string OverForLongSubject(string what) => $"Over by now: {what}";

    public override string Incidents(int count) => Language.Lists.Count(count, "incident", "incidents");

    public override string Maintenances(int count) => Language.Lists.Count(count, "planned maintenance", "planned maintenances");

    public override string Chosen(IReadOnlyList<string> what) => $"Chosen: {string.Join("; ", what)}.";

    public override string WholePage => "the whole page";

    public override string FromImpact(string impact) => $"incidents from {impact} on";

    public override string NoMaintenance => "no planned maintenance";

    public override string Together(DigestEvery every) => every == DigestEvery.Hourly ? "everything of an hour together" : "everything of a day together";

    public override string Quoted(string title) => $"“{title}”";

    /// <summary>Nothing for what began just now.</summary>
    private string Ago(DateTimeOffset began, Hearer hearer) =>
        hearer.Now - began is var age && age >= JustNow ? $" ({Language.Spans.Words(age)} ago)" : "";

    private string Again(Hearer hearer) =>
        $"otherwise you are reminded again in {Language.Spans.Words(hearer.Reminding.Every)}, at most {Language.Lists.Count(hearer.Reminding.Times, "time", "times")}.";
}
