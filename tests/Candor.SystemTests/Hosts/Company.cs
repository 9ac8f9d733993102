using System.Globalization;
using System.Text.Json;
using Candor.Samples;
using Candor.SystemTests.Places;
using Candor.SystemTests.Posting;
using Candor.SystemTests.Serve;

namespace Candor.SystemTests.Hosts;

/// <summary>A core and three agents, each on a host of its own, with what they watch on another.</summary>
internal sealed class Company : IAsyncDisposable
{
    /// <summary>A place is silent for half a minute before it is blind; the machines that run this are slow besides.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromSeconds(120);

    private const string Settings = $$"""
        page: { name: Heron Copier, url: "https://status.example.com" }
        egress: { allow: [10.77.0.0/24, 127.0.0.0/8] }
        vantage: { controls: [resolvers, "{{Lan.NamesAddress}}:53"], places: [eu, us, ap] }
        incidents: { automatic: publish, open_after: 0s, resolve_after: 2s }
        components:
          - { name: Shop, monitors: [shop] }
          - { name: Till, monitors: [till] }
          - { name: Depot, monitors: [depot] }
        monitors:
          shop: { http: "http://shop.test/", every: 2s, timeout: 2s }
          till: { tcp: "{{Lan.TargetAddress}}:80", every: 2s, timeout: 2s }
          depot: { icmp: "{{Lan.TargetAddress}}", packets: 1, every: 2s, timeout: 2s, from: [eu, us, ap] }
        """;

    private readonly Dictionary<string, AgentProcess> agents = new(StringComparer.Ordinal);

    private Company(Lan lan, CandorProcess core, string token) => (Network, Core, Token) = (lan, core, token);

    public Lan Network { get; }

    public CandorProcess Core { get; }

    public string Token { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>All is well, and every place has said so.</summary>
    /// <param name="ahead">The place whose calendar is an hour ahead.</param>
    public static async Task<Company> StartAsync(string? ahead = null)
    {
        var lan = await Lan.StartAsync();
        var core = await CandorProcess.StartAsync(Settings, Ct);
        var company = new Company(lan, core, (await Api.TokensAsync(core, "admin"))[0]);
        await lan.ProxyAsync(core.Address);
        foreach (var place in (string[])["eu", "us", "ap"])
        {
            var environment = new Dictionary<string, string>(lan.Trust);
            if (place == ahead)
            {
                (environment["LD_PRELOAD"], environment["FAKETIME"], environment["FAKETIME_DONT_FAKE_MONOTONIC"]) = (ClockTests.Library, "+3600s", "1");
            }

            var agent = company.agents[place] = new() { Under = Lan.On(place), Environment = environment };
            agent.Start("--server", lan.Core.ToString(), "--code", await PlacesTests.AddedAsync(core, company.Token, place));
        }

        await company.UntilAsync(static all => Saw(all, "shop") == "local up, eu up, us up, ap up" && Saw(all, "till") == "local up, eu up, us up, ap up"
            && Saw(all, "depot") == "eu up, us up, ap up");
        return company;
    }

    public Task<JsonElement> SeenAsync() => PlacesTests.PlacesAsync(Core, Token);

    /// <summary>When each reading of a monitor from a place was taken, as the core has it stored.</summary>
    public async Task<List<DateTimeOffset>> StoredAsync(string monitor, string place)
    {
        var file = Path.Combine(Core.Data, "samples.db");
        var series = (await Lan.RunAsync("sqlite3", ["-readonly", file, $"SELECT number FROM series WHERE monitor = '{monitor}' AND vantage = '{place}'"])).Trim();
        var batches = await Lan.RunAsync("sqlite3", ["-readonly", file, "SELECT hex(body) FROM batch"]);
        return [.. batches.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(body => SampleBatch.Decode(
                Convert.FromHexString(body), number => number.ToString(CultureInfo.InvariantCulture) == series ? (new(monitor), new(place)) : null))
            .Select(static sample => sample.Seen.At)];
    }

    public AgentProcess Agent(string place) => agents[place];

    public async Task UntilAsync(Func<JsonElement, bool> isSo)
    {
        var last = default(JsonElement);
        await Patience.UntilAsync(
            async () => (last = await PlacesTests.PlacesAsync(Core, Token)).TryGetProperty("places", out _) && isSo(last),
            Long, () => $"{last}\n{Logs}", Ct);
    }

    /// <summary>Looks on for as long as it takes, and at every look nothing may be open.</summary>
    public Task UntilWithNothingOpenAsync(Func<JsonElement, bool> isSo) => UntilAsync(all =>
    {
        Assert.DoesNotContain(all.GetProperty("monitors").EnumerateArray(), static one => one.GetProperty("verdict").GetString() == "down");
        return isSo(all);
    });

    public async Task UnresolvedAsync(Func<string, bool> isSo)
    {
        var (last, seen) = ("", default(JsonElement));
        await Patience.UntilAsync(
            async () =>
            {
                seen = await SeenAsync();
                return isSo(last = await Core.TextAsync("/api/v2/incidents/unresolved.json", Ct));
            },
            Long, () => $"{last}\n{seen}\n{Logs}", Ct);
    }

    public async Task<int> IncidentsAsync() => (await Core.JsonAsync("/api/v2/incidents.json", Ct)).GetProperty("incidents").GetArrayLength();

    public static string? StatusOf(JsonElement all, string place) => Row(all, place).GetProperty("status").GetString();

    public static long Number(JsonElement all, string place, string name) => Row(all, place).TryGetProperty(name, out var value) ? value.GetInt64() : -1;

    public static JsonElement Row(JsonElement all, string place) => PlacesTests.RowOf(all, place);

    public static string? VerdictOf(JsonElement all, string monitor) =>
        Monitor(all, monitor) is { ValueKind: JsonValueKind.Object } found ? found.GetProperty("verdict").GetString() : null;

    /// <summary>"local up, eu unknown, …"; nothing before the settings are in force.</summary>
    public static string Saw(JsonElement all, string monitor) => Monitor(all, monitor) is { ValueKind: JsonValueKind.Object } found
        ? string.Join(", ", found.GetProperty("places").EnumerateArray().Select(static one => $"{one.GetProperty("place").GetString()} {one.GetProperty("saw").GetString()}"))
        : "";

    public static DateTimeOffset ReadAt(JsonElement all, string monitor, string place) => Monitor(all, monitor).GetProperty("places").EnumerateArray()
        .First(one => one.GetProperty("place").GetString() == place).GetProperty("read_at").GetDateTimeOffset();

    public async ValueTask DisposeAsync()
    {
        foreach (var agent in agents.Values)
        {
            await agent.DisposeAsync();
        }

        await Core.DisposeAsync();
        await Network.DisposeAsync();
    }

    private string Logs => $"{Core.Log}\n{string.Join('\n', agents.Select(static one => $"{one.Key}: {one.Value.Log}"))}\n{Network.Log}";

    private static JsonElement Monitor(JsonElement all, string monitor) =>
        all.GetProperty("monitors").EnumerateArray().FirstOrDefault(one => one.GetProperty("id").GetString() == monitor);
}
