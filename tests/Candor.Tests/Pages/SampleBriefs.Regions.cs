using Candor.Pages;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Tests.Pages;

/// <content>A component that runs in three regions: out in one, working in another, unseen in the third.</content>
internal static partial class SampleBriefs
{
    private static readonly DateTimeOffset OutInEurope = new(2026, 11, 21, 9, 51, 0, TimeSpan.Zero);

    public static Brief Regional() => Read(RegionalFacts(Verdict.Down), Now.AddSeconds(-4));

    /// <summary>The same, all well.</summary>
    public static Brief RegionalWell() => Read(RegionalFacts(Verdict.Up), Now.AddSeconds(-4));

    private static IEnumerable<Event> RegionalFacts(Verdict europe)
    {
        var isOut = europe == Verdict.Down;
        var definition = Monitored("checkout").Monitor;
        IEnumerable<Event> facts =
        [
            .. Facts(),
            new PolicyConfigured(Birth, Policy.Default with
            {
                Vantages = [new("frankfurt"), new("paris"), new("ashburn"), new("dallas"), new("tokyo")],
                Regions = [new("eu", [new("frankfurt"), new("paris")]), new("us", [new("ashburn"), new("dallas")]), new("asia", [new("tokyo")])],
            }),
            new MonitorAdded(Birth, definition with { Regions = ["asia", "eu", "us"] }),
            new ComponentAdded(Birth, new(Id("checkout"), "Checkout", null, 5) { Monitors = [definition.Id], Regions = ["eu", "us", "asia"] }),
            State(Id("checkout"), Birth.AddMinutes(1), ComponentStatus.Operational),
            new MonitorJudged(OutInEurope, definition.Id, isOut ? Verdict.Degraded : Verdict.Up, isOut ? OutInEurope : Birth, new(
                isOut ? 2 : 0, 4, 5, isOut ? "connection refused" : "", Now.AddSeconds(-4))
            {
                Regions =
                [
                    new("asia", isOut ? Verdict.Unknown : Verdict.Up, OutInEurope.AddMinutes(-20), 0, isOut ? 0 : 1, 1) { LastKnown = Verdict.Up, Reason = isOut ? "no fresh reading from tokyo" : "" },
                    new("eu", europe, OutInEurope, isOut ? 2 : 0, 2, 2) { LastKnown = europe, Reason = isOut ? "connection refused" : "" },
                    new("us", Verdict.Up, Birth, 0, 2, 2) { LastKnown = Verdict.Up },
                ],
            }),
        ];
        return isOut
            ?
            [
                .. facts,
                new ComponentStateChanged(OutInEurope, Id("checkout"), OutInEurope, new(ComponentStatus.DegradedPerformance), "connection refused"),
                new IncidentOpened(OutInEurope.AddSeconds(40), new("eu0000000001"), "Checkout is not answering from eu", OutInEurope, true, true,
                    "Checkout is not answering from eu (2 of 2 places); answering from us; unknown from asia: connection refused, since 09:51 UTC.\n\nThis was detected automatically.",
                    [new(Id("checkout"), ComponentStatus.MajorOutage, OutInEurope) { Region = "eu" }]),
                new DowntimeBegan(OutInEurope, new("eu0000000001"), OutInEurope),
            ]
            : facts;
    }
}
