using Candor.State;
using Microsoft.AspNetCore.Components;

namespace Candor.Pages.Phrases;

internal sealed class EnglishSubscribe : SubscribeWords
{
    private const string These = "These can be followed by any reader or script:";

    public override string Subscribe => "Subscribe";

    public override string Lead => "Be told when something breaks, what is done about it, and when it works again.";

    public override string ByEmail => "By email";

    public override string EmailNote =>
        "A mail with a link comes first; nothing else is sent before you confirm. The address is kept encrypted, used for this alone, and forgotten when you say so.";

    public override string InThisBrowser => "In this browser";

    public override string BrowserNote => "A notification comes first; open it to confirm. What is sent is encrypted for this browser alone.";

    public override string BrowserDenied => "Your browser does not let this page notify you; its settings for this site can allow it.";

    public override string BrowserGaveNone => "Your browser gave no address to push to. Try again, or choose another way.";

    public override string ByWebhook => "By webhook";

    public override string WebhookWhat => "A signed POST of JSON to an address of yours";

    public override string WebhookNote => "One POST with a link comes first; nothing else is sent before it is confirmed.";

    public override string InAChatRoom => "In a chat room";

    public override string ChatWhat => "Slack, Microsoft Teams, Discord or ntfy";

    public override string ChatNote =>
        "Make an incoming webhook for the room in its own settings. One message with a link comes first; nothing else is sent before it is confirmed there.";

    public override string WithoutAnAddress => "Without an address";

    public override string FollowThese(string? page) => page is null ? These : $"To be told by e-mail or webhook, go to {page}. {These}";

    public override string AtomFeed => "Atom feed";

    public override string AtomWhat => "Each incident with its updates, for a feed reader.";

    public override string RssFeed => "RSS feed";

    public override string RssWhat => "The same in the older form, for chat rooms that take RSS.";

    public override string Calendar => "Calendar";

    public override string CalendarWhat => "Incidents and maintenance in your own calendar.";

    public override RenderFragment JsonWhat { get; } =
        Say($"Everything on this page, for programs. Statuspage clients find <a href=\"/api/v2/summary.json\">/api/v2</a>.");

    public override string Service => "Service";

    public override string AddressOfRoom => "Address of its webhook, or of the topic";

    public override string EmailAddress => "E-mail address";

    public override string AddressOfEndpoint => "Address of your endpoint";

    public override string ChooseWhat => "Choose what you are told";

    public override string AboutTheseAlone => "About these alone; none means the whole page";

    public override string IncidentsFrom => "Incidents from";

    public override string From(Impact impact) => impact switch
    {
        Impact.None => "any impact",
        Impact.Minor => "minor impact",
        Impact.Major => "major impact",
        _ => "critical impact alone",
    };

    public override string MaintenanceToo => "Planned maintenance too";

    public override string Told => "Told";

    public override string Often(DigestEvery every) => every switch
    {
        DigestEvery.Each => "of each word at once",
        DigestEvery.Hourly => "once an hour, of all together",
        _ => "once a day at 8:00, of all together",
    };

    public override string YourTimeZone => "Your time zone";

    public override string BeToldOfThisIncident => "Be told of this incident";

    public override RenderFragment OfOneNote { get; } = Say(
        $"A message with a link comes first; nothing else is sent before you confirm. You are told of each update until it is over, and of nothing else. <a href=\"/subscribe\">Of everything instead</a>");
}
