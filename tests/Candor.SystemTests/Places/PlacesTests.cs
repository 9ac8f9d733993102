using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Candor.SystemTests.Posting;
using Candor.SystemTests.Serve;

namespace Candor.SystemTests.Places;

/// <summary>A core and two agents, all of them real processes; one of the agents at the end of a cable that is cut.</summary>
public sealed class PlacesTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(120);

    /// <summary>In full: CANDOR_CUT=3600, the hour of P-14.</summary>
    private static readonly TimeSpan CutOff = TimeSpan.FromSeconds(
        int.TryParse(Environment.GetEnvironmentVariable("CANDOR_CUT"), CultureInfo.InvariantCulture, out var seconds) ? seconds : 5);

    private static readonly TimeSpan StoodStill = TimeSpan.FromSeconds(60);

    /// <summary>How old a reading may be and still be evidence, and so not late.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    private readonly Target control = new();
    private readonly Target web = new();
    private readonly Target far = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        control.Dispose();
        web.Dispose();
        far.Dispose();
    }

    [Fact]
    public async Task P_14_P_15_A_place_that_is_cut_off_is_blind_and_nothing_down_and_its_history_follows()
    {
        await using var core = await CandorProcess.StartAsync(Settings(), Ct);
        var token = (await Api.TokensAsync(core, "admin"))[0];
        await using var cable = new CutCable(core.Address);
        await using var eu = AgentProcess.Start(cable.Address, await AddedAsync(core, token, "eu"));
        await using var us = AgentProcess.Start(core.Address, await AddedAsync(core, token, "us"));
        await UntilAsync(core, token, places => Saws(places, "web") == "local up, eu up, us up" && Saws(places, "far") == "eu up", eu, us);

        web.Stop();
        await UnresolvedAsync(core, static text => text.Contains("connection refused, down from ", StringComparison.Ordinal));
        await UntilAsync(core, token, static places => Saws(places, "web") == "local down, eu down, us down", eu, us);
        web.StartAgain();
        await UnresolvedAsync(core, static text => !text.Contains("Web", StringComparison.Ordinal));
        var incidents = await CountAsync(core);

        cable.Cut();
        await UntilAsync(core, token, places => StatusOf(places, "eu") == "blind", eu);
        var blind = await PlacesAsync(core, token);
        Assert.Equal(("unknown", "up"), (VerdictOf(blind, "far"), VerdictOf(blind, "web")));
        Assert.Equal("local up, eu unknown, us up", Saws(blind, "web"));
        Assert.True(eu.Waiting > 0, eu.Log);
        var said = "";
        await Patience.UntilAsync(
            async () => (said = await core.AdminTextAsync("/", Ct)).Contains("eu is blind, so it has no vote: nothing has been heard from it. 2 monitors", StringComparison.Ordinal),
            TimeSpan.FromSeconds(30), () => said, Ct);

        await Task.Delay(CutOff, Ct);
        cable.Mend();
        var mended = Stopwatch.GetTimestamp();
        await UntilAsync(
            core, token, places => StatusOf(places, "eu") == "live" && VerdictOf(places, "far") == "up"
                && RowOf(places, "eu").GetProperty("waiting").GetInt32() == 0 && RowOf(places, "eu").GetProperty("late").GetInt64() > Looks(CutOff), eu);
        Assert.InRange(Stopwatch.GetElapsedTime(mended), TimeSpan.Zero, TimeSpan.FromSeconds(60));
        Assert.Equal(0, RowOf(await PlacesAsync(core, token), "eu").GetProperty("dropped").GetInt64());

        await us.KillAsync(Ct);
        await UntilAsync(core, token, places => StatusOf(places, "us") == "blind", us);
        Assert.Equal("up", VerdictOf(await PlacesAsync(core, token), "web"));
        Assert.Equal(incidents, await CountAsync(core));

        var out1 = await Api.RunAsync(token, "place", "revoke", "eu", "--server", core.AdminAddress.ToString());
        Assert.Equal((0, ""), (out1.Exit, out1.Errors));
        await Patience.UntilAsync(() => Task.FromResult(eu.HasExited), TimeSpan.FromSeconds(30), () => eu.Log, Ct);
        Assert.Equal(1, eu.ExitCode);
        await Patience.UntilAsync(() => Task.FromResult(eu.Log.Contains("was put out", StringComparison.Ordinal)), TimeSpan.FromSeconds(10), () => eu.Log, Ct);
    }

    /// <summary>As a paused virtual machine does, or a leader that comes back after somebody else took over: all it knows is a minute old.</summary>
    [Fact]
    public async Task P_16_A_core_that_stood_still_says_nothing_false_afterwards_and_is_told_what_it_missed()
    {
        await using var core = await CandorProcess.StartAsync(Settings(), Ct);
        var token = (await Api.TokensAsync(core, "admin"))[0];
        await using var eu = AgentProcess.Start(core.Address, await AddedAsync(core, token, "eu"));
        await using var us = AgentProcess.Start(core.Address, await AddedAsync(core, token, "us"));
        await UntilAsync(core, token, places => Saws(places, "web") == "local up, eu up, us up" && Saws(places, "far") == "eu up", eu, us);
        var incidents = await CountAsync(core);

        await SignalAsync(core, "STOP");
        await Task.Delay(StoodStill, Ct);
        Assert.True(eu.Waiting > 0, eu.Log);
        await SignalAsync(core, "CONT");

        await UntilAsync(
            core, token, places => Saws(places, "web") == "local up, eu up, us up" && Saws(places, "far") == "eu up"
                && new[] { "eu", "us" }.All(one => StatusOf(places, one) == "live" && RowOf(places, one).GetProperty("waiting").GetInt32() == 0
                    && RowOf(places, one).GetProperty("late").GetInt64() > 0), eu, us);
        var after = await PlacesAsync(core, token);
        Assert.Equal((0, 0), (RowOf(after, "eu").GetProperty("dropped").GetInt64(), RowOf(after, "us").GetProperty("dropped").GetInt64()));
        Assert.InRange(RowOf(after, "eu").GetProperty("late").GetInt64(), Looks(StoodStill - Fresh) * 8 / 10, Looks(StoodStill) * 12 / 10);
        Assert.Equal(incidents, await CountAsync(core));
    }

    [Fact]
    public async Task SEC_34_Who_was_killed_goes_on_under_the_same_key_unless_others_may_read_it()
    {
        await using var core = await CandorProcess.StartAsync(Settings(), Ct);
        var token = (await Api.TokensAsync(core, "admin"))[0];
        await using var cable = new CutCable(core.Address);
        await using var eu = AgentProcess.Start(cable.Address, await AddedAsync(core, token, "eu"));
        await UntilAsync(core, token, places => Saws(places, "far") == "eu up", eu);

        await core.KillAsync(Ct);
        await Patience.UntilAsync(() => Task.FromResult(eu.Waiting > 0), TimeSpan.FromSeconds(60), () => eu.Log, Ct);
        await eu.KillAsync(Ct);
        await core.StartAgainAsync(Ct);
        await Api.DecidesAsync(core, token);
        cable.LeadTo(core.Address);
        eu.Start();
        await UntilAsync(
            core, token, places => StatusOf(places, "eu") == "live" && Saws(places, "far") == "eu up" && RowOf(places, "eu").TryGetProperty("waiting", out var waiting)
                && waiting.GetInt32() == 0, eu);
        Assert.Equal(0, eu.Waiting);
        Assert.Contains("Candor looks from here as “eu”", eu.Log, StringComparison.Ordinal);

        File.SetUnixFileMode(Path.Combine(eu.Folder, "agent.json"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        await eu.KillAsync(Ct);
        eu.Start();
        await Patience.UntilAsync(() => Task.FromResult(eu.HasExited), TimeSpan.FromSeconds(30), () => eu.Log, Ct);
        await Patience.UntilAsync(() => Task.FromResult(eu.Log.Contains("chmod 600", StringComparison.Ordinal)), TimeSpan.FromSeconds(10), () => eu.Log, Ct);
    }

    private static async Task SignalAsync(CandorProcess core, string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, $"{core.Id}"]);
        await kill.WaitForExitAsync(Ct);
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>How many looks at the two monitors have to be told of afterwards: nine of ten that were due.</summary>
    private static int Looks(TimeSpan cut) => (int)(2 * cut.TotalSeconds / 2 * 0.9);

    private string Settings() => $$"""
        page: { name: Heron Copier, url: "https://status.example.com" }
        egress: { allow: [127.0.0.0/8] }
        vantage: { controls: ["127.0.0.1:{{control.Port}}"], places: [eu, us] }
        incidents: { automatic: publish, open_after: 0s, resolve_after: 2s }
        components:
          - { name: Web, monitors: [web] }
          - { name: Far, monitors: [far] }
        monitors:
          web: { tcp: "127.0.0.1:{{web.Port}}", every: 2s, timeout: 2s }
          far: { tcp: "127.0.0.1:{{far.Port}}", every: 2s, timeout: 2s, from: [eu] }
        """;

    internal static async Task<string> AddedAsync(CandorProcess core, string token, string place)
    {
        var added = await Api.RunAsync(token, "place", "add", place, "--private", "--server", core.AdminAddress.ToString());
        Assert.Equal((0, ""), (added.Exit, added.Errors));
        return added.Output.Trim();
    }

    internal static async Task<JsonElement> PlacesAsync(CandorProcess core, string token)
    {
        using var said = await Api.SendAsync(core, token, HttpMethod.Get, "/api/places", null);
        return JsonElement.Parse(await said.Content.ReadAsByteArrayAsync(Ct));
    }

    internal static JsonElement RowOf(JsonElement places, string place) =>
        places.GetProperty("places").EnumerateArray().First(one => one.GetProperty("name").GetString() == place);

    private static async Task UntilAsync(CandorProcess core, string token, Func<JsonElement, bool> isSo, params AgentProcess[] agents)
    {
        var last = default(JsonElement);
        await Patience.UntilAsync(
            async () => (last = await PlacesAsync(core, token)).TryGetProperty("places", out _) && isSo(last),
            Long, () => $"{last}\n{core.Log}\n{string.Join('\n', agents.Select(static one => one.Log))}", Ct);
    }

    private static Task<TimeSpan> UnresolvedAsync(CandorProcess core, Func<string, bool> isSo)
    {
        var last = "";
        return Patience.UntilAsync(
            async () => isSo(last = await core.TextAsync("/api/v2/incidents/unresolved.json", Ct)), Long, () => $"{last}\n{core.Log}", Ct);
    }

    private static async Task<int> CountAsync(CandorProcess core) =>
        (await core.JsonAsync("/api/v2/incidents.json", Ct)).GetProperty("incidents").GetArrayLength();

    private static string? StatusOf(JsonElement places, string place) => RowOf(places, place).GetProperty("status").GetString();

    private static string? VerdictOf(JsonElement places, string monitor) => MonitorOf(places, monitor).GetProperty("verdict").GetString();

    private static string Saws(JsonElement places, string monitor) => string.Join(", ", MonitorOf(places, monitor).GetProperty("places").EnumerateArray()
        .Select(static one => $"{one.GetProperty("place").GetString()} {one.GetProperty("saw").GetString()}"));

    private static JsonElement MonitorOf(JsonElement places, string monitor) =>
        places.GetProperty("monitors").EnumerateArray().First(one => one.GetProperty("id").GetString() == monitor);
}
