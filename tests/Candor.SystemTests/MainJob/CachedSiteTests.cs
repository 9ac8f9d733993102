using Candor.SystemTests.Places;
using Candor.SystemTests.Posting;
using Candor.SystemTests.Serve;

namespace Candor.SystemTests.MainJob;

/// <summary>A real cache before a real origin: it goes on answering when the origin does not, and knows nothing of what was just written.</summary>
public sealed class CachedSiteTests : IDisposable
{
    private const string Token = "s3cret";
    private readonly Target control = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => control.Dispose();

    [Fact(Skip = "needs nginx", SkipWhen = nameof(Nginx.Missing), SkipType = typeof(Nginx))]
    public async Task An_origin_that_is_gone_behind_a_cache_is_seen_by_looking_past_it_and_by_writing()
    {
        await using var site = await CachedSite.StartAsync(Token, Ct);
        await using var candor = await CandorProcess.StartAsync(
            new CandorOptions
            {
                Settings = Settings(
                    """
                      - { name: Shop, monitors: [front, past, notes] }
                      - { name: Notes, monitors: [notes] }
                    """,
                    $$"""
                      front: { http: "{{site.Address}}/", every: 1s }
                      past: { http: "{{site.Address}}/", past_cache: true, every: 1s }
                      notes:
                        write_read: "{{site.Address}}/note"
                        headers: { Authorization: Bearer $NOTES }
                        read: { past_cache: true, within: 500ms }
                        every: 1s
                    """),
                Environment = new Dictionary<string, string> { ["NOTES"] = Token },
            },
            Ct);
        await StatusAsync(candor, ("Shop", "operational"), ("Notes", "operational"));

        await site.StopOriginAsync(Ct);
        await StatusAsync(candor, ("Shop", "partial_outage"), ("Notes", "major_outage"));
        var open = "";
        await Patience.UntilAsync(
            async () => (open = await candor.TextAsync("/api/v2/incidents/unresolved.json", Ct)).Contains("the cache still answers, the origin does not", StringComparison.Ordinal),
            TimeSpan.FromSeconds(60), () => $"{open}\n{candor.Log}", Ct);
        Assert.Equal("Heron", await candor.Http.GetStringAsync(new Uri($"{site.Address}/"), Ct));
        Assert.DoesNotContain(Token, open, StringComparison.Ordinal);
        Assert.Contains("writing failed: answered 502", await candor.TextAsync("/", Ct), StringComparison.Ordinal);

        await site.StartOriginAsync(Ct);
        await StatusAsync(candor, ("Shop", "operational"), ("Notes", "operational"));
        await candor.UntilAsync(
            "/api/v2/incidents/unresolved.json", static page => page.GetProperty("incidents").GetArrayLength() == 0, TimeSpan.FromSeconds(30), Ct);
    }

    [Fact(Skip = "needs nginx", SkipWhen = nameof(Nginx.Missing), SkipType = typeof(Nginx))]
    public async Task An_agent_writes_with_the_secret_that_it_is_given_and_a_cache_that_answers_for_the_past_is_found_out()
    {
        await using var site = await CachedSite.StartAsync(Token, Ct);
        await using var candor = await CandorProcess.StartAsync(
            new CandorOptions
            {
                Settings = Settings(
                    """
                      - { name: Notes, monitors: [notes] }
                      - { name: Stale, monitors: [stale] }
                    """,
                    $$"""
                      notes:
                        write_read: "{{site.Address}}/note"
                        headers: { Authorization: Bearer $NOTES }
                        read: { origin: "{{site.Origin}}" }
                        every: 2s
                        from: [eu]
                      stale:
                        write_read: "{{site.Address}}/stale"
                        headers: { Authorization: Bearer $NOTES }
                        read: { within: 500ms }
                        every: 2s
                        from: [eu]
                    """,
                    "places: [eu]"),
                Environment = new Dictionary<string, string> { ["NOTES"] = Token },
            },
            Ct);
        var token = (await Api.TokensAsync(candor, "admin"))[0];
        await using var eu = AgentProcess.Start(candor.Address, await PlacesTests.AddedAsync(candor, token, "eu"));

        await StatusAsync(candor, ("Notes", "operational"), ("Stale", "major_outage"));
        var page = await candor.TextAsync("/", Ct);
        Assert.Contains("read an older value: a cache or a stale replica answered", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, eu.Log, StringComparison.Ordinal);
    }

    [Fact(Skip = "needs nginx", SkipWhen = nameof(Nginx.Missing), SkipType = typeof(Nginx))]
    public async Task One_look_from_the_shell_writes_and_reads_once()
    {
        await using var site = await CachedSite.StartAsync(Token, Ct);
        var seen = await Api.RunAsync(Token, "check", "write_read", $"{site.Address}/note", "headers.Authorization=Bearer $CANDOR_TOKEN", "--allow", "127.0.0.0/8", "--json");
        Assert.Equal((0, ""), (seen.Exit, seen.Errors));
        Assert.Contains("\"write_first_byte\"", seen.Output, StringComparison.Ordinal);
        Assert.Contains("\"read_body\"", seen.Output, StringComparison.Ordinal);

        await site.StopOriginAsync(Ct);
        seen = await Api.RunAsync(null, "check", "write_read", $"{site.Address}/note", "read.within=200ms", "--allow", "127.0.0.0/8");
        Assert.Equal(1, seen.Exit);
        Assert.Contains("writing failed: answered 502", seen.Errors, StringComparison.Ordinal);
    }

    private static Task<TimeSpan> StatusAsync(CandorProcess candor, params (string Component, string Status)[] wanted) => candor.UntilAsync(
        "/api/v2/components.json",
        page => wanted.All(one => page.GetProperty("components").EnumerateArray().Any(component =>
            component.GetProperty("name").GetString() == one.Component && component.GetProperty("status").GetString() == one.Status
            && component.GetProperty("candor").GetProperty("known").GetBoolean())),
        TimeSpan.FromSeconds(60), Ct);

    private string Settings(string components, string monitors, string places = "places: []") => $$"""
        page: { name: Heron Copier, url: "https://status.example.com" }
        egress: { allow: [127.0.0.0/8] }
        vantage: { controls: ["127.0.0.1:{{control.Port}}"], {{places}} }
        incidents: { automatic: publish, open_after: 3s, resolve_after: 2s }
        components:
        {{components}}
        monitors:
        {{monitors}}
        """;
}
