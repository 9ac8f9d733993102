using System.Globalization;
using Candor.SystemTests.Places;

namespace Candor.SystemTests.Hosts;

/// <summary>Core and agent as processes of nobody's, without a single capability, and the kernel's list of raw sockets as witness.</summary>
public sealed class UnprivilegedTests
{
    private const string Nobody = "65534";

    private const string Settings = """
        page: { name: Heron Copier, url: "https://status.example.com" }
        egress: { allow: [127.0.0.0/8] }
        vantage: { controls: ["127.0.0.1:9"], places: [eu] }
        monitors:
          near: { icmp: 127.0.0.1, every: 2s, timeout: 1s }
        """;

    private static readonly string[] AsNobody =
        ["setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", "--inh-caps=-all", "--bounding-set=-all", "--no-new-privs"];

    public static bool Cannot => OwnNetwork.Cannot || Repository.Find("setpriv") is null;

    public static bool IsInside => OwnNetwork.IsInside;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Skip = OwnNetwork.NotHere, SkipWhen = nameof(Cannot))]
    public async Task SEC_35_Core_and_agent_look_and_ping_without_any_privilege()
    {
        Assert.SkipUnless(await MayReadAsync(), "nobody may not read where this was built");
        await OwnNetwork.RunAsync(nameof(Inside_nobody_looks), Ct);
    }

    [Fact(Skip = OwnNetwork.Itself, SkipUnless = nameof(IsInside))]
    public async Task Inside_nobody_looks()
    {
        await Lan.RunAsync("sh", ["-c", OwnNetwork.LetPing]);
        var folder = Directory.CreateTempSubdirectory("candor-nobody-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "candor.yaml"), Settings, Ct);
        await Lan.RunAsync("chown", $"-R {Nobody} {folder}");
        await using (var core = await CandorProcess.StartAsync(new CandorOptions { Data = folder, Under = AsNobody }, Ct))
        {
            await core.StopAsync(Ct);
            var token = (await Lan.RunAsync(AsNobody[0], [.. AsNobody[1..], Repository.Program, "token", "create", "--name", "me", "--scope", "admin", "--data", core.Data])).Trim();
            await core.StartAgainAsync(Ct);
            await Posting.Api.DecidesAsync(core, token);
            await using var eu = new AgentProcess { Under = AsNobody };
            await Lan.RunAsync("chown", $"{Nobody} {eu.Folder}");
            eu.Start("--server", core.Address.ToString(), "--code", await PlacesTests.AddedAsync(core, token, "eu"));
            var last = "";
            await Patience.UntilAsync(
                async () => await PlacesTests.PlacesAsync(core, token) is var seen && seen.TryGetProperty("monitors", out _) && (last = Company.Saw(seen, "near")) == "local up, eu up", Company.Long, () => $"{last}\n{core.Log}\n{eu.Log}", Ct);
            foreach (var id in (int[])[core.Id, eu.Id])
            {
                var status = await File.ReadAllLinesAsync(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/status"), Ct);
                Assert.Contains($"Uid:\t{Nobody}\t{Nobody}\t{Nobody}\t{Nobody}", status);
                Assert.Contains("CapEff:\t0000000000000000", status);
            }

            Assert.Single(await File.ReadAllLinesAsync("/proc/net/raw", Ct)); // its heading
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task<bool> MayReadAsync()
    {
        using var tried = System.Diagnostics.Process.Start(Repository.Find(AsNobody[0])!, [.. AsNobody[1..], "test", "-x", Repository.Program]);
        await tried.WaitForExitAsync(Ct);
        return tried.ExitCode == 0;
    }
}
