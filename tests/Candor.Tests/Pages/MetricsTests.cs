using System.Collections.Immutable;
using System.Text.Json;
using AngleSharp.Dom;
using Candor.Pages;
using Candor.Pages.Audiences;
using Candor.State;

namespace Candor.Tests.Pages;

/// <summary>Numbers that other tools measure, as readers and their programs get them.</summary>
public sealed class MetricsTests
{
    private static readonly MetricId Orders = new("orders000001");
    private static readonly MetricId Hidden = new("hidden000001");
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_shows_the_last_day_and_the_last_value_as_its_owner_wants_it_written()
    {
        var page = await PrintedPage.Of(Told(), "/");
        var section = page.QuerySelector("section[aria-labelledby=metrics]")!;

        Assert.Contains("Orders a minute 1,250.5 /min", section.Words(), StringComparison.Ordinal);
        Assert.Contains("between 5.0 /min and 1,000.0 /min", section.QuerySelector("svg")!.GetAttribute("aria-label"), StringComparison.Ordinal);
        Assert.DoesNotContain("Secret sales", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_values_and_in_the_past_there_is_no_section()
    {
        Assert.Null((await PrintedPage.Of(Told() with { Metrics = ImmutableDictionary<MetricId, MetricValues>.Empty }, "/")).QuerySelector("#metrics"));
        Assert.Null((await PrintedPage.Of(Told() with { IsPast = true }, "/")).QuerySelector("#metrics"));
    }

    [Fact]
    public async Task Programs_get_them_in_Statuspages_form_and_only_those_that_are_shown()
    {
        var plans = Catalogue.FrontOf(Told()).Where(static plan => plan.Path.StartsWith("/metrics-display/", StringComparison.Ordinal)).ToList();
        Assert.Equal(["day", "week", "month"], plans.Select(static plan => plan.Path["/metrics-display/orders000001/".Length..^".json".Length]));

        var day = JsonElement.Parse((await plans[0].Render(Told(), Ct))!.Content);
        Assert.Equal(("day", 96, 900), (day.GetProperty("period").GetProperty("identifier").GetString(), day.GetProperty("period").GetProperty("count").GetInt32(), day.GetProperty("period").GetProperty("interval").GetInt32()));
        var metric = day.GetProperty("metrics")[0];
        Assert.Equal("Orders a minute", metric.GetProperty("metric").GetProperty("name").GetString());
        Assert.Equal([(Noon.ToUnixTimeSeconds(), 5.0), (Noon.AddMinutes(15).ToUnixTimeSeconds(), 1_000.0)], metric.GetProperty("data").EnumerateArray()
            .Select(static one => (one.GetProperty("timestamp").GetInt64(), one.GetProperty("value").GetDouble())));
        Assert.Equal(502.5, day.GetProperty("summary").GetProperty("mean").GetDouble());
        Assert.Empty(JsonElement.Parse((await plans[2].Render(Told(), Ct))!.Content).GetProperty("metrics")[0].GetProperty("data").EnumerateArray());
    }

    [Fact]
    public void Where_the_page_is_for_others_there_is_no_metric_either()
    {
        var brief = Told();
        var closed = new AudienceView(null, brief.World with { Page = brief.World.Page with { OnlyFor = ["staff"], Audiences = ["staff"] } });

        Assert.Empty(closed.Of(closed.Today).Metrics);
        Assert.Equal(2, new AudienceView("staff", closed.Today).Of(closed.Today).Metrics.Count);
        Assert.DoesNotContain(Catalogue.FrontOf(brief with { IsClosed = true }), static plan => plan.Path.StartsWith("/metrics-display/", StringComparison.Ordinal));
    }

    [Fact]
    public void What_says_the_same_has_the_same_key_and_a_new_value_another()
    {
        object Key(Brief brief) => Catalogue.FrontOf(brief).First(static plan => plan.Path.StartsWith("/metrics-display/", StringComparison.Ordinal)).Key;
        Brief More() => Told() with { Metrics = Told().Metrics.SetItem(Orders, new([new(Noon, 6, 6)], [], [])) };

        Assert.Equal(Key(Told()), Key(Told()));
        Assert.NotEqual(Key(Told()), Key(More()));
    }

    private static Brief Told()
    {
        var brief = SampleBriefs.Well();
        Metric Made(MetricDefinition said) => new(said, Noon, Noon);
        return brief with
        {
            World = brief.World with
            {
                Metrics = ImmutableDictionary<MetricId, Metric>.Empty
                    .Add(Orders, Made(new(Orders, "Orders a minute") { Suffix = "/min", Decimals = 1 }))
                    .Add(Hidden, Made(new(Hidden, "Secret sales") { IsShown = false })),
            },
            Metrics = ImmutableDictionary<MetricId, MetricValues>.Empty
                .Add(Orders, new([new(Noon, 5, 5), new(Noon.AddMinutes(15), 1_000, 1_250.5)], [new(Noon, 502.5, 1_250.5)], []))
                .Add(Hidden, new([new(Noon, 5, 5)], [], [])),
        };
    }
}
