using Candor.Commands;
using Candor.Effects;
using Candor.Probing;
using Candor.Probing.Heartbeat;
using Candor.Testing;
using Candor.Tests.Settings;

namespace Candor.Tests.Commands;

public sealed class HeartbeatsCommandTests
{
    private readonly MemoryDisk disk = new(new ManualTimeProvider(Written.Noon));

    [Fact]
    public async Task Every_heartbeat_is_shown_with_the_address_that_the_server_expects()
    {
        var key = Path.Combine("./data", HeartbeatTokens.FileName);
        var token = HeartbeatTokens.Load(disk, key, new SystemRandomness()).For(new("backup"));
        disk.Write("candor.yaml", "page: { name: H, url: https://status.example.com }\nmonitors:\n  backup: { heartbeat: { every: 24h } }\n  web: { tcp: \"a.example:1\" }\n");
        var said = await RunAsync("candor heartbeats -f candor.yaml");

        Assert.Equal((Exit.Done, ""), (said.Exit, said.Error));
        Assert.StartsWith($"backup  https://status.example.com/heartbeat/{token}\n", said.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("web", said.Output, StringComparison.Ordinal);
        Assert.Contains($"\"url\": \"https://status.example.com/heartbeat/{token}\"", (await RunAsync("candor heartbeats --json")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_the_first_start_there_are_no_addresses()
    {
        disk.Write("candor.yaml", "page: { name: H }\nmonitors: { backup: { heartbeat: { every: 24h } } }\n");
        var said = await RunAsync("candor heartbeats");

        Assert.Equal(Exit.Failed, said.Exit);
        Assert.Contains("Start `candor serve` once", said.Error, StringComparison.Ordinal);
    }

    private Task<Shell> RunAsync(string line) =>
        Shell.RunAsync(line, terminal => HeartbeatsCommand.Create(terminal, disk, CheckKinds.All));
}
