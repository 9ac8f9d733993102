using Candor.Languages;
using Microsoft.AspNetCore.Components;

namespace Candor.Pages.Phrases;

internal sealed class EnglishMaintenance : MaintenanceWords
{
    public override string Maintenance => "Maintenance";

    public override string Lead(int active, int coming) => (active, coming) switch
    {
        (0, 0) => "Nothing is under maintenance, and nothing is planned.",
        (0, _) => $"Nothing is under maintenance now; {Are(coming)} planned.",
        (_, 0) => $"{Are(active)} in progress.",
        _ => $"{Are(active)} in progress and {coming} planned.",
    };

    public override string AppearsHere => "Planned work appears here before it begins: what it touches, when it starts and how long it may take.";

    public override string Now => "Now";

    public override string Planned => "Planned";

    public override string Over => "Over";

    public override RenderFragment Calendar { get; } = Say($"<a href=\"/calendar.ics\">Calendar (ICS)</a>, for your own calendar to follow.");

    public override RenderFragment TakenAway(RenderFragment at, string reason) => Say($"It was taken away {at}. {reason}");

    public override string ComesAgain => " · Comes again";

    public override RenderFragment CalledOff(Dated at, string reason) => Say($"Called off {at}. {reason}");

    public override RenderFragment Moved(Dated at, RenderFragment from, RenderFragment until) =>
        Say($"Moved {at}; planned before for {from} to {until}.");

    public override RenderFragment InProgress(Dated since, Dated until, bool late) => late
        ? Say($"In progress since {since}; planned until {until}, so it is late.")
        : Say($"In progress since {since}, planned until {until}.");

    public override RenderFragment Was(RenderFragment from, RenderFragment until, string lasted) => Say($"{from} to {until}, {lasted}.");

    public override RenderFragment PlannedFor(RenderFragment from, RenderFragment until, string lasts) =>
        Say($"Planned for {from} to {until}, {lasts}.");

    public override string Touches(IReadOnlyList<string> names) => $" It touches {Language.English.Lists.And(names)}.";

    private static string Are(int count) => Language.English.Lists.Count(count, "maintenance is", "maintenances are");
}
