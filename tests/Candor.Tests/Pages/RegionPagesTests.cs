using System.Text.Json;
using AngleSharp.Dom;
using Candor.Pages;
using Candor.Pages.Json;
using Candor.State;

namespace Candor.Tests.Pages;

/// <summary>Regions as readers and programs are told of them.</summary>
public sealed class RegionPagesTests
{
    private const string Path = "/components/checkout0000";

    [Fact]
    public async Task A_row_names_its_regions_where_they_differ()
    {
        var page = await PrintedPage.Of(SampleBriefs.Regional(), "/");

        var row = Row(page);
        Assert.Equal(["eu: major outage", "us: operational", "asia: unknown"], row.QuerySelectorAll(".rg li").Select(static one => one.Words()));
        Assert.Equal(["m mj", "m op", "m un"], row.QuerySelectorAll(".rg .m").Select(static one => one.ClassName!));
    }

    [Fact]
    public async Task The_first_sentence_names_the_region_that_is_out() => Assert.StartsWith(
        "Checkout is down in eu since 09:51 UTC (15 min). All 7 other services work.",
        (await PrintedPage.Of(SampleBriefs.Regional(), "/")).Words("#headline"), StringComparison.Ordinal);

    [Fact]
    public async Task A_row_is_quiet_where_all_regions_are_the_same() =>
        Assert.Empty((await PrintedPage.Of(SampleBriefs.RegionalWell(), "/")).QuerySelectorAll(".rg"));

    [Fact]
    public async Task The_page_of_a_component_has_each_region_with_what_it_rests_on()
    {
        var words = (await PrintedPage.Of(SampleBriefs.Regional(), Path)).Words("main");

        Assert.Contains("Regions eu Major outage Since 09:51 UTC (15 min): connection refused. us Operational asia Unknown "
            + "We cannot see this since 09:31 UTC. Last seen: operational.", words, StringComparison.Ordinal);
        Assert.Contains("Regions eu Operational us Operational asia Operational Uptime", (await PrintedPage.Of(SampleBriefs.RegionalWell(), Path)).Words("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_incident_names_the_regions_that_it_affects()
    {
        var page = await PrintedPage.Of(SampleBriefs.Regional(), "/incidents/eu0000000001");

        Assert.Contains("affecting Checkout in eu, lasting", page.Words(".lead"), StringComparison.Ordinal);
        Assert.Contains("This incident affects: Checkout in eu.", page.Words("main"), StringComparison.Ordinal);
        Assert.Equal("Checkout eu: Major outage since 09:51 UTC", page.Words(".affected li"));
    }

    [Fact]
    public async Task Nothing_is_green_in_any_region_once_the_data_is_old()
    {
        var old = SampleBriefs.RegionalWell();
        old = old with { LastReadings = old.LastReadings.SetItem(new("checkout"), SampleBriefs.Now.AddMinutes(-25)) };
        var words = (await PrintedPage.Of(old, Path)).Words("main");

        Assert.Contains("Regions eu Unknown", words, StringComparison.Ordinal);
        Assert.DoesNotContain("Operational", words.Split("Uptime")[0], StringComparison.Ordinal);
        Assert.All(Component(old).GetProperty("by_region").EnumerateArray(), static region => Assert.False(region.GetProperty("known").GetBoolean()));
    }

    [Fact]
    public void Status_json_has_each_region_and_the_regions_of_an_incident()
    {
        var component = Component(SampleBriefs.Regional());
        Assert.Equal("""{"asia":"operational","eu":"major_outage","us":"operational"}""", component.GetProperty("regions").GetRawText());
        Assert.Equal(
            [("eu", "major_outage", true, true), ("us", "operational", true, true), ("asia", "operational", false, true)],
            component.GetProperty("by_region").EnumerateArray().Select(static one => (
                one.GetProperty("region").GetString()!, one.GetProperty("status").GetString()!, one.GetProperty("known").GetBoolean(), one.GetProperty("measured").GetBoolean())));

        var affected = Body(SampleBriefs.Regional()).GetProperty("incidents")[0].GetProperty("affected")[0];
        var only = Assert.Single(affected.GetProperty("by_region").EnumerateArray().ToList());
        Assert.Equal("eu", only.GetProperty("region").GetString());
        Assert.Equal("major_outage", only.GetProperty("intervals")[0].GetProperty("status").GetString());
    }

    [Fact]
    public void Statuspage_s_form_says_what_it_always_said()
    {
        var brief = SampleBriefs.Regional();
        var body = JsonDocument.Parse(V2Bodies.Render(new(brief), brief, "/api/v2/summary.json").Content).RootElement;
        var component = body.GetProperty("components").EnumerateArray().Single(static one => one.GetProperty("name").GetString() == "Checkout");

        Assert.Equal("degraded_performance", component.GetProperty("status").GetString());
        Assert.False(component.TryGetProperty("regions", out _));
    }

    private static IElement Row(IParentNode page) =>
        page.QuerySelectorAll(".leaf").Single(static leaf => leaf.QuerySelector(".n")?.TextContent == "Checkout");

    private static JsonElement Component(Brief brief) => Body(brief).GetProperty("components").EnumerateArray()
        .Single(static one => one.GetProperty("name").GetString() == "Checkout");

    private static JsonElement Body(Brief brief) => JsonDocument.Parse(StatusBody.Render(brief).Content).RootElement;
}
