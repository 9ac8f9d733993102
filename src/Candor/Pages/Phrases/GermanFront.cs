using Candor.Languages;
using Microsoft.AspNetCore.Components;

namespace Candor.Pages.Phrases;

internal sealed class GermanFront : FrontWords
{
    public override RenderFragment Lead(Headline headline, Dated since, RenderFragment lasting, RenderFragment rest) =>
        Say($"{headline.Lead} seit {since("dem ")} ({lasting}){headline.Tail}.{rest}");

    public override string NothingReadYet => "Es liegen noch keine Messwerte vor.";

    public override RenderFragment LastVerified(RenderFragment ago, IReadOnlyList<string> places)
    {
        var from = places.Count switch
        {
            0 => "",
            <= NamedPlaces => $" ({Language.German.Lists.And(places)})",
            _ => $" ({places.Count} Messstellen)",
        };
        return Say($"Zuletzt geprüft: {ago}{from}.");
    }

    public override RenderFragment ProblemSince(string problem, Dated since) => Say($"{problem} Seit {since("dem ")}.");

    public override string Blind(int blind, int all, string since, string? reason) =>
        $"{blind} von {all} Messstellen {(blind == 1 ? "sieht" : "sehen")} {GermanTimes.Since(since)} nichts{(reason is { Length: > 0 } ? $": {Sentence(Language.German.Reason(reason))}" : "")}.";

    /// <summary>A whole sentence begins with a capital behind a colon too.</summary>
    private static string Sentence(string said) => char.ToUpperInvariant(said[0]) + said[1..];

    public override string Components => "Komponenten";

    public override RenderFragment LastDays { get; } = Say($"letzte {ThreeCounts} Tage");

    public override string PastDays(int days) => $"Die letzten {days} Tage";

    public override string EverythingBefore => "Alles davor";

    public override RenderFragment StartedAt(RenderFragment at, RenderFragment lasting, string unstable) =>
        Say($"Beginn: {at}, Dauer bisher: {lasting}{unstable}");

    public override string NoIncidents => "Keine Störungen.";

    public override string Span(string first, string last) => $"{first} bis {last}";

    public override string Months => "Monate";

    public override string DaysNewestFirst => "Tage, die neuesten zuerst";

    public override string Metrics => "Kennzahlen";

    public override string LastDay => "letzter Tag";

    public override string MetricSpoken(string name, string low, string high) => $"{name} am letzten Tag: zwischen {low} und {high}";

    public override string Since(string at) => GermanTimes.Since(at);
}
