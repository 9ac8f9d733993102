using Candor.Languages;
using Microsoft.AspNetCore.Components;

namespace Candor.Pages.Phrases;

internal sealed class EnglishFront : FrontWords
{
    public override RenderFragment Lead(Headline headline, Dated since, RenderFragment lasting, RenderFragment rest) =>
        Say($"{headline.Lead} since {since} ({lasting}).{rest}");

    public override string NothingReadYet => "Nothing has been read yet.";

    public override RenderFragment LastVerified(RenderFragment ago, IReadOnlyList<string> places)
    {
        var from = places.Count switch
        {
            0 => "",
            <= NamedPlaces => $" from {Language.English.Lists.And(places)}",
            _ => $" from {places.Count} places",
        };
        return Say($"Last verified {ago}{from}.");
    }

    public override RenderFragment ProblemSince(string problem, Dated since) => Say($"{problem} Since {since}.");

    public override string Blind(int blind, int all, string since, string? reason) =>
        $"{blind} of {all} monitors blind since {since}{(reason is null ? "" : $": {reason}")}.";

    public override string Components => "Components";

    public override RenderFragment LastDays { get; } = Say($"last {ThreeCounts} days");

    public override string PastDays(int days) => $"Past {days} days";

    public override string EverythingBefore => "Everything before";

    public override RenderFragment StartedAt(RenderFragment at, RenderFragment lasting, string unstable) =>
        Say($"Started {at}, {lasting} so far{unstable}");

    public override string NoIncidents => "No incidents.";

    public override string Span(string first, string last) => $"{first} to {last}";

    public override string Months => "Months";

    public override string DaysNewestFirst => "Days, newest first";

    public override string Metrics => "Metrics";

    public override string LastDay => "last day";

    public override string MetricSpoken(string name, string low, string high) => $"{name} of the last day: between {low} and {high}";

    public override string Since(string at) => $"since {at}";
}
