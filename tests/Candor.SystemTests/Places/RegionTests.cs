using System.Text.Json;
using Candor.SystemTests.Posting;
using Candor.SystemTests.Serve;

namespace Candor.SystemTests.Places;

/// <summary>A core and an agent in each of two regions, all of them real processes; what one of them looks at dies.</summary>
public sealed class RegionTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(120);
    private readonly Target control = new();
    private readonly Target frankfurt = new();
    private readonly Target ashburn = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        control.Dispose();
        frankfurt.Dispose();
        ashburn.Dispose();
    }

    [Fact]
    public async Task A_region_that_is_out_is_told_by_its_name_and_is_over_when_it_is_seen_to_work()
    {
        await using var core = await CandorProcess.StartAsync(Settings(), Ct);
        var token = (await Api.TokensAsync(core, "admin"))[0];
        await using var eu = AgentProcess.Start(core.Address, await PlacesTests.AddedAsync(core, token, "frankfurt"));
        await using var us = AgentProcess.Start(core.Address, await PlacesTests.AddedAsync(core, token, "us"));
        await ToldAsync(core, "eu operational True, us operational True", eu, us);

        frankfurt.Stop();
        await ToldAsync(core, "eu major_outage True, us operational True", eu, us);
        await UntilAsync(core, "/", static text => text.Contains("Shop is not answering from eu", StringComparison.Ordinal));
        var incident = (await core.JsonAsync("/status.json", Ct)).GetProperty("incidents")[0];
        Assert.Equal("eu", Assert.Single(incident.GetProperty("affected")[0].GetProperty("by_region").EnumerateArray().ToList()).GetProperty("region").GetString());

        frankfurt.StartAgain();
        await ToldAsync(core, "eu operational True, us operational True", eu, us);
        await UntilAsync(core, "/api/v2/incidents/unresolved.json", static text => !text.Contains("Shop", StringComparison.Ordinal));
    }

    private static async Task ToldAsync(CandorProcess core, string expected, params AgentProcess[] agents)
    {
        var last = "";
        await Patience.UntilAsync(
            async () => (last = Words(await core.JsonAsync("/status.json", Ct))) == expected,
            Long, () => $"{last}\n{core.Log}\n{string.Join('\n', agents.Select(static one => one.Log))}", Ct);
    }

    private static async Task UntilAsync(CandorProcess core, string path, Func<string, bool> isSo)
    {
        var last = "";
        await Patience.UntilAsync(async () => isSo(last = await core.TextAsync(path, Ct)), Long, () => $"{last}\n{core.Log}", Ct);
    }

    private static string Words(JsonElement status) => string.Join(", ", status.GetProperty("components")[0].GetProperty("by_region").EnumerateArray()
        .Select(static one => $"{one.GetProperty("region").GetString()} {one.GetProperty("status").GetString()} {one.GetProperty("known").GetBoolean()}"));

    private string Settings() => $$"""
        page: { name: Heron Copier, url: "https://status.example.com" }
        egress: { allow: [127.0.0.0/8] }
        vantage: { controls: ["127.0.0.1:{{control.Port}}"], regions: { eu: [frankfurt] } }
        incidents: { automatic: publish, open_after: 0s, resolve_after: 2s }
        components:
          - { name: Shop, regions: [eu, us], monitors: [shop-eu, shop-us] }
        monitors:
          shop-eu: { tcp: "127.0.0.1:{{frankfurt.Port}}", every: 2s, timeout: 2s, from: [frankfurt] }
          shop-us: { tcp: "127.0.0.1:{{ashburn.Port}}", every: 2s, timeout: 2s, from: [us] }
        """;
}
