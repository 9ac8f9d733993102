using Candor.State;
using Microsoft.AspNetCore.Components;

namespace Candor.Pages.Phrases;

/// <summary>A component: in the list, on its own page, its days and how fast it answered.</summary>
internal abstract class ComponentWords : Spoken
{
    public abstract string Count(int components);

    public abstract RenderFragment SetByHand(Dated until, string? reason);

    public abstract RenderFragment Since(Dated at, RenderFragment lasting, string? reason);

    public abstract string NotSeenYet { get; }

    public abstract RenderFragment NotSeenSince(Dated at, ComponentStatus last);

    public abstract string AtRisk { get; }

    public abstract string ByRegion { get; }

    public abstract string Regions { get; }

    public abstract string NoPlaceThere { get; }

    public abstract string NotSeenFromThereYet { get; }

    public abstract string Uptime { get; }

    public abstract string Days(int days);

    public abstract string SameAsTable { get; }

    public abstract string Incidents { get; }

    public abstract string NoneSoFar { get; }

    public abstract string Day { get; }

    public abstract string TimeInEachState { get; }

    public abstract string NoDataYet { get; }

    /// <summary>Above the table of days.</summary>
    public abstract string DaysNotOperational(string name, int days);

    /// <summary>What is heard of the strip.</summary>
    public abstract string StripSpoken(string name, int days, string uptime, int bad);

    public abstract string ResponseTime { get; }

    public abstract string ChartOf(string monitor, bool isLog);

    public abstract string FastestP50 { get; }

    public abstract string SlowestP50 { get; }

    public abstract string HighestP95 { get; }

    /// <summary>What is heard of the chart.</summary>
    public abstract string ChartSpoken(string monitor, string low, string high, string p95);
}
