using System.Text;
using Candor.Pages;
using Candor.Pages.Feeds;
using Candor.State;

namespace Candor.Tests.Pages;

/// <summary>The line for other sites, as it is made from what the page's people chose.</summary>
public sealed class WidgetTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_made_anew_when_its_looks_change_and_only_then()
    {
        var brief = SampleBriefs.Outage();
        var chosen = brief with { World = brief.World with { Widget = new(WidgetCorner.TopRight) { IncidentBackground = "#113355" } } };

        var (before, again, after) = (Plan(brief), Plan(brief with { World = brief.World with { LatestAt = brief.Now } }), Plan(chosen));

        Assert.Equal(before.Key, again.Key);
        Assert.NotEqual(before.Key, after.Key);
        Assert.Contains("\"edge\":\"bottom\",\"side\":\"left\"", await TextAsync(before, brief), StringComparison.Ordinal);
        var script = await TextAsync(after, chosen);
        Assert.Contains("\"edge\":\"top\",\"side\":\"right\",\"incident\":{\"background\":\"#113355\",\"text\":null}", script, StringComparison.Ordinal);
        Assert.DoesNotContain("LOOKS", script, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#ffee00", null, "#14161a")]
    [InlineData("#ffee00", "#ffffff", "#ffffff")]
    [InlineData("#113355", null, null)]
    [InlineData(null, null, null)]
    public async Task Text_on_a_colour_of_their_own_is_readable_where_nobody_chose_its_colour(string? background, string? chosen, string? text)
    {
        var brief = SampleBriefs.Well();
        brief = brief with { World = brief.World with { Widget = Widget.BuiltIn with { MaintenanceBackground = background, MaintenanceText = chosen } } };

        Assert.Contains(
            $"\"maintenance\":{{\"background\":{Quoted(background)},\"text\":{Quoted(text)}}}", await TextAsync(Plan(brief), brief), StringComparison.Ordinal);
    }

    private static PagePlan Plan(Brief brief) => Catalogue.FrontOf(brief).Single(static plan => plan.Path == WidgetScript.Path);

    private static async Task<string> TextAsync(PagePlan plan, Brief brief) => Encoding.UTF8.GetString((await plan.Render(brief, Ct))!.Content);

    private static string Quoted(string? text) => text is null ? "null" : $"\"{text}\"";
}
