using Candor.Pages.AsOf;
using Microsoft.AspNetCore.Components;

namespace Candor.Pages.Phrases;

internal sealed class EnglishPlain : PlainWords
{
    public override string NoSuchPageTitle => "No such page";

    public override string NoSuchPage(bool past) => past ? "There was no such page" : "There is no such page";

    public override string WhyNoSuchPage(bool past) => past
        ? "What it leads to had not been published at that time, or the address is mistyped."
        : "The address may be mistyped, or what it led to was removed.";

    public override string HowThingsStand => "How things stand now";

    public override string PastIncidents => "Past incidents";

    public override string Private => "This page is private";

    public override RenderFragment WhoMaySignIn { get; } = Say($"Whoever it is for can <a href=\"/sign-in\">sign in</a>.");

    public override string NothingKnown => "Nothing was known yet";

    public override RenderFragment RecordBeginsLater(RenderFragment than) =>
        Say($"The record of this page begins later than {than}. It cannot say how things were, neither well nor ill.");

    public override string UptimeLead => "Uptime is the share of the time we could see in which people could use the service.";

    public override RenderFragment Formula(bool maintenanceCounts) => Say(
        $"uptime = <span><span>operational + degraded + 0.7 × partial outage</span><span class=\"vh\"> divided by </span><span>operational + degraded + partial outage + major outage{(maintenanceCounts ? " + maintenance" : "")}</span></span>");

    public override string Operational => "Operational counts in full.";

    public override string Degraded => "Degraded performance counts in full: slow, but it answers.";

    public override string Partial => "A second of partial outage counts as 0.7 seconds up: three tenths of it are lost.";

    public override string Major => "A second of major outage counts as nothing.";

    public override string Unknown =>
        "Unknown is left out above and below the line, and shown hatched in grey. Time that we could not see is neither up nor down.";

    public override string Maintenance(bool counts) => counts ? "Maintenance counts like a major outage." : "Maintenance is left out in the same way, and shown.";

    public override string BeforeItExisted => "Time before a component existed is left out.";

    public override string HowItIsCut(int days, string zone) =>
        $"The result is cut after two decimals, never rounded up: one second of outage in {days} days is 99.99 %, not 100 %. Days begin at midnight in {zone}. Every page, feed and API of this installation uses this one calculation.";

    public override string HowADayIsDrawn =>
        "A day is drawn in its worst state: a tall bar is a bad day, whatever its share. A day that we could not see for five minutes or more is hatched.";

    public override string StartingTitle => "Starting";

    public override string Starting => "This status page is starting";

    public override string LoadItAgain => "It cannot say yet how things are. Please load it again in a few seconds.";

    public override string NoPageHere => "There is no page at this address";

    public override string NoInstant(InstantFault fault) => fault switch
    {
        InstantFault.Several => "A page can be shown as it was at one instant, not at several. Write it like ?at=2021-02-16T10:18Z.",
        InstantFault.Unreadable => "This is no instant. Write it like ?at=2021-02-16T10:18Z. Seconds and an offset such as +01:00 may be given.",
        InstantFault.Future => "This instant lies in the future; the page can only be shown as it was.",
        _ => "This instant is before 1970; nothing can have been recorded then.",
    };

    public override string PastIsBusy =>
        "The past is being looked up for others, or the record is still being read. Please load it again in a few seconds.";
}
