using Candor.Languages;
using Candor.State;
using Microsoft.AspNetCore.Components;

namespace Candor.Pages.Phrases;

internal sealed class GermanComponent : ComponentWords
{
    public override string Count(int components) => Language.German.Lists.Count(components, "Komponente", "Komponenten");

    public override RenderFragment SetByHand(Dated until, string? reason) => Say($"Von Hand gesetzt bis {until("zum ")}{Behind(reason)}.");

    public override RenderFragment Since(Dated at, RenderFragment lasting, string? reason) =>
        Say($"Seit {at("dem ")} ({lasting}){Behind(reason)}.");

    public override string NotSeenYet => "Es liegen noch keine Messwerte vor.";

    public override RenderFragment NotSeenSince(Dated at, ComponentStatus last) =>
        Say($"Seit {at("dem ")} liegen keine Messwerte vor. Zuletzt: {Language.German.Names.Within(last)}.");

    public override string AtRisk => "Der Dienst funktioniert, aber nicht mit allen seinen Teilen: Die Redundanz ist eingeschränkt.";

    public override string ByRegion => "Nach Region";

    public override string Regions => "Regionen";

    public override string NoPlaceThere => "Dort gibt es keine Messstelle.";

    public override string NotSeenFromThereYet => "Von dort liegen noch keine Messwerte vor.";

    public override string Uptime => "Verfügbarkeit";

    public override string Days(int days) => $"{days} Tage";

    public override string SameAsTable => "Dasselbe als Tabelle";

    public override string Incidents => "Störungen";

    public override string NoneSoFar => "Bisher keine.";

    public override string Day => "Tag";

    public override string TimeInEachState => "Zeit in jedem Zustand";

    public override string NoDataYet => "noch keine Daten";

    public override string DaysNotOperational(string name, int days) => $"{name}: Tage ohne durchgehenden Betrieb in den letzten {days} Tagen";

    public override string StripSpoken(string name, int days, string uptime, int bad)
    {
        var trouble = bad == 0 ? "kein Tag mit Störungen" : Language.German.Lists.Count(bad, "Tag mit Störungen", "Tage mit Störungen");
        return $"{name}, letzte {days} Tage: Verfügbarkeit {uptime}, {trouble}";
    }

    public override string ResponseTime => "Antwortzeit";

    public override string ChartOf(string monitor, bool isLog) => $"{monitor}, p50 im Bereich von p5 bis p95{(isLog ? ", logarithmisch" : "")}";

    public override string FastestP50 => "Niedrigster p50";

    public override string SlowestP50 => "Höchster p50";

    public override string HighestP95 => "Höchster p95";

    public override string ChartSpoken(string monitor, string low, string high, string p95) =>
        $"Antwortzeit von {monitor}: p50 zwischen {low} und {high}, p95 höchstens {p95}";

    private static string Behind(string? reason) => reason is { Length: > 0 } ? $": {reason}" : "";
}
