using Candor.Languages;
using Candor.State;
using Microsoft.AspNetCore.Components;

namespace Candor.Pages.Phrases;

internal sealed class GermanIncident : IncidentWords
{
    private static readonly Language German = Language.German;

    public override string Was(string page, Impact impact, string day, string affected, string lasted) =>
        Closed($"Am {day} gab es bei {page} {Kind(impact)}. {Affecting(affected)}Dauer: {lasted}");

    public override string Is(string page, Impact impact, string since, string affected, string lasting) =>
        Closed($"Bei {page} gibt es {GermanTimes.Since(since)} {Kind(impact)}. {Affecting(affected)}Dauer bisher: {lasting}");

    public override string TakenAway(string day, string reason) => $"Was hier stand, wurde am {day} entfernt. {reason}";

    public override string Affects(IReadOnlyList<string> what, bool isOpen) =>
        $"Von dieser Störung {(isOpen ? "betroffen" : "waren betroffen")}: {German.Lists.And(what)}.";

    public override string NameIn(string name, IReadOnlyList<string> regions) => $"{name} in {German.Lists.And(regions)}";

    public override string SinceRemoved(string name) => $"{name} (inzwischen entfernt)";

    public override string SomeSinceRemoved => "eine inzwischen entfernte Komponente";

    public override RenderFragment TakenAwayAt(RenderFragment at, string reason) => Say($"Was hier stand, wurde entfernt ({at}). {reason}");

    public override string Severity(Impact impact) => impact switch
    {
        Impact.None => "Hinweis",
        Impact.Minor => "geringe Auswirkung",
        Impact.Major => "erhebliche Auswirkung",
        _ => "kritische Auswirkung",
    };

    public override string Started => "Beginn";

    public override string Resolved => "Behoben";

    public override string Lasted => "Dauer";

    public override string Lasting => "Dauer";

    public override RenderFragment SoFar(RenderFragment lasting) => Say($"bisher {lasting}");

    public override string Affected => "Betroffen";

    public override string Updates => "Meldungen";

    public override RenderFragment WentOnFrom(RenderFragment incident, Dated at) => Say($"Ab {at("dem ")} ging es weiter in {incident}.");

    public override RenderFragment WasPartOf(RenderFragment incident) => Say($"Zunächst war dies ein Teil von {incident}.");

    public override RenderFragment StartCorrected(Dated at, RenderFragment before) =>
        Say($"Berichtigt {at("am ", "um ")}: Als Beginn war zuvor der {before} angegeben.");

    public override string Postmortem => "Nachbetrachtung";

    public override RenderFragment Revised(Dated at) => Say($", überarbeitet {at("am ", "um ")}");

    public override string WhatWeDo => "Was wir dagegen tun";

    public override string Action(ActionItemStanding standing, string? due, string reason) => standing switch
    {
        ActionItemStanding.Dropped => $"wird nicht umgesetzt: {reason}",
        ActionItemStanding.Done => "erledigt",
        ActionItemStanding.Overdue => $"war fällig am {due}, noch nicht erledigt",
        ActionItemStanding.Due => $"fällig am {due}",
        _ => "offen",
    };

    private static string Kind(Impact impact) => impact switch
    {
        Impact.None => "einen Hinweis",
        Impact.Minor => "eine geringfügige Störung",
        Impact.Major => "eine erhebliche Störung",
        _ => "eine kritische Störung",
    };

    private static string Affecting(string affected) => affected.Length == 0 ? "" : $"Betroffen: {affected}. ";
}
