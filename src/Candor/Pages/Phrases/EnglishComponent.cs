using Candor.Languages;
using Candor.State;
using Microsoft.AspNetCore.Components;

namespace Candor.Pages.Phrases;

internal sealed class EnglishComponent : ComponentWords
{
    public override string Count(int components) => Language.English.Lists.Count(components, "component", "components");

    public override RenderFragment SetByHand(Dated until, string? reason) => Say($"Set by hand until {until}{Behind(reason)}.");

    public override RenderFragment Since(Dated at, RenderFragment lasting, string? reason) =>
        Say($"Since {at} ({lasting}){Behind(reason)}.");

    public override string NotSeenYet => "We have not seen it yet.";

    public override RenderFragment NotSeenSince(Dated at, ComponentStatus last) =>
        Say($"We cannot see this since {at}. Last seen: {Language.English.Names.Within(last)}.");

    public override string AtRisk => "It works, but not all of its members do: redundancy is at risk.";

    public override string ByRegion => "By region";

    public override string Regions => "Regions";

    public override string NoPlaceThere => "No place looks from there.";

    public override string NotSeenFromThereYet => "We have not seen it from there yet.";

    public override string Uptime => "Uptime";

    public override string Days(int days) => $"{days} days";

    public override string SameAsTable => "The same as a table";

    public override string Incidents => "Incidents";

    public override string NoneSoFar => "None so far.";

    public override string Day => "Day";

    public override string TimeInEachState => "Time in each state";

    public override string NoDataYet => "no data yet";

    public override string DaysNotOperational(string name, int days) => $"{name}: days of the last {days} that were not operational throughout";

    public override string StripSpoken(string name, int days, string uptime, int bad)
    {
        var trouble = bad == 0 ? "no day with trouble" : Language.English.Lists.Count(bad, "day with trouble", "days with trouble");
        return $"{name}, last {days} days: {uptime} uptime, {trouble}";
    }

    public override string ResponseTime => "Response time";

    public override string ChartOf(string monitor, bool isLog) => $"{monitor}, p50 within p5 to p95{(isLog ? ", logarithmic" : "")}";

    public override string FastestP50 => "Fastest p50";

    public override string SlowestP50 => "Slowest p50";

    public override string HighestP95 => "Highest p95";

    public override string ChartSpoken(string monitor, string low, string high, string p95) =>
        $"Response time of {monitor}: p50 between {low} and {high}, p95 at most {p95}";

    private static string Behind(string? reason) => reason is { Length: > 0 } ? $": {reason}" : "";
}
