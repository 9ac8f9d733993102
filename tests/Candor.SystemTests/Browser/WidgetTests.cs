using System.Net.Http.Headers;
using System.Text;
using Microsoft.Playwright;
using static Candor.SystemTests.Posting.Api;

namespace Candor.SystemTests.Browser;

/// <summary>The line for other sites in a real browser, as its page's people want it.</summary>
public sealed class WidgetTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Skip = "needs Chromium", SkipWhen = nameof(Chromium.Missing), SkipType = typeof(Chromium))]
    public async Task What_a_tool_of_Statuspage_sets_is_what_visitors_of_another_site_see()
    {
        await using var candor = await CandorProcess.StartAsync("page: { name: Heron }\ncomponents: [{ name: Mail }]\n", Ct);
        var token = (await TokensAsync(candor, "admin"))[0];
        using var tool = new HttpClient { BaseAddress = candor.AdminAddress };
        tool.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("OAuth", token);
        await SayAsync(tool, HttpMethod.Post, "/api/incidents", """{"title":"Mail is slow","body":"We look.","components":[{"component":"Mail","status":"major_outage"}]}""");
        await candor.UntilAsync("/api/v2/incidents.json", static told => told.GetProperty("incidents").GetArrayLength() == 1, TimeSpan.FromSeconds(20), Ct);
        var page = (await candor.JsonAsync("/api/v2/summary.json", Ct)).GetProperty("page").GetProperty("id").GetString();
        Assert.Equal(("16px", "auto", "auto"), await SeenAsync(candor, """["bottom", "top", "right"]"""));

        await SayAsync(tool, HttpMethod.Patch, $"/v1/pages/{page}/status_embed_config",
            """{"status_embed_config":{"position":"top-right","incident_background_color":"#113355","incident_text_color":"#ffee00"}}""");
        await Patience.UntilAsync(
            async () => (await candor.TextAsync("/widget.js", Ct)).Contains("#113355", StringComparison.Ordinal), TimeSpan.FromSeconds(20), () => candor.Log, Ct);

        Assert.Equal(("16px", "16px", "rgb(17, 51, 85)"), await SeenAsync(candor, """["top", "right", "backgroundColor"]"""));
        Assert.Equal(("rgb(255, 238, 0)", "fixed", "16px"), await SeenAsync(candor, """["color", "position", "top"]"""));
    }

    /// <summary>Three properties of the line as the other site's visitors see it.</summary>
    private async Task<(string First, string Second, string Third)> SeenAsync(CandorProcess candor, string properties)
    {
        await using var context = await chromium.Browser.NewContextAsync();
        var site = await context.NewPageAsync();
        await site.RouteAsync("**/shop.html", static route => route.FulfillAsync(new()
        {
            ContentType = "text/html", Body = "<!doctype html><title>A shop</title><script src=/widget.js async></script><p>Welcome",
        }));
        await site.GotoAsync(new Uri(candor.Address, "/shop.html").AbsoluteUri);
        await site.GetByText("Mail is slow").WaitForAsync();
        var seen = await site.EvaluateAsync<string[]>(
            $"() => {{ const line = document.querySelector('a[role=status]'); return {properties}.map(name => name in {{ bottom: 0, top: 0, right: 0 }} ? line.style[name] || 'auto' : getComputedStyle(line)[name]); }}");
        return (seen[0], seen[1], seen[2]);
    }

    private static async Task SayAsync(HttpClient tool, HttpMethod method, string path, string json)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        using var answer = await tool.SendAsync(request, Ct);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }
}
