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
        ["reasons"] = () => Reasoned(SampleBriefs.Outage()),
        ["blind-reasons"] = () => Reasoned(SampleBriefs.Blind()),
        ["measured"] = () => Measured(SampleBriefs.Well()),
    };

    public static Brief Of(string name)
    {
        var brief = All[name]();
        return brief with { World = brief.World with { Page = brief.World.Page with { Language = "de" } } };
    }

    /// <summary>With what probes say themselves.</summary>
    private static Brief Reasoned(Brief brief) => brief with
    {
        World = brief.World with
        {
            Components = brief.World.Components.SetItems(brief.World.Components.Where(static one => one.Value.Reason is not null)
                .Select(static one => KeyValuePair.Create(one.Key, one.Value with { Reason = "connection refused" }))),
            Vantages = brief.World.Vantages.SetItems(brief.World.Vantages.Where(static one => one.Value.Reason.Length > 0)
                .Select(static one => KeyValuePair.Create(one.Key, one.Value with { Reason = "the default gateway does not answer" }))),
        },
    };

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
