using Candor.Languages;
using Candor.State;
using Microsoft.AspNetCore.Components;

namespace Candor.Pages.Phrases;

internal sealed class EnglishIncident : IncidentWords
{
    private static readonly Language English = Language.English;

    public override string Was(string page, Impact impact, string day, string affected, string lasted) =>
        $"{page} experienced a {English.Names.Of(impact)} incident on {day}{Affecting(affected)}, lasting {lasted}.";

    public override string Is(string page, Impact impact, string since, string affected, string lasting) =>
        $"{page} is experiencing a {English.Names.Of(impact)} incident since {since}{Affecting(affected)}, lasting {lasting} so far.";

    public override string TakenAway(string day, string reason) => $"What stood here was taken away on {day}. {reason}";

    public override string Affects(IReadOnlyList<string> what, bool isOpen) =>
        $"This incident {(isOpen ? "affects" : "affected")}: {English.Lists.And(what)}.";

    public override string NameIn(string name, IReadOnlyList<string> regions) => $"{name} in {English.Lists.And(regions)}";

    public override string SinceRemoved(string name) => $"{name} (since removed)";

    public override string SomeSinceRemoved => "a component since removed";

    public override RenderFragment TakenAwayAt(RenderFragment at, string reason) => Say($"What stood here was taken away {at}. {reason}");

    public override string Severity(Impact impact) => impact == Impact.None ? "Notice" : $"{English.Names.Of(impact)} impact";

    public override string Started => "Started";

    public override string Resolved => "Resolved";

    public override string Lasted => "Lasted";

    public override string Lasting => "Lasting";

    public override RenderFragment SoFar(RenderFragment lasting) => Say($"{lasting} so far");

    public override string Affected => "Affected";

    public override string Updates => "Updates";

    public override RenderFragment WentOnFrom(RenderFragment incident, Dated at) => Say($"It went on in {incident} from {at}.");

    public override RenderFragment WasPartOf(RenderFragment incident) => Say($"It was told as part of {incident} at first.");

    public override RenderFragment StartCorrected(Dated at, RenderFragment before) =>
        Say($"Corrected {at}: the start was given as {before} before.");

    public override string Postmortem => "Postmortem";

    public override RenderFragment Revised(Dated at) => Say($", revised {at}");

    public override string WhatWeDo => "What we do about it";

    public override string Action(ActionItemStanding standing, string? due, string reason) => standing switch
    {
        ActionItemStanding.Dropped => $"will not be done: {reason}",
        ActionItemStanding.Done => "done",
        ActionItemStanding.Overdue => $"was due on {due}, not done yet",
        ActionItemStanding.Due => $"due on {due}",
        _ => "open",
    };

    private static string Affecting(string affected) => affected.Length == 0 ? "" : $" affecting {affected}";
}
