using Microsoft.AspNetCore.Components;

namespace Candor.Pages.Phrases;

/// <summary>The front and the past by day.</summary>
internal abstract class FrontWords : Spoken
{
    /// <summary>The first sentence where it has a moment; <paramref name="rest"/> is the second.</summary>
    public abstract RenderFragment Lead(Headline headline, Dated since, RenderFragment lasting, RenderFragment rest);

    public abstract string NothingReadYet { get; }

    public abstract RenderFragment LastVerified(RenderFragment ago, IReadOnlyList<string> places);

    public abstract RenderFragment ProblemSince(string problem, Dated since);

    /// <summary>"3 of 5 monitors blind since 09:57 UTC: the default gateway does not answer."</summary>
    /// <param name="reason">Null where they have several.</param>
    public abstract string Blind(int blind, int all, string since, string? reason);

    public abstract string Components { get; }

    /// <summary>Days that fit on the screen: the stylesheet shows one of the three numbers.</summary>
    public abstract RenderFragment LastDays { get; }

    public abstract string PastDays(int days);

    public abstract string EverythingBefore { get; }

    public abstract RenderFragment StartedAt(RenderFragment at, RenderFragment lasting, string unstable);

    public abstract string NoIncidents { get; }

    public abstract string Span(string first, string last);

    public abstract string Months { get; }

    public abstract string DaysNewestFirst { get; }

    public abstract string Metrics { get; }

    public abstract string LastDay { get; }

    public abstract string MetricSpoken(string name, string low, string high);

    /// <summary>Of a moment that an age is counted from.</summary>
    public abstract string Since(string at);

    protected static RenderFragment ThreeCounts { get; } =
        Say($"<span class=\"d90\">90</span><span class=\"d60\">60</span><span class=\"d30\">30</span>");

    protected const int NamedPlaces = 4;
}
