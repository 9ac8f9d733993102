using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Candor.SystemTests.Notices;
using Candor.SystemTests.Places;
using Candor.SystemTests.Posting;
using Candor.SystemTests.Serve;

namespace Candor.SystemTests.Release;

/// <summary>What <c>./release</c> makes, and nothing beside it: one file in an empty folder, on a machine whose .NET it does not find.</summary>
[Collection(Alone.Name)]
public sealed class ReleaseTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("candor-release-").FullName;
    private readonly Target web = new();

    public static bool LinkerMissing => (Repository.Find("gcc") is null && Repository.Find("clang") is null) || !File.Exists("/usr/include/stdio.h");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        web.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact(Skip = "needs gcc or clang, and libc6-dev", SkipWhen = nameof(LinkerMissing))]
    public async Task One_file_serves_the_page_lets_an_agent_in_tells_readers_and_verifies()
    {
        var release = await RunAsync(Path.Combine(Repository.Root, "release"), null);
        Assert.True(release.Exit == 0, release.Errors);
        var program = Path.Combine(folder, "candor");
        File.Copy(Path.Combine(Repository.Root, "artifacts", "release", "candor"), program);
        await using var core = await CandorProcess.StartAsync(new CandorOptions { Program = program, Settings = Settings(), Environment = NoDotnet }, Ct);
        await core.StopAsync(Ct);
        var made = await RunAsync(program, null, "token", "create", "--name", "all", "--scope", "admin", "--data", core.Data);
        var token = made.Output.Trim();
        Assert.Equal((0, ""), (made.Exit, made.Errors));
        await core.StartAgainAsync(Ct);
        await Api.DecidesAsync(core, token);

        await AgentReportsAsync(program, core, token);
        await ReadersAreToldAsync(core, token);
        Assert.Contains("Homepage is down", await core.TextAsync("/", Ct), StringComparison.Ordinal);
        using var admin = await Api.SendAsync(core, null, HttpMethod.Get, "/sign-in", null);
        Assert.Equal(HttpStatusCode.OK, admin.StatusCode);
        Assert.Contains("candor_incidents_open 1", await core.AdminTextAsync("/metrics", Ct), StringComparison.Ordinal);

        await core.StopAsync(Ct);
        var verified = await RunAsync(program, null, "verify", "--data", core.Data);
        Assert.True(verified.Exit == 0, verified.Output + verified.Errors);
        Assert.Equal([program], Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public async Task Without_a_compiler_it_says_what_to_install()
    {
        // A path on which everything is but a compiler.
        var tools = Directory.CreateDirectory(Path.Combine(folder, "tools")).FullName;
        foreach (var name in (string[])["sh", "dirname", "readlink", "sed", "dotnet", "uname"])
        {
            File.CreateSymbolicLink(Path.Combine(tools, name), Repository.Find(name)!);
        }

        var tried = await RunAsync(Path.Combine(Repository.Root, "release"), new() { ["PATH"] = tools });
        Assert.Equal(1, tried.Exit);
        Assert.Contains("neither clang nor gcc", tried.Errors, StringComparison.Ordinal);
        Assert.Contains("next: Debian: apt-get install gcc", tried.Errors, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> NoDotnet => new() { ["DOTNET_ROOT"] = "/nowhere", ["DOTNET_ROOT_X64"] = "/nowhere", ["PATH"] = "/nowhere" };

    private async Task AgentReportsAsync(string program, CandorProcess core, string token)
    {
        var added = await RunAsync(program, new() { ["CANDOR_TOKEN"] = token }, "place", "add", "eu", "--private", "--server", core.AdminAddress.ToString());
        Assert.Equal((0, ""), (added.Exit, added.Errors));
        await using var agent = new AgentProcess { Program = program, Environment = NoDotnet };
        agent.Start("--server", core.Address.ToString(), "--code", added.Output.Trim());
        var last = default(JsonElement);
        await Patience.UntilAsync(
            async () => (last = await PlacesTests.PlacesAsync(core, token)).GetProperty("monitors").EnumerateArray().Any(static monitor =>
                monitor.GetProperty("places").EnumerateArray().Any(static one => one.GetProperty("place").GetString() == "eu" && one.GetProperty("saw").GetString() == "up")),
            TimeSpan.FromSeconds(60), () => $"{last}\n{core.Log}\n{agent.Log}", Ct);
    }

    private static async Task ReadersAreToldAsync(CandorProcess core, string token)
    {
        using var sink = new HookSink();
        using var entered = await Api.SendAsync(
            core, token, HttpMethod.Post, "/api/subscribers", $$"""{"channel":"webhook","address":"{{sink.Url("one")}}"}""");
        Assert.True(entered.IsSuccessStatusCode, await entered.Content.ReadAsStringAsync(Ct));
        using var opened = await Api.SendAsync(
            core, token, HttpMethod.Post, "/api/incidents", """{"title":"Homepage is down","body":"We are looking."}""");
        Assert.Equal(HttpStatusCode.Created, opened.StatusCode);
        await Patience.UntilAsync(() => Task.FromResult(sink.Posts.Count == 1), TimeSpan.FromSeconds(60), () => core.Log, Ct);
        Assert.Equal("investigating", sink.Posts[0].Status);
    }

    private string Settings() => $$"""
        page: { name: Heron Copier, url: "https://status.example.com" }
        egress: { allow: [127.0.0.0/8] }
        vantage: { controls: ["127.0.0.1:{{web.Port}}"], places: [eu] }
        components:
          - { name: Web, monitors: [web] }
        monitors:
          web: { tcp: "127.0.0.1:{{web.Port}}", every: 2s, timeout: 2s, from: [eu] }
        """;

    private static async Task<(int Exit, string Output, string Errors)> RunAsync(string program, Dictionary<string, string>? environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? [])
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Ct), process.StandardError.ReadToEndAsync(Ct));
        await process.WaitForExitAsync(Ct);
        return (process.ExitCode, await output, await errors);
    }
}
