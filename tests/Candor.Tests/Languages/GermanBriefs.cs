using System.Collections.Immutable;
using Candor.Pages;
using Candor.State;
using Candor.Tests.Pages;

namespace Candor.Tests.Languages;

/// <summary>The sample briefs on a page that speaks German. What people wrote stays English, as it was written.</summary>
internal static class GermanBriefs
{
    public static readonly IReadOnlyDictionary<string, Func<Brief>> All = new Dictionary<string, Func<Brief>>
    {
        ["well"] = SampleBriefs.Well,
        ["outage"] = SampleBriefs.Outage,
        ["notified"] = SampleBriefs.Notified,
        ["people"] = SampleBriefs.People,
        ["told"] = () => SampleBriefs.Told() with { ToldBy = ["email", "webpush", "webhook", "slack"] },
        ["open-told"] = () => SampleBriefs.Outage() is var brief ? brief with
        {
            ToldBy = ["email", "webhook", "slack"],
            World = brief.World with { Page = brief.World.Page with { Url = "https://status.heron.example" } },
        } : brief,
        ["copy"] = () => SampleBriefs.Told() with { ToldBy = [] },
        ["stale"] = SampleBriefs.Stale,
        ["blind"] = SampleBriefs.Blind,
        ["first-run"] = SampleBriefs.FirstRun,
        ["empty"] = SampleBriefs.Empty,
        ["regional"] = SampleBriefs.Regional,
        ["regional-well"] = SampleBriefs.RegionalWell,
        ["unmeasured"] = SampleBriefs.Unmeasured,
        ["unread"] = () => SampleBriefs.Well() with { LastReadings = ImmutableDictionary<MonitorId, DateTimeOffset>.Empty },
        ["past"] = () => SampleBriefs.Outage() with { IsPast = true },
        ["nothing-known"] = () => SampleBriefs.Empty() with { IsPast = true, Position = default },
        ["last-known"] = () => LastKnown.Of(SampleBriefs.Outage()),
        ["staff"] = () => SampleBriefs.Outage() with { Audience = "Belegschaft" },
        ["days-later"] = () => SampleBriefs.Outage() is var brief ? brief with { Now = brief.Now.AddDays(2) } : brief,
        ["people-later"] = () => SampleBriefs.People() is var brief ? brief with { Now = brief.Now.AddDays(2) } : brief,
        ["measured"] = () => Measured(SampleBriefs.Well()),
    };

    public static Brief Of(string name)
    {
        var brief = All[name]();
        return brief with { World = brief.World with { Page = brief.World.Page with { Language = "de" } } };
    }

    private static Brief Measured(Brief brief)
    {
        var id = new MetricId("orders000001");
        var now = brief.Now.AddTicks(-(brief.Now.Ticks % MetricValues.DayStep.Ticks));
        var world = World.Fold(brief.World, new MetricDefined(now, new(id, "Bestellungen") { Suffix = "/min", Decimals = 1 }));
        return brief with
        {
            World = world,
            Metrics = ImmutableDictionary<MetricId, MetricValues>.Empty.Add(id, new(
                [new(now - MetricValues.DayStep, 5.0, 5.0), new(now, 1_000.5, 1_250.5)], [], [])),
        };
    }
}
